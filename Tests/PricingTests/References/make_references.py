"""Writes european.csv and american.csv, which the accuracy tests compare with, and prints how far other libraries are
from them.

  python3 -m venv .build/references && .build/references/bin/pip install -r Tests/PricingTests/References/requirements.txt
  .build/references/bin/python Tests/PricingTests/References/make_references.py [european] [american] [check]
"""
import csv
import math
import pathlib
import sys

import american
import european

HERE = pathlib.Path(__file__).parent


def check():
    """Worst price difference per max(spot, strike) of QuantLib and of py_vollib from the European references."""
    import QuantLib as ql
    from py_vollib.black.greeks import analytical as _  # noqa: F401 (fails early when py_vollib is not whole)
    from py_vollib.black_scholes_merton import black_scholes_merton
    worst = {"QuantLib": 0.0, "py_vollib": 0.0}
    with open(HERE / "european.csv", newline="") as file:
        for row in csv.DictReader(file):
            sign = int(row["sign"])
            s, k, t, r, q, v, price = (float(row[name]) for name in
                                       ("spot", "strike", "years", "rate", "yield", "volatility", "price"))
            forward, discount = s * math.exp((r - q) * t), math.exp(-r * t)
            kind = ql.Option.Call if sign > 0 else ql.Option.Put
            scale = max(abs(s), abs(k), 1e-9)
            if row["formula"] == "bachelier":
                theirs = ql.bachelierBlackFormula(kind, k, forward, v * t**0.5, discount)
            else:
                forward = s if row["formula"] == "black76" else forward
                theirs = ql.blackFormula(kind, k, forward, v * t**0.5, discount)
            worst["QuantLib"] = max(worst["QuantLib"], abs(theirs - price) / scale)
            if row["formula"] == "bsm":
                theirs = black_scholes_merton("c" if sign > 0 else "p", s, k, t, r, v, q)
                worst["py_vollib"] = max(worst["py_vollib"], abs(theirs - price) / scale)
    for name, error in worst.items():
        print(f"{name}: worst price difference {error:.1e} of max(spot, strike)")


def main():
    wanted = sys.argv[1:] or ["european", "american", "check"]
    for name, module in (("european", european), ("american", american)):
        if name in wanted:
            with open(HERE / f"{name}.csv", "w", newline="") as file:
                module.write(file)
    if "check" in wanted:
        check()


main()
