"""Runs the workloads and prints the table. Started by scripts/bench, which builds and installs what is needed."""
import argparse
import pathlib
import sys

import book
import feed
import machinery
import options
from contestants import BenchError
from report import table, write_json

WORKLOADS = {
    "decode-sdk": feed.decode_sdk,
    "decode-orjson": feed.decode_orjson,
    "decode-foundation": feed.decode_foundation,
    "end-to-end": feed.end_to_end,
    "latency": feed.latency,
    "hand-over": machinery.hand_over,
    "store": machinery.store,
    "start": machinery.start,
    "options-numpy": options.european_numpy,
    "options-quantlib": options.european_quantlib,
    "options-vectorized": options.european_vectorized,
    "implied-volatility": options.implied,
    "american": options.american,
    "american-dividends": options.dividends,
    "revalue": book.revalue,
    "linear-scenarios": book.linear_scenarios,
    "book-quotes": book.quotes,
    "scenario-grid": book.grids,
    "value-at-risk": book.value_at_risk,
    "tail-and-beta": book.tail_and_beta,
    "memory": feed.memory,
}


class Bench:
    """Where things are, and how much is run."""

    feed_rate = 10_000

    def __init__(self, root, data, messages, quick):
        self.folder = root / ".build/bench"
        self.feed, self.positions = data / "dxlink.ndjson", data / "positions.csv"
        self.binary = root / ".build/release/TributaryBenchmarks"
        self.service = root / ".build/release/tributary"
        self.options = self.folder / "data/options"
        self.python_binary = self.folder / "venv/bin/python"
        self.peers = root / "Benchmarks/Peers"
        self.messages = messages
        # Slow peers are timed over the first messages of the file only; times are per event.
        self.slow = min(messages, 4_000 if quick else 10_000)
        self.rounds = 3 if quick else 5
        self.memory_seconds = 60 if quick else 600

    def python(self, program, *files):
        return [self.python_binary, self.peers / program, *files]

    def vectorized(self, program, *words):
        return [self.folder / "vectorized/bin/python", self.peers / program, *words]

    def say(self, text):
        print(text, file=sys.stderr, flush=True)


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measures ours and peers in one run.")
    parser.add_argument("--quick", action="store_true", help="fewer messages and rounds, one minute of memory")
    parser.add_argument("--only", choices=WORKLOADS, action="append", help="this workload; may be repeated")
    parser.add_argument("--json", metavar="FILE", help="also write the figures there")
    parser.add_argument("--validate", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--root", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--messages", type=int, required=True, help=argparse.SUPPRESS)
    return parser.parse_args()


def main():
    options = arguments()
    if options.validate:
        return 0
    bench = Bench(options.root, options.data, options.messages, options.quick)
    rows = []
    try:
        for name in options.only or WORKLOADS:
            bench.say(f"bench: {name}")
            rows += WORKLOADS[name](bench)
    except BenchError as error:
        bench.say(f"bench: {error}")
        if rows:
            print(table(rows))
        return 1
    print(table(rows))
    if options.json:
        write_json(options.json, rows, options.quick)
    return 0 if all(row["met"] for row in rows) else 2


if __name__ == "__main__":
    sys.exit(main())
