"""W6 by empyrical-reloaded: value at risk, conditional value at risk and beta of a series, from arrays, its fastest way.

usage: tail_empyrical.py SERIES FOUND
"""
import sys

import empyrical

import columns
from contestant import serve

CUTOFF = 0.05


def main():
    own, index = columns.read(sys.argv[1], 2)

    def figures():
        # It states the tail as returns; ours are losses.
        return (-empyrical.value_at_risk(own, CUTOFF), -empyrical.conditional_value_at_risk(own, CUTOFF),
                empyrical.beta(own, index))

    def check():
        columns.write(sys.argv[2], [[figure] for figure in figures()])
        return {"rows": 1}

    def work(count):
        for _ in range(count):
            figures()
        return count

    serve(check, work)


main()
