"""W5 by QuantLib's Python objects: a VanillaOption each, price and Greeks.

usage: options_quantlib.py european|american|dividends OPTIONS FOUND

european writes price, delta, gamma, theta, vega, rho in this program's units. american and dividends price by finite
differences and time price, delta, gamma and theta; they write a price that is more exact (QdFp at high precision, or the
same differences refined) and their own.
"""
import sys

import QuantLib as ql

import columns
from contestant import serve

TODAY = ql.Date(20, 11, 2026)
DAYS = ql.Actual365Fixed()
# Steps in time and nodes. With dividends in cash the differences have to be finer to come near the same error.
GRIDS = {"american": (200, 100), "dividends": (800, 400)}


class Market:
    def __init__(self):
        self.quotes = [ql.SimpleQuote(x) for x in (100, 0.03, 0.01, 0.2)]
        spot, rate, dividend, volatility = (ql.QuoteHandle(quote) for quote in self.quotes)
        flat = [ql.YieldTermStructureHandle(ql.FlatForward(TODAY, quote, DAYS)) for quote in (dividend, rate)]
        surface = ql.BlackVolTermStructureHandle(ql.BlackConstantVol(TODAY, ql.NullCalendar(), volatility, DAYS))
        self.process = ql.BlackScholesMertonProcess(spot, *flat, surface)

    def move(self, *values):
        for quote, value in zip(self.quotes, values):
            quote.setValue(value)


class Options:
    def __init__(self, kind, path):
        self.kind, self.market = kind, Market()
        self.rows = []
        for sign, s, k, t, r, q, v in columns.read(path, 7).T.tolist():
            days = round(t * 365)
            end = TODAY + days
            exercise = ql.EuropeanExercise(end) if kind == "european" else ql.AmericanExercise(TODAY, end)
            self.rows.append((ql.Option.Call if sign > 0 else ql.Option.Put, k, exercise, days, (s, r, q, v)))
        self.european = ql.AnalyticEuropeanEngine(self.market.process)
        self.exact = ql.QdFpAmericanEngine(self.market.process, ql.QdFpAmericanEngine.highPrecisionScheme())

    def differences(self, days, steps, nodes):
        if self.kind == "american":
            return ql.FdBlackScholesVanillaEngine(self.market.process, steps, nodes)
        dates = [TODAY + day for day in range(30, days, 91)]
        return ql.FdBlackScholesVanillaEngine(
            self.market.process, ql.DividendVector(dates, [0.6] * len(dates)), steps, nodes, 0,
            ql.FdmSchemeDesc.Douglas(), False, 0.0, ql.FdBlackScholesVanillaEngine.Spot)

    def each(self, count, engine, read):
        found = []
        for right, strike, exercise, days, moved in self.rows[:count]:
            self.market.move(*moved)
            option = ql.VanillaOption(ql.PlainVanillaPayoff(right, strike), exercise)
            option.setPricingEngine(engine(days))
            found.append(read(option))
        return found

    def work(self, count):
        if self.kind == "european":
            found = self.each(count, lambda _: self.european, european)
        else:
            found = self.each(count, lambda days: self.differences(days, *GRIDS[self.kind]), american)
        return len(found)

    def found(self):
        if self.kind == "european":
            return list(zip(*self.each(CHECKED, lambda _: self.european, european)))
        own = self.each(None, lambda days: self.differences(days, *GRIDS[self.kind]), price)
        if self.kind == "american":
            return self.each(None, lambda _: self.exact, price), own
        coarse, fine = (self.each(None, lambda days: self.differences(days, n, n // 2), price) for n in (1600, 3200))
        return [b + (b - a) / 2 for a, b in zip(coarse, fine)], own


CHECKED = 20_000


def european(option):
    return (option.NPV(), option.delta(), option.gamma(), option.theta() / 365, option.vega() / 100, option.rho() / 100)


def american(option):
    return option.NPV(), option.delta(), option.gamma(), option.theta()


def price(option):
    return option.NPV()


def main():
    ql.Settings.instance().evaluationDate = TODAY
    options = Options(sys.argv[1], sys.argv[2])

    def check():
        found = options.found()
        columns.write(sys.argv[3], found)
        return {"rows": len(found[0])}

    serve(check, options.work)


main()
