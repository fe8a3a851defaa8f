"""End to end as a Python user would have it: the tastytrade SDK's events, a dictionary of quotes, positions revalued
with Decimal, totals by difference. Only a quote moves a mark (the middle), so only quotes cost a revaluation.

usage: desk_sdk.py FILE POSITIONS
"""
import csv
import sys
from decimal import Decimal

from contestant import serve
from decode_sdk import SDKReader
from feed import lines

MULTIPLIER = Decimal(100)


class Position:
    def __init__(self, row):
        self.units = Decimal(row["quantity"]) * MULTIPLIER
        self.average = Decimal(row["average"])
        self.market_value = self.unrealized = Decimal(0)

    def value(self, bid, ask):
        mark = (bid + ask) / 2
        self.market_value = self.units * mark
        self.unrealized = self.units * (mark - self.average)


class Desk:
    def __init__(self, rows):
        self.reader = SDKReader()
        self.latest = {"Quote": {}, "Trade": {}, "Summary": {}, "Greeks": {}}
        self.positions = {row["symbol"]: Position(row) for row in rows}
        for row in rows:
            self.positions[row["symbol"]].value(Decimal(row["bid"]), Decimal(row["ask"]))
        self.market_value = sum(position.market_value for position in self.positions.values())
        self.unrealized = sum(position.unrealized for position in self.positions.values())

    def hear(self, text):
        """Takes one message and returns how many events were in it; the totals are up to date afterwards."""
        events = self.reader.read(text)
        kind = type(events[0]).__name__
        latest = self.latest[kind]
        for event in events:
            latest[event.event_symbol] = event
        if kind == "Quote":
            for symbol in {event.event_symbol for event in events}:
                self.revalue(symbol, latest[symbol])
        return len(events)

    def revalue(self, symbol, quote):
        position = self.positions.get(symbol)
        if position is None:
            return
        self.market_value -= position.market_value
        self.unrealized -= position.unrealized
        position.value(quote.bid_price, quote.ask_price)
        self.market_value += position.market_value
        self.unrealized += position.unrealized


def main():
    texts = [line.decode() for line in lines(sys.argv[1])]
    with open(sys.argv[2]) as file:
        rows = list(csv.DictReader(file))

    def check():
        desk, trail = Desk(rows), 0
        for text in texts:
            desk.hear(text)
            trail = (trail + int((desk.market_value + 3 * desk.unrealized) * 10**8)) % 2**64
        return {"marketValue": int(desk.market_value * 10**8), "unrealized": int(desk.unrealized * 10**8),
                "trail": trail}

    def work(count):
        desk = Desk(rows)
        return sum(desk.hear(text) for text in texts[:count])

    serve(check, work)


main()
