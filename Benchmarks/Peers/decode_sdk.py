"""W1 by the tastytrade SDK's own path: json.loads, then DXLinkStreamer._map_message into its queues.

usage: decode_sdk.py FILE
"""
import json
import sys

from tastytrade.streamer import DXLinkStreamer

from contestant import serve
from feed import FIELDS, Digest, lines


class SDKReader:
    """Gives each message's events as the SDK makes them, taken from the queue in which its user would find them."""

    def __init__(self):
        self.streamer = DXLinkStreamer(session=None)

    def read(self, text):
        message = json.loads(text)
        if message["type"] != "FEED_DATA":
            return []
        self.streamer._map_message(message["data"], message["channel"])
        queue = self.streamer._send[message["data"][0]]._state.buffer
        events = list(queue)
        queue.clear()
        return events


def main():
    texts = [line.decode() for line in lines(sys.argv[1])]
    reader = SDKReader()

    def check():
        digest = Digest()
        for text in texts:
            events = reader.read(text)
            kind = type(events[0]).__name__
            digest.add(kind, [dict(zip(FIELDS[kind], event.__dict__.values())) for event in events])
        return digest.reply()

    def work(count):
        return sum(len(reader.read(text)) for text in texts[:count])

    serve(check, work)


if __name__ == "__main__":
    main()
