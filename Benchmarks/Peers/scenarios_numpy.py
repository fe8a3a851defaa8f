"""W6 by numpy on one thread: profit of a book in each of 500 days' returns, and the loss that one day in a hundred exceeds.

usage: scenarios_numpy.py RETURNS EXPOSURES FOUND
"""
import os
import sys

os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np  # noqa: E402 (reads the number of threads once)

import columns  # noqa: E402
from contestant import serve  # noqa: E402


def main():
    exposures = columns.read(sys.argv[2], 1)[0]
    returns = columns.read(sys.argv[1], len(exposures))

    def check():
        columns.write(sys.argv[3], [exposures @ returns])
        return {"rows": returns.shape[1]}

    def work(count):
        for _ in range(count):
            exposures @ returns
        return count

    serve(check, work)


main()
