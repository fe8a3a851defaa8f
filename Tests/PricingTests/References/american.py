"""American reference prices from QuantLib: QdFp at high precision without cash dividends, its finite differences with
the spot dividend model, refined until they stand still, with them and where QdFp has no answer (two boundaries)."""
import math
import random

import QuantLib as ql

TODAY = ql.Date(20, 11, 2026)
DAYS = ql.Actual365Fixed()
ql.Settings.instance().evaluationDate = TODAY


def process(s, r, q, v):
    def flat(x):
        return ql.YieldTermStructureHandle(ql.FlatForward(TODAY, x, DAYS))

    return ql.BlackScholesMertonProcess(
        ql.QuoteHandle(ql.SimpleQuote(s)), flat(q), flat(r),
        ql.BlackVolTermStructureHandle(ql.BlackConstantVol(TODAY, ql.NullCalendar(), v, DAYS)))


def option(sign, k, days):
    kind = ql.Option.Call if sign > 0 else ql.Option.Put
    return ql.VanillaOption(ql.PlainVanillaPayoff(kind, k), ql.AmericanExercise(TODAY, TODAY + days))


def fixed_point(sign, s, k, days, r, q, v):
    priced = option(sign, k, days)
    priced.setPricingEngine(ql.QdFpAmericanEngine(process(s, r, q, v), ql.QdFpAmericanEngine.highPrecisionScheme()))
    return priced.NPV()


def differences(sign, s, k, days, r, q, v, dividends, steps, nodes):
    dates = ql.DividendVector([TODAY + day for day, _ in dividends], [amount for _, amount in dividends])
    priced = option(sign, k, days)
    priced.setPricingEngine(ql.FdBlackScholesVanillaEngine(
        process(s, r, q, v), dates, steps, nodes, 0, ql.FdmSchemeDesc.Douglas(), False, 0.0,
        ql.FdBlackScholesVanillaEngine.Spot))
    return priced.NPV()


def limit(a, b, c):
    """Where three prices of doubled grids lead: by their own order of convergence between 1 and 2."""
    ratio = (b - a) / (c - b) if c != b else 4.0
    return c + (c - b) / (min(max(ratio, 2.0), 4.0) - 1)


def refined(*inputs):
    """The limit, and by how much it still moved."""
    k = inputs[2]
    prices = [differences(*inputs, n, n // 2) for n in (400, 800, 1600)]
    known = limit(*prices)
    for n in (3200, 6400):
        prices.append(differences(*inputs, n, n // 2))
        found = limit(*prices[-3:])
        moved = abs(found - known)
        known = found
        if moved <= 0.15 * max(1e-4 * found, 1e-6 * k):
            break
    return known, moved


def points(count, seed, shortest, longest, least, most):
    draw = random.Random(seed)
    for index in range(count):
        days = max(1, round(shortest * (longest / shortest) ** draw.random()))
        v = least * (most / least) ** draw.random()
        r, q = draw.uniform(-0.02, 0.2), draw.uniform(-0.02, 0.15)
        if index % 3 == 0:
            r, q = draw.uniform(0.0, 0.06), draw.choice((0.0, 0.015))
        k = draw.choice((100.0, 25.0, 4000.0))
        m = math.exp(draw.uniform(-4, 4) * v * (days / 365) ** 0.5)
        yield draw.choice((1, -1)), k * min(max(m, 0.3), 3.0), k, days, r, q, v


def write(file, plain=400, twofold=24, cash=120, seed=20261122):
    file.write("sign,spot,strike,years,rate,yield,volatility,dividends,price,moved\n")

    def row(point, dividends, price, moved):
        sign, s, k, days, r, q, v = point
        listed = ";".join(f"{day / 365!r}:{amount!r}" for day, amount in dividends)
        file.write(f"{sign},{s!r},{k!r},{days / 365!r},{r!r},{q!r},{v!r},{listed},{price:.12g},{moved:.2g}\n")

    for point in points(plain, seed, 1, 3650, 0.01, 3.0):
        sign, _, _, _, r, q, _ = point
        gained, lost = (r, q) if sign < 0 else (q, r)
        if lost < gained <= 0:
            continue
        row(point, (), fixed_point(*point), 0)
    draw = random.Random(seed + 1)
    for sign, s, k, days, _, _, v in points(twofold, seed + 2, 20, 1500, 0.05, 0.8):
        low, high = sorted((draw.uniform(-0.02, 0), draw.uniform(-0.02, 0)))
        r, q = (high, low) if sign < 0 else (low, high)
        row((sign, s, k, days, r, q, v), (), *refined(sign, s, k, days, r, q, v, ()))
    for point in points(cash, seed + 3, 7, 1400, 0.04, 1.5):
        sign, s, k, days, r, q, v = point
        first, amount = draw.randint(1, 90), draw.choice((0.001, 0.004, 0.008, 0.02)) * k
        dividends = tuple((day, amount) for day in range(first, days, 91))
        row(point, dividends, *refined(*point, dividends))
