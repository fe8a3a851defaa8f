"""What the peers that read the feed share: its lines, its columns, and the digest by which results are compared."""
import struct
from decimal import Decimal

# In the order of the tastytrade SDK's own FEED_SETUP, as the file has them.
FIELDS = {
    "Quote": ["eventSymbol", "eventTime", "sequence", "timeNanoPart", "bidTime", "bidExchangeCode", "askTime",
              "askExchangeCode", "bidPrice", "askPrice", "bidSize", "askSize"],
    "Trade": ["eventSymbol", "eventTime", "time", "timeNanoPart", "sequence", "exchangeCode", "dayId",
              "tickDirection", "extendedTradingHours", "price", "change", "size", "dayVolume", "dayTurnover"],
    "Greeks": ["eventSymbol", "eventTime", "eventFlags", "index", "time", "sequence", "price", "volatility", "delta",
               "gamma", "theta", "rho", "vega"],
    "Summary": ["eventSymbol", "eventTime", "dayId", "dayClosePriceType", "prevDayId", "prevDayClosePriceType",
                "openInterest", "dayOpenPrice", "dayHighPrice", "dayLowPrice", "dayClosePrice", "prevDayClosePrice",
                "prevDayVolume"],
}
# What the digest adds up: prices as counts of 1e-8, Greeks as the bits of their doubles.
PRICES = {"Quote": ["bidPrice", "askPrice"], "Trade": ["price"], "Summary": ["prevDayClosePrice"], "Greeks": []}
GREEKS = ["price", "volatility", "delta", "gamma", "theta", "vega", "rho"]


def lines(path):
    with open(path, "rb") as file:
        return file.read().split(b"\n")[:-1]


class Digest:
    """Of several events of one symbol in one message the last counts: that is what a reader of the whole keeps."""

    def __init__(self):
        self.rows = 0
        self.events = dict.fromkeys(FIELDS, 0)
        self.symbols = {}
        self.prices = dict.fromkeys(FIELDS, 0)
        self.greeks = 0

    def add(self, kind, rows):
        """`rows` are dictionaries of one message, by the names in FIELDS."""
        self.rows += len(rows)
        for symbol, row in {row["eventSymbol"]: row for row in rows}.items():
            self.events[kind] += 1
            self.symbols[symbol] = self.symbols.get(symbol, 0) + 1
            for field in PRICES[kind]:
                value = row[field]
                self.prices[kind] += int((value if isinstance(value, Decimal) else Decimal(repr(value))) * 10**8)
            if kind == "Greeks":
                bits = sum(struct.unpack("<Q", struct.pack("<d", float(row[field])))[0] for field in GREEKS)
                self.greeks = (self.greeks + bits) % 2**64

    def reply(self):
        return {"rows": self.rows, "events": self.events, "symbols": self.symbols, "prices": self.prices,
                "greeks": self.greeks}
