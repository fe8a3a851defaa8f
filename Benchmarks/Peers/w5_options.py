"""W5, options: Tributary beside numpy, QuantLib and py_vollib_vectorized, in one run, interleaved, equal results first.

  w5_options.py BINARY [--rounds N] [--vectorized PYTHON]

BINARY is PricingBenchmarks, built for release. PYTHON is an interpreter with py_vollib_vectorized, which needs older
packages than the rest (requirements-w5-vectorized.txt). Each figure is the best of the rounds, in seconds of CPU time on one
thread; a line of JSON a comparison, then a line that says how many bars were missed.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
from scipy.special import ndtr

GREEKS = ("price", "delta", "gamma", "theta", "vega", "rho")


def bsm(s, k, t, r, q, v, w):
    """Price and five Greeks as a user of numpy writes them, in the project's units."""
    root = np.sqrt(t)
    upper = (np.log(s / k) + (r - q + 0.5 * v * v) * t) / (v * root)
    lower = upper - v * root
    kept, discount = np.exp(-q * t), np.exp(-r * t)
    owned, owed = ndtr(w * upper), ndtr(w * lower)
    density = np.exp(-0.5 * upper * upper) * 0.3989422804014327
    theta = -s * kept * density * v / (2 * root) - w * r * k * discount * owed + w * q * s * kept * owned
    return (w * (s * kept * owned - k * discount * owed), w * kept * owned, kept * density / (s * v * root), theta / 365,
            s * kept * density * root / 100, w * k * t * discount * owed / 100)


def options(count, seed=5):
    g = np.random.default_rng(seed)
    s, k = g.uniform(80, 120, count), np.round(g.uniform(70, 130, count))
    t, r, q = g.uniform(0.02, 2, count), g.uniform(0.0, 0.06, count), g.uniform(0.0, 0.03, count)
    v = g.uniform(0.08, 0.9, count)
    w = np.where(g.random(count) < 0.5, 1.0, -1.0)
    return s, k, t, r, q, v, w


def seconds(function):
    start = time.process_time()
    result = function()
    return time.process_time() - start, result


class Ours:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, pathlib.Path(folder)

    def run(self, task, s, k, t, r, q, last, w, runs=1):
        given, found = self.folder / f"{task}.in", self.folder / f"{task}.out"
        np.concatenate([w, s, k, t, r, q, last]).tofile(given)
        line = subprocess.run(
            [self.binary, task, given, found, str(runs)], check=True, capture_output=True, text=True).stdout
        return min(json.loads(line)["cpu"]), np.fromfile(found).reshape(-1, len(s))


class Report:
    def __init__(self):
        self.missed = 0

    def line(self, name, peer, count, ours, theirs, bar, **more):
        ratio = theirs / ours
        self.missed += ratio < bar
        print(json.dumps({
            "workload": "W5 " + name, "peer": peer, "options": count, "ours_ns": round(ours / count * 1e9, 1),
            "peer_ns": round(theirs / count * 1e9, 1), "ratio": round(ratio, 2), "bar": bar, "met": bool(ratio >= bar),
            **more}), flush=True)


def european(ours, report, rounds, count=1_000_000):
    data = options(count)
    best, mine = [9.0] * 2, None
    for _ in range(rounds):
        spent, theirs = seconds(lambda: bsm(*data))
        best[0] = min(best[0], spent)
        spent, mine = ours.run("european", *data, runs=2)
        best[1] = min(best[1], spent)
    worst = {name: float(np.abs(a - b).max()) for name, a, b in zip(GREEKS, mine, theirs)}
    assert max(worst.values()) < 1e-10, worst
    report.line("price + 5 Greeks", f"numpy {np.__version__} + scipy ndtr", count, best[1], best[0], 1.8,
                largest_difference=max(worst.values()))
    return best[1] / count


