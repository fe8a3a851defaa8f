"""European reference prices and Greeks: mpmath, Greeks by differentiating the price numerically at 80 digits."""
import itertools
import math
import random

import mpmath as mp

NAMES = ("price", "delta", "gamma", "theta", "vega", "rho", "vanna", "volga", "charm")
HOUR = 1 / 8760
YEARS = (HOUR, 4 * HOUR, 1 / 365, 3 / 365, 7 / 365, 1 / 12, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
VOLATILITIES = (0.01, 0.03, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0)
RATES = ((-0.02, 0.0), (0.0, 0.0), (0.05, 0.02), (0.2, 0.0), (0.05, 0.1), (0.03, 0.03), (-0.01, -0.02), (0.2, 0.2))
MONEYNESS = (0.3, 0.5, 0.7, 0.85, 0.95, 0.98, 0.99, 0.997, 0.9995, 1.0, 1.0005, 1.003, 1.01, 1.02, 1.05, 1.2, 1.5, 2.0, 3.0)
STRIKES = (100.0, 100.0, 100.0, 4.5, 25000.0)


def cumulative(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def price(formula, sign, s, k, t, r, q, v):
    forward = s if formula == "black76" else s * mp.exp((r - q) * t)
    width = v * mp.sqrt(t)
    if formula == "bachelier":
        d = (forward - k) / width
        return mp.exp(-r * t) * (sign * (forward - k) * cumulative(sign * d) + width * mp.npdf(d))
    upper = mp.log(forward / k) / width + width / 2
    return mp.exp(-r * t) * sign * (forward * cumulative(sign * upper) - k * cumulative(sign * (upper - width)))


def values(formula, sign, *inputs):
    """Price and Greeks in the project's units: theta and charm per day, vega, vanna, volga and rho per 0.01."""
    at = [mp.mpf(x) for x in inputs]

    def d(*orders):
        return mp.diff(lambda *x: price(formula, sign, *x), tuple(at), orders)

    return (
        price(formula, sign, *at), d(1, 0, 0, 0, 0, 0), d(2, 0, 0, 0, 0, 0), -d(0, 0, 1, 0, 0, 0) / 365,
        d(0, 0, 0, 0, 0, 1) / 100, d(0, 0, 0, 1, 0, 0) / 100, d(1, 0, 0, 0, 0, 1) / 100, d(0, 0, 0, 0, 0, 2) / 10000,
        -d(1, 0, 1, 0, 0, 0) / 365)


def lognormal_points(count, seed):
    """Half from a grid that holds the corners, half from anywhere between."""
    draw = random.Random(seed)
    pairs = list(itertools.product(YEARS, VOLATILITIES))
    for index in range(count):
        formula = "black76" if index % 4 == 3 else "bsm"
        strike = draw.choice(STRIKES)
        if index % 2 == 0:
            t, v = pairs[index // 2 % len(pairs)]
            r, q = draw.choice(RATES)
            m = draw.choice(MONEYNESS)
        else:
            t = HOUR * (10 / HOUR) ** draw.random()
            v = 0.01 * 300 ** draw.random()
            r, q = draw.uniform(-0.02, 0.2), draw.uniform(-0.02, 0.1)
            # Three of four within six standard deviations of the forward, where a price is there to be compared.
            z = draw.uniform(-6, 6) * v * t**0.5
            m = min(max(math.exp(z), 0.3), 3.0) if draw.random() < 0.75 else 0.3 * 10 ** draw.random()
        yield formula, draw.choice((1, -1)), strike * m, strike, t, r, 0.0 if formula == "black76" else q, v


def normal_points(count, seed):
    draw = random.Random(seed)
    for _ in range(count):
        s = draw.choice((-37.6, -5.0, 0.0, 0.01, 1.0, 20.0, 75.0))
        t = HOUR * (10 / HOUR) ** draw.random()
        v = draw.choice((0.5, 5.0, 20.0, 40.0))
        k = s + draw.uniform(-6, 6) * v * t**0.5
        yield "bachelier", draw.choice((1, -1)), s, k, t, draw.uniform(-0.02, 0.2), draw.uniform(-0.02, 0.1), v


def write(file, lognormal=2400, normal=300, seed=20261121):
    mp.mp.dps = 80
    file.write("formula,sign,spot,strike,years,rate,yield,volatility," + ",".join(NAMES) + "\n")
    for point in itertools.chain(lognormal_points(lognormal, seed), normal_points(normal, seed + 1)):
        found = ",".join(mp.nstr(x, 17, strip_zeros=True) for x in values(*point))
        file.write(",".join([point[0], str(point[1]), *(repr(x) for x in point[2:]), found]) + "\n")
