"""W6 by pandas: the same book in a data frame of doubles, grouped by account.

usage: revalue_pandas.py BOOK
"""
import sys

import pandas as pd

from contestant import serve

RATES = pd.Series({"USD": 1.0, "EUR": 1.0853, "GBP": 1.2671, "INR": 0.01183432})


def main():
    book = pd.read_csv(sys.argv[1])
    book["units"] = book.quantity * book.multiplier

    def revalue():
        units = book.units * book.currency.map(RATES)
        frame = pd.DataFrame(
            {"account": book.account, "values": units * book.price, "gains": units * (book.price - book.average)})
        return frame.groupby("account").sum()

    def check():
        found = revalue()
        return {name: [round(amount * 1e8) for amount in found[name]] for name in ("values", "gains")}

    def work(count):
        for _ in range(count):
            revalue()
        return count * len(book)

    serve(check, work)


main()
