"""W5 by numpy and scipy's ndtr: price and five Greeks as a user of numpy writes them, in this program's units.

usage: options_numpy.py OPTIONS FOUND
"""
import sys

import numpy as np
from scipy.special import ndtr

import columns
from contestant import serve


def values(sign, s, k, t, r, q, v):
    root = np.sqrt(t)
    upper = (np.log(s / k) + (r - q + 0.5 * v * v) * t) / (v * root)
    lower = upper - v * root
    kept, discount = np.exp(-q * t), np.exp(-r * t)
    owned, owed = ndtr(sign * upper), ndtr(sign * lower)
    density = np.exp(-0.5 * upper * upper) * 0.3989422804014327
    theta = -s * kept * density * v / (2 * root) - sign * r * k * discount * owed + sign * q * s * kept * owned
    return (sign * (s * kept * owned - k * discount * owed), sign * kept * owned, kept * density / (s * v * root),
            theta / 365, s * kept * density * root / 100, sign * k * t * discount * owed / 100)


def main():
    given = columns.read(sys.argv[1], 7)

    def check():
        columns.write(sys.argv[2], values(*given))
        return {"rows": given.shape[1]}

    def work(count):
        values(*given[:, :count])
        return count

    serve(check, work)


main()
