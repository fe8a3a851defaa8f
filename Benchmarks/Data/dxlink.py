"""Seeded market data for the benchmarks: the same bytes on every machine.

usage: dxlink.py FOLDER MESSAGES

FOLDER/dxlink.ndjson   FEED_DATA messages in COMPACT encoding, one a line, in the field order that the tastytrade SDK
                       requests: 60 % Quote, 25 % Greeks, 12 % Trade, 3 % Summary, 1 to 9 events a message
FOLDER/positions.csv   one position in each of the 500 options, with its first quote
"""
import pathlib
import random
import sys

CHANNELS = {"Greeks": 3, "Quote": 7, "Summary": 9, "Trade": 15}
ROOTS = ("SPY", "QQQ", "SPXW", "AAPL", "TSLA", "NVDA", "AMD", "IWM", "MSFT", "META")
UNDERLYING_PRICE = 160
# 2026-11-20T15:00:00Z, in milliseconds; one message every 13.
START = 1795186800000
STEP = 13


def double(value):
    """As Java's Double.toString writes it, which is what the feed sends."""
    size = abs(value)
    if size != 0 and (size < 1e-3 or size >= 1e7):
        mantissa, exponent = f"{value:.12E}".split("E")
        mantissa = mantissa.rstrip("0")
        return f"{mantissa}0E{int(exponent)}" if mantissa.endswith(".") else f"{mantissa}E{int(exponent)}"
    return repr(float(value))


class Option:
    """One option: what it is, and a price that its events move about."""

    def __init__(self, root, number, random):
        self.root = root
        self.day = number % 4 * 7 + 4
        self.right = "CP"[number % 2]
        self.strike = 100 + 5 * (number // 2)
        self.symbol = f".{root}2612{self.day:02d}{self.right}{self.strike}"
        inside = UNDERLYING_PRICE - self.strike if self.right == "C" else self.strike - UNDERLYING_PRICE
        self.price = max(inside, 0) + random.lognormvariate(1.2, 1)

    def moved(self, random):
        return self.price * random.uniform(0.97, 1.03)


def bid_and_ask(price):
    tick = 0.01 if price < 3 else 0.05
    bid = round(round(price / tick) * tick, 2)
    return bid, round(bid + tick, 2)


def quote(option, time, random):
    bid, ask = bid_and_ask(option.moved(random))
    size = '"NaN"' if random.random() < 0.002 else double(float(random.randint(1, 900)))
    exchanges = random.choice("QZCXNB"), random.choice("QZCXNB")
    return (f'"{option.symbol}",0,0,0,{time},"{exchanges[0]}",{time + random.randint(0, 900)},"{exchanges[1]}",'
            f'{double(bid)},{double(ask)},{size},{double(float(random.randint(1, 900)))}')


def trade(option, time, random):
    price = option.moved(random)
    direction = random.choice(["ZERO_UP", "DOWN", "UP", "ZERO_DOWN"])
    return (f'"{option.symbol}",0,{time},{random.randint(0, 999999)},{random.randint(1, 90000)},'
            f'"{random.choice("QZCXNB")}",20412,"{direction}",false,{double(round(price, 2))},'
            f'{double(round(random.gauss(0, .4), 2))},{double(float(random.randint(1, 50)))},'
            f'{double(float(random.randint(1, 40000)))},{double(round(price * random.randint(100, 4000000), 2))}')


def greeks(option, time, random):
    sign = 1 if option.right == "C" else -1
    return (f'"{option.symbol}",0,0,{time * 4194304},{time},0,{double(option.moved(random))},'
            f'{double(random.uniform(.08, .9))},{double(sign * random.uniform(0, 1))},'
            f'{double(random.uniform(1e-5, .05))},{double(-random.uniform(1e-4, .6))},'
            f'{double(sign * abs(random.gauss(0, .3)))},{double(random.uniform(1e-4, 1.2))}')


def summary(option, time, random):
    price = option.moved(random)
    first = '"NaN"' if random.random() < .3 else double(round(price, 2))
    return (f'"{option.symbol}",0,20412,"REGULAR",20411,"FINAL",{random.randint(0, 50000)},{first},{first},{first},'
            f'"NaN",{double(round(price * .98, 2))},"NaN"')


def main():
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    source = random.Random(42)
    options = [Option(root, number, source) for root in ROOTS for number in range(50)]
    kinds = ["Quote"] * 60 + ["Greeks"] * 25 + ["Trade"] * 12 + ["Summary"] * 3
    make = {"Quote": quote, "Greeks": greeks, "Trade": trade, "Summary": summary}
    with open(folder / "positions.csv", "w") as file:
        file.write("symbol,root,expiry,right,strike,quantity,average,bid,ask\n")
        for option in options:
            quantity = source.choice([-1, 1]) * source.randint(1, 40)
            average = round(option.price * source.uniform(0.5, 1.5), 2)
            bid, ask = bid_and_ask(option.price)
            file.write(f"{option.symbol},{option.root},2026-12-{option.day:02d},{option.right},{option.strike},"
                       f"{quantity},{average:.2f},{bid:.2f},{ask:.2f}\n")
    with open(folder / "dxlink.ndjson", "w") as file:
        for number in range(count):
            kind, time = source.choice(kinds), START + number * STEP
            rows = ",".join(make[kind](source.choice(options), time, source) for _ in range(source.randint(1, 9)))
            file.write(f'{{"type":"FEED_DATA","channel":{CHANNELS[kind]},"data":["{kind}",[{rows}]]}}\n')


main()