def quantlib_objects(each, report, rounds, count=20_000):
    import QuantLib as ql
    s, k, t, r, q, v, w = options(count)
    today = ql.Date(20, 11, 2026)
    ql.Settings.instance().evaluationDate = today
    days = ql.Actual365Fixed()
    spot, rate, deviation, dividend = (ql.SimpleQuote(x) for x in (100, 0.03, 0.2, 0.01))
    engine = ql.AnalyticEuropeanEngine(process(ql, today, days, spot, rate, deviation, dividend))
    ends = [ql.EuropeanExercise(today + max(1, int(x * 365))) for x in t.tolist()]
    rows = list(zip(w.tolist(), s.tolist(), k.tolist(), r.tolist(), q.tolist(), v.tolist(), ends))

    def price():
        for sign, a, b, c, d, e, end in rows:
            spot.setValue(a), rate.setValue(c), deviation.setValue(e), dividend.setValue(d)
            option = ql.VanillaOption(ql.PlainVanillaPayoff(ql.Option.Call if sign > 0 else ql.Option.Put, b), end)
            option.setPricingEngine(engine)
            option.NPV(), option.delta(), option.gamma(), option.vega(), option.theta(), option.rho()

    best = min(seconds(price)[0] for _ in range(rounds))
    report.line("price + 5 Greeks", f"QuantLib-Python {ql.__version__} objects", count, each * count, best, 300)


def process(ql, today, days, spot, rate, deviation, dividend):
    def flat(quote):
        return ql.YieldTermStructureHandle(ql.FlatForward(today, ql.QuoteHandle(quote), days))

    return ql.BlackScholesMertonProcess(
        ql.QuoteHandle(spot), flat(dividend), flat(rate),
        ql.BlackVolTermStructureHandle(ql.BlackConstantVol(today, ql.NullCalendar(), ql.QuoteHandle(deviation), days)))


VECTORIZED = r"""
import sys, time, warnings
import numpy as np
warnings.filterwarnings("ignore")
import py_vollib_vectorized as pv
task, given, found, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
w, s, k, t, r, q, x = np.fromfile(given).reshape(7, count)
flag = np.where(w > 0, "c", "p")
def greeks():
    pv.vectorized_black_scholes_merton(flag, s, k, t, r, x, q, return_as="numpy")
    pv.get_all_greeks(flag, s, k, t, r, x, q, model="black_scholes_merton", return_as="dict")
    return x
def implied():
    return np.asarray(pv.vectorized_implied_volatility(
        x, s, k, t, r, flag, q, model="black_scholes_merton", return_as="numpy")).ravel()
work = greeks if task == "european" else implied
work()
best = 1e9
for _ in range(3):
    start = time.process_time()
    result = work()
    best = min(best, time.process_time() - start)
np.asarray(result, dtype=float).tofile(found)
print(best)
"""


def vectorized(python, task, folder, s, k, t, r, q, last, w):
    given, found = pathlib.Path(folder) / "peer.in", pathlib.Path(folder) / "peer.out"
    np.concatenate([w, s, k, t, r, q, last]).tofile(given)
    line = subprocess.run([python, "-c", VECTORIZED, task, given, found, str(len(s))], check=True, capture_output=True,
                          text=True).stdout
    return float(line), np.fromfile(found)


def against_vectorized(ours, report, rounds, python, folder):
    data = options(100_000, seed=6)
    best = [9.0] * 2
    for _ in range(rounds):
        best[0] = min(best[0], vectorized(python, "european", folder, *data)[0])
        best[1] = min(best[1], ours.run("european", *data, runs=3)[0])
    report.line("price + 5 Greeks", "py_vollib_vectorized", 100_000, best[1], best[0], 25)

    s, k, t, r, q, v, w = data
    price = bsm(*data)[0]
    forward = s * np.exp((r - q) * t)
    # An option with no time value has no implied volatility.
    kept = price * np.exp(r * t) - np.maximum(w * (forward - k), 0) > 1e-6 * s
    s, k, t, r, q, v, w, price = (x[kept] for x in (s, k, t, r, q, v, w, price))
    best, errors = [9.0] * 2, {}
    for _ in range(rounds):
        spent, theirs = vectorized(python, "implied", folder, s, k, t, r, q, price, w)
        best[0] = min(best[0], spent)
        spent, mine = ours.run("implied", s, k, t, r, q, price, w, runs=3)
        best[1] = min(best[1], spent)
        errors = {"our_error": float(np.abs(mine[0] - v).max()), "our_missing": int(np.isnan(mine[0]).sum()),
                  "peer_error": float(np.nanmax(np.abs(theirs - v)))}
    assert errors["our_error"] <= 1e-9 and errors["our_missing"] == 0, errors
    report.line("implied volatility", "py_vollib_vectorized", len(s), best[1], best[0], 1.8, **errors)


