"""Writes the seeded options and the seeded book that the pricing and risk workloads share, without any package.

usage: options.py FOLDER

Files of raw doubles, one column after the other: sign, spot, strike, years, rate, yield, volatility.
  options.bin     a million European options of 7 to 730 days
  quotes.bin      those of the first 100,000 whose price says something of their volatility, and an eighth column, the price
  american.bin    300 options
  dividends.bin   60 options; each pays 0.6 a quarter, first after 30 days
  returns.bin     500 daily returns of 10,000 positions, one position after the other
  exposures.bin   what each of the positions is worth
  daily.bin       2,521 daily returns of a series, and those of an index that it partly follows
book.csv: 10,000 positions of four currencies in four accounts, decimals as text.
"""
import array
import math
import pathlib
import random
import sys

OPTIONS, QUOTED, AMERICAN, WITH_DIVIDENDS = 1_000_000, 100_000, 300, 60
POSITIONS, DAYS, TEN_YEARS = 10_000, 500, 2_521
CURRENCIES = ("USD", "EUR", "GBP", "INR")


def options(count, seed):
    draw = random.Random(seed)
    for _ in range(count):
        yield (draw.choice((1.0, -1.0)), draw.uniform(80, 120), float(draw.randint(70, 130)), draw.randint(7, 730) / 365,
               draw.uniform(0, 0.06), draw.uniform(0, 0.03), draw.uniform(0.08, 0.9))


def price(sign, spot, strike, years, rate, dividend, volatility):
    """Price, and what of it is above the discounted gain at the forward."""
    width = volatility * math.sqrt(years)
    asset, money = spot * math.exp(-dividend * years), strike * math.exp(-rate * years)
    upper = math.log(asset / money) / width + width / 2

    def inside(x):
        return math.erfc(-x / math.sqrt(2)) / 2

    value = sign * (asset * inside(sign * upper) - money * inside(sign * (upper - width)))
    return value, value - max(0.0, sign * (asset - money))


def write(path, rows):
    with open(path, "wb") as file:
        for column in zip(*rows):
            array.array("d", column).tofile(file)


def book(path, seed):
    draw = random.Random(seed)
    with open(path, "w") as file:
        file.write("account,currency,quantity,price,average,multiplier\n")
        for place in range(POSITIONS):
            file.write(f"{place % 4},{CURRENCIES[draw.randrange(4)]},{draw.randint(-500, 500)},{draw.randint(100, 900000) / 100:.2f},"
                       f"{draw.randint(10000, 90000000) / 10000:.4f},{draw.choice((1, 1, 1, 50, 100))}\n")


def main():
    folder = pathlib.Path(sys.argv[1])
    rows = list(options(OPTIONS, 5))
    write(folder / "options.bin", rows)
    quoted = []
    for row in rows[:QUOTED]:
        value, time = price(*row)
        if time > 1e-6 * row[1]:
            quoted.append((*row, value))
    write(folder / "quotes.bin", quoted)
    write(folder / "american.bin", list(options(AMERICAN, 7)))
    write(folder / "dividends.bin", list(options(WITH_DIVIDENDS, 8)))
    draw = random.Random(9)
    with open(folder / "returns.bin", "wb") as file:
        for _ in range(POSITIONS):
            deviation = draw.uniform(0.005, 0.04)
            array.array("d", [draw.gauss(0, deviation) for _ in range(DAYS)]).tofile(file)
    with open(folder / "exposures.bin", "wb") as file:
        array.array("d", [draw.uniform(-50_000, 100_000) for _ in range(POSITIONS)]).tofile(file)
    book(folder / "book.csv", 10)
    draw = random.Random(11)
    index = [draw.gauss(0.0003, 0.01) for _ in range(TEN_YEARS)]
    write(folder / "daily.bin", [(1.2 * change + draw.gauss(0, 0.012), change) for change in index])


main()
