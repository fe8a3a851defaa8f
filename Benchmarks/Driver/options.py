"""The workloads on options: prices and Greeks, implied volatilities, American exercise."""
import pathlib
import tempfile

from contestants import BenchError, Contestant, cpu_per_event, interleave
from doubles import read, require_close
from report import against, bounded

MILLION, VECTORIZED, OBJECTS = 1_000_000, 100_000, 20_000


def european_numpy(bench):
    peer = bench.python("options_numpy.py", bench.options / "options.bin")
    return european(bench, "option price + 5 Greeks: numpy + ndtr", peer, MILLION, 1e-11, 1.8)


def european_quantlib(bench):
    peer = bench.python("options_quantlib.py", "european", bench.options / "options.bin")
    return european(bench, "option price + 5 Greeks: QuantLib-Python objects", peer, OBJECTS, 1e-9, 300)


def european_vectorized(bench):
    peer = bench.vectorized("options_vollib.py", "european", bench.options / "options.bin")
    # Of its results the price only: its Greeks are exact to three to six digits.
    return european(bench, "option price + 5 Greeks: py_vollib_vectorized", peer, VECTORIZED, 1e-9, 25, compared=1)


def european(bench, name, peer_command, peer_rows, tolerance, bar, compared=6):
    with Sides(bench, peer_command, "european", "options.bin") as sides:
        theirs, ours = sides.found()
        require_close(name, theirs[:compared], ours, tolerance)
        return [sides.timed(name, peer_rows, MILLION, bar)]


def implied(bench):
    """Against the volatilities that made the prices, which neither side is told."""
    name = "implied volatility: py_vollib_vectorized"
    peer = bench.vectorized("options_vollib.py", "implied", bench.options / "quotes.bin")
    with Sides(bench, peer, "implied", "quotes.bin") as sides:
        theirs, ours = sides.found()
        rows = len(ours[0])
        truth = read(bench.options / "quotes.bin", rows)[6]
        errors = [max((abs(a - b) if b == b else float("inf")) for a, b in zip(truth, side[0])) for side in (theirs, ours)]
        row = sides.timed(name, rows, rows, 1.8)
        row["figures"].update(error=errors[1], peer_error=errors[0])
        return [row, accuracy("implied volatility, largest error, none missing", errors[1], errors[0], 1e-9)]


def american(bench):
    return exercise(bench, "american", "American price + Greeks: QuantLib FD 200 x 100")


def dividends(bench):
    return exercise(bench, "dividends", "American, cash dividends: QuantLib FD 800 x 400")


def exercise(bench, kind, name):
    """The peer gives price, delta, gamma and theta, ours nine figures. Errors in bars of max(1e-4 of the price, 1e-6 K)."""
    peer = bench.python("options_quantlib.py", kind, bench.options / f"{kind}.bin")
    with Sides(bench, peer, kind, f"{kind}.bin") as sides:
        (exact, theirs), ours = sides.found()
        strikes = read(bench.options / f"{kind}.bin", len(exact))[2]
        bars = [max(1e-4 * price, 1e-6 * strike) for price, strike in zip(exact, strikes)]
        errors = [max(abs(a - b) / bar for a, b, bar in zip(exact, side, bars)) for side in (theirs, ours[0])]
        if not errors[1] <= min(1, errors[0]):
            raise BenchError(f"{name}: ours is off by {errors[1]:.3g} bars, the peer by {errors[0]:.3g}")
        return [sides.timed(name, len(exact), len(exact), 12), accuracy(f"{name}, worst error in bars", errors[1], errors[0], 1)]


def accuracy(name, ours, peer, bar):
    row = bounded(name, f"{ours:.2g}", ours, bar, f"<= {bar:g}")
    row["peer"] = f"{peer:.2g}"
    return row


class Sides:
    """Both sides of a workload, each with a file of its own for what it finds."""

    def __init__(self, bench, peer_command, kind, file):
        self.bench = bench
        self.folder = tempfile.TemporaryDirectory(prefix="options-", dir=bench.folder)
        self.files = [pathlib.Path(self.folder.name, name) for name in ("peer", "ours")]
        self.peer = Contestant([*peer_command, self.files[0]])
        self.ours = Contestant([bench.binary, f"options-{kind}", bench.options / file, self.files[1]])

    def found(self):
        return [read(file, side.check()["rows"]) for file, side in zip(self.files, (self.peer, self.ours))]

    def timed(self, name, peer_rows, rows, bar):
        theirs, own = interleave(
            lambda: self.peer.round(peer_rows), lambda: self.ours.round(rows), self.bench.rounds)
        return against(name, cpu_per_event(theirs), cpu_per_event(own), bar)

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self.peer.__exit__(*reason)
        self.ours.__exit__(*reason)
        self.folder.cleanup()