def american(ours, report, rounds, count, with_dividends):
    """Against finite differences of 200 x 100, which give price, delta, gamma and theta; ours gives all Greeks. Errors are
    measured against what is more exact: QdFp, or with dividends the same engine refined."""
    import QuantLib as ql
    s, k, _, r, q, v, w = options(count, seed=7)
    ends = np.random.default_rng(8).integers(7, 730, count)
    today = ql.Date(20, 11, 2026)
    ql.Settings.instance().evaluationDate = today
    days = ql.Actual365Fixed()
    spot, rate, deviation, dividend = (ql.SimpleQuote(x) for x in (100, 0.03, 0.2, 0.01))
    moves = process(ql, today, days, spot, rate, deviation, dividend)
    rows = list(zip(w.tolist(), s.tolist(), k.tolist(), r.tolist(), q.tolist(), v.tolist(), ends.tolist()))

    def price(make, greeks):
        out = []
        for sign, a, b, c, d, e, end in rows:
            spot.setValue(a), rate.setValue(c), deviation.setValue(e), dividend.setValue(d)
            kind = ql.Option.Call if sign > 0 else ql.Option.Put
            option = ql.VanillaOption(ql.PlainVanillaPayoff(kind, b), ql.AmericanExercise(today, today + end))
            option.setPricingEngine(make(end))
            out.append(option.NPV())
            if greeks:
                option.delta(), option.gamma(), option.theta()
        return np.array(out)

    def differences(steps, nodes):
        plain = ql.FdBlackScholesVanillaEngine(moves, steps, nodes)

        def make(end):
            if not with_dividends:
                return plain
            dates = [today + day for day in range(30, end, 91)]
            return ql.FdBlackScholesVanillaEngine(
                moves, ql.DividendVector(dates, [0.6] * len(dates)), steps, nodes, 0, ql.FdmSchemeDesc.Douglas(), False, 0.0,
                ql.FdBlackScholesVanillaEngine.Spot)
        return make

    if with_dividends:
        coarse, exact = price(differences(1600, 800), False), price(differences(3200, 1600), False)
        exact = exact + (exact - coarse) / 2
    else:
        engine = ql.QdFpAmericanEngine(moves, ql.QdFpAmericanEngine.highPrecisionScheme())
        exact = price(lambda _: engine, False)
    task = "american-dividends" if with_dividends else "american"
    best = [9.0] * 2
    for _ in range(rounds):
        spent, theirs = seconds(lambda: price(differences(200, 100), True))
        best[0] = min(best[0], spent)
        spent, mine = ours.run(task, s, k, ends / 365, r, q, v, w, runs=2)
        best[1] = min(best[1], spent)
    bars = np.maximum(1e-4 * exact, 1e-6 * k)
    errors = [np.abs(x - exact) for x in (mine[0], theirs)]
    more = {"our_median_error": float(np.median(errors[0])), "our_largest_error_in_bars": float((errors[0] / bars).max()),
            "peer_median_error": float(np.median(errors[1])), "peer_largest_error_in_bars": float((errors[1] / bars).max())}
    assert more["our_largest_error_in_bars"] <= 1, more
    name = "American, all Greeks" + (", quarterly dividends" if with_dividends else "")
    # No bar is set for dividends in cash: the engine at 200 x 100 is far less exact there.
    report.line(name, f"QuantLib {ql.__version__} FD 200x100", count, best[1], best[0], 0 if with_dividends else 12, **more)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--vectorized")
    given = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(given.binary, folder)
        each = european(ours, report, given.rounds)
        quantlib_objects(each, report, min(given.rounds, 3))
        if given.vectorized:
            against_vectorized(ours, report, given.rounds, given.vectorized, folder)
        american(ours, report, given.rounds, 300, False)
        american(ours, report, min(given.rounds, 3), 60, True)
    print(f"W5 options: {report.missed} bars missed")
    sys.exit(report.missed > 0)


main()
