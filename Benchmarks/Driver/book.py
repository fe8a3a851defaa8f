"""The workloads on a whole book: exact revaluation, linear scenarios, quotes, scenario grids."""
import pathlib
import tempfile

from contestants import Contestant, cpu_per_event, interleave, require_equal
from doubles import read, require_close, require_near
from report import against, bounded, seconds

PASSES, PRODUCTS, SERIES = 20, 20, 500


def revalue(bench):
    rows = []
    for peer, bar in (("decimal", 12), ("pandas", 4)):
        name = f"exact revaluation, 10,000 positions, four currencies, a position: {peer}"
        book = bench.options / "book.csv"
        with Contestant(bench.python(f"revalue_{peer}.py", book)) as other, Contestant(
                [bench.binary, "revalue", book]) as mine:
            theirs, ours = other.check(), mine.check()
            if peer == "decimal":
                require_equal(name, theirs, ours)
            else:
                require_near(name, theirs, ours, 1e-12)
            theirs, ours = interleave(lambda: other.round(PASSES), lambda: mine.round(PASSES * 10), bench.rounds)
        rows.append(against(name, cpu_per_event(theirs), cpu_per_event(ours), bar))
    return rows


def linear_scenarios(bench):
    name = "historical scenarios, linear step, 10,000 x 500: numpy, one thread"
    files = [bench.options / "returns.bin", bench.options / "exposures.bin"]
    with tempfile.TemporaryDirectory(prefix="book-", dir=bench.folder) as folder:
        found = [pathlib.Path(folder, side) for side in ("peer", "ours")]
        with Contestant(bench.python("scenarios_numpy.py", *files, found[0])) as peer, Contestant(
                [bench.binary, "scenarios", *files, found[1]]) as mine:
            rows = peer.check()["rows"], mine.check()["rows"]
            require_close(name, *(read(file, count) for file, count in zip(found, rows)), 1e-10)
            theirs, ours = interleave(lambda: peer.round(PRODUCTS), lambda: mine.round(PRODUCTS), bench.rounds)
    return [against(name, cpu_per_event(theirs), cpu_per_event(ours), 0.8)]


def quotes(bench):
    """By the wall clock: a batch of 64 from the book's update to its totals. The run with the best p99 counts."""
    rows = []
    for kind, words, bars in (
            ("quotes", "64 option quotes with the feed's Greeks", (("p50", 20e-6), ("p99", 100e-6))),
            ("model-quotes", "64 option quotes without", (("p99", 250e-3),)),
            ("underlying-quotes", "64 underlying quotes, options by the model", (("p99", 250e-3),))):
        with Contestant([bench.binary, kind]) as mine:
            mine.check()
            best = min((mine.round(200) for _ in range(bench.rounds)), key=lambda round: round["p99"])
        for key, bar in bars:
            value = best[key] * 1e-9
            rows.append(bounded(f"book of 10,000, {words}, {key}", seconds(value), value, bar, f"<= {seconds(bar)}"))
    return rows


def grids(bench):
    """In processor seconds on one thread; sampled cells are compared with the scalar function before."""
    rows = []
    for kind, words, bar in (("grid-european", "all European", 2), ("grid", "60 % American with dividends", 20)):
        with Contestant([bench.binary, kind]) as mine:
            mine.check()
            value = min(mine.round(1)["cpu"] for _ in range(min(bench.rounds, 3)))
        rows.append(bounded(f"scenario grid 11 x 7 x 3, 10,000 positions, {words}", seconds(value), value, bar, f"<= {bar} s"))
    return rows


def value_at_risk(bench):
    """500 days, each option revalued in each; no bar is set."""
    with Contestant([bench.binary, "value-at-risk"]) as mine:
        mine.check()
        value = min(mine.round(1)["cpu"] for _ in range(min(bench.rounds, 3)))
    return [bounded("historical VaR, 10,000 positions x 500, full revaluation", seconds(value), value)]


def tail_and_beta(bench):
    """Three figures of one series; no bar is set."""
    name = "VaR + CVaR + beta of 2,521 daily returns: empyrical-reloaded"
    series = bench.options / "daily.bin"
    with tempfile.TemporaryDirectory(prefix="book-", dir=bench.folder) as folder:
        found = [pathlib.Path(folder, side) for side in ("peer", "ours")]
        with Contestant(bench.python("tail_empyrical.py", series, found[0])) as peer, Contestant(
                [bench.binary, "tail-and-beta", series, found[1]]) as mine:
            rows = peer.check()["rows"], mine.check()["rows"]
            require_close(name, *(read(file, count) for file, count in zip(found, rows)), 1e-12)
            theirs, ours = interleave(lambda: peer.round(SERIES), lambda: mine.round(SERIES), bench.rounds)
    return [against(name, cpu_per_event(theirs), cpu_per_event(ours), None)]
