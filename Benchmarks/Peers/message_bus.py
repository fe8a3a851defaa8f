"""W10 by NautilusTrader's MessageBus: publish to one subscriber of the topic, one event a call.

usage: message_bus.py
"""
from nautilus_trader.common.component import MessageBus, TestClock
from nautilus_trader.model.identifiers import TraderId

from contestant import serve

TOPIC = "data.quotes.SIM.EURUSD"
CHECKED = 640_000


def main():
    bus = MessageBus(trader_id=TraderId("BENCH-001"), clock=TestClock())
    total = 0

    def handle(event):
        nonlocal total
        total += event

    bus.subscribe(TOPIC, handle)

    def work(count):
        publish = bus.publish
        for event in range(count):
            publish(TOPIC, event)
        return count

    def check():
        nonlocal total
        total = 0
        return {"count": work(CHECKED), "sum": total}

    serve(check, work)


main()
