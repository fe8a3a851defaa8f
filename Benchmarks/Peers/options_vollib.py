"""W5 by py_vollib_vectorized: prices and all Greeks, or implied volatilities.

usage: options_vollib.py european|implied OPTIONS FOUND

european writes price, delta, gamma, theta, vega, rho; implied writes the volatilities.
"""
import sys
import warnings

import numpy as np

import columns
from contestant import serve

warnings.filterwarnings("ignore")
import py_vollib_vectorized as vollib  # noqa: E402 (its import warns)

MODEL = {"model": "black_scholes_merton"}


def european(flag, s, k, t, r, q, v):
    price = vollib.vectorized_black_scholes_merton(flag, s, k, t, r, v, q, return_as="numpy")
    greeks = vollib.get_all_greeks(flag, s, k, t, r, v, q, return_as="dict", **MODEL)
    return [np.ravel(price)] + [np.ravel(greeks[name]) for name in ("delta", "gamma", "theta", "vega", "rho")]


def implied(flag, s, k, t, r, q, price):
    return [np.ravel(vollib.vectorized_implied_volatility(price, s, k, t, r, flag, q, return_as="numpy", **MODEL))]


def main():
    kind = sys.argv[1]
    given = columns.read(sys.argv[2], 8 if kind == "implied" else 7)[:, :100_000]
    flag = np.where(given[0] > 0, "c", "p")
    inputs = [*given[1:6], given[7] if kind == "implied" else given[6]]
    function = implied if kind == "implied" else european

    def check():
        found = function(flag, *inputs)
        columns.write(sys.argv[3], found)
        return {"rows": len(found[0])}

    def work(count):
        return len(function(flag[:count], *(column[:count] for column in inputs))[0])

    serve(check, work)


main()
