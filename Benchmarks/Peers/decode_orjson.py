"""W1 by orjson, with one tuple an event: the least that any Python client has to do.

usage: decode_orjson.py FILE
"""
import sys

import orjson

from contestant import serve
from feed import FIELDS, Digest, lines

WIDTHS = {kind: len(fields) for kind, fields in FIELDS.items()}


def events(line):
    kind, values = orjson.loads(line)["data"]
    width = WIDTHS[kind]
    return kind, [tuple(values[place:place + width]) for place in range(0, len(values), width)]


def main():
    frames = lines(sys.argv[1])

    def check():
        digest = Digest()
        for line in frames:
            kind, rows = events(line)
            digest.add(kind, [dict(zip(FIELDS[kind], row)) for row in rows])
        return digest.reply()

    def work(count):
        total = 0
        for line in frames[:count]:
            total += len(events(line)[1])
        return total

    serve(check, work)


main()
