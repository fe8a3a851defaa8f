"""W6 by Python's Decimal: a book of four currencies revalued exactly, in base currency at 8 places by account.

usage: revalue_decimal.py BOOK
"""
import csv
import sys
from decimal import ROUND_HALF_EVEN, Decimal

from contestant import serve

RATES = {"USD": Decimal(1), "EUR": Decimal("1.0853"), "GBP": Decimal("1.2671"), "INR": Decimal("0.01183432")}
PLACES = Decimal("1e-8")


def main():
    with open(sys.argv[1], newline="") as file:
        rows = [(int(row["account"]), row["currency"], Decimal(row["quantity"]) * Decimal(row["multiplier"]),
                 Decimal(row["price"]), Decimal(row["average"]))
                for row in csv.DictReader(file)]

    def revalue():
        values, gains = [Decimal(0)] * 4, [Decimal(0)] * 4
        for account, currency, units, price, average in rows:
            rate = RATES[currency]
            values[account] += (units * price * rate).quantize(PLACES, ROUND_HALF_EVEN)
            gains[account] += (units * (price - average) * rate).quantize(PLACES, ROUND_HALF_EVEN)
        return values, gains

    def check():
        return {name: [int(amount.scaleb(8)) for amount in amounts]
                for name, amounts in zip(("values", "gains"), revalue())}

    def work(count):
        for _ in range(count):
            revalue()
        return count * len(rows)

    serve(check, work)


main()
