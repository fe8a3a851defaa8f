"""A venue that is away or talks nonsense."""

import os
import re
import signal
import sqlite3
import time

from fault_steps.registry import check, step, wait


@step("1")
def down_at_start(rig):
    rig.start_simulator()
    rig.write_config()
    check(rig.command("import", "fidelity", rig.sheet(1), "--json").returncode == 0, "the import")
    rig.end(rig.simulator, signal.SIGKILL)
    start = time.monotonic()
    rig.start_service()
    wait("the service answering", 10, lambda: rig.row())
    ready = time.monotonic() - start
    rig.when({"live"}, 5, "fidelity")
    check(rig.state() != "live", "a broker that is down is not live")
    check(len(rig.document("positions")["positions"]) > 100, "the other broker's positions are there")
    check(ready < 5, f"ready after {ready:.1f} s")
    return f"ready {ready:.2f} s after the start with one broker down, the other one live"


@step("2")
def down_while_running(rig):
    rig.start_simulator()
    alerts = os.path.join(rig.home, "alerts.yaml")
    with open(alerts, "w", encoding="utf-8") as file:
        file.write(
            "schema: 1\nrules:\n  - name: tastytrade is away\n    metric: brokerUnhealthyAge\n"
            "    scope: broker:tastytrade\n    above: 3\n"
        )
    rig.write_config(extra=f"alerts: {alerts}\n")
    rig.start_service()
    rig.live()
    rig.end(rig.simulator, signal.SIGKILL)
    badge = rig.when({"degraded", "stale"}, 10)
    time.sleep(15)
    raised = [line for line in open(rig.log, encoding="utf-8") if "alert raised: tastytrade is away" in line]
    check(badge <= 5, f"the badge came after {badge:.1f} s")
    check(rig.state() == "stale", "it has gone from degraded to stale by now")
    check(len(raised) == 1, f"{len(raised)} alerts: {raised}")
    return f"badge after {badge:.2f} s, {len(raised)} alert in 15 s"


@step("14")
def spike(rig):
    """A quote at twice the price, while no trade confirms it, raises nothing; trades at that price do."""
    rig.start_simulator()
    rig.write_config()
    rig.start_service()
    rig.live()

    def share():
        rows = rig.document("positions")["positions"]
        # The mark of a share is there as soon as its first quote is.
        return next((r for r in rows if r["instrument"]["symbol"] == "AAPL" and (r["mark"].get("value"))), None)

    price = float(wait("the share's price", 10, share)[0]["mark"]["value"])
    rig.end(rig.service)
    alerts = os.path.join(rig.home, "alerts.yaml")
    with open(alerts, "w", encoding="utf-8") as file:
        file.write(
            "schema: 1\nrules:\n"
            f"  - name: its price\n    metric: mark\n    scope: position:AAPL\n    above: {price * 1.4:.2f}\n"
            f"  - name: its underlying\n    metric: underlyingPrice\n    scope: underlying:AAPL\n    above: {price * 1.4:.2f}\n"
        )
    rig.write_config(extra=f"alerts: {alerts}\n")
    rig.start_service()
    rig.live()
    wait("the share's price", 10, share)

    def raised():
        with open(rig.log, encoding="utf-8") as log:
            return [line for line in log if "alert raised" in line]

    rig.perform("quoteFault", symbol="AAPL", fault="spike")
    time.sleep(5)
    during, mark = raised(), float(share()["mark"]["value"])
    check(not during, f"a quote that nothing confirms raised {during}")
    check(mark < price * 1.2, f"the mark went from {price} to {mark}")
    rig.perform("quoteFault", symbol="AAPL", fault=None)
    rig.perform("move", symbol="AAPL", by=price)
    _, taken = wait("both alerts of a price that trades follow", 10, lambda: len(raised()) >= 2)
    return f"quotes at twice the price for 5 s: {len(during)} alerts, mark {price} to {mark}; trades there: 2 after {taken:.1f} s"


@step("52")
def idle_without_venue(rig):
    """With its venue gone for good the service waits: trying again and again takes next to nothing."""
    rig.start_simulator()
    rig.write_config(broker="")
    rig.start_service()
    rig.live()
    rig.end(rig.simulator, signal.SIGKILL)
    rig.when({"degraded", "stale"}, 10)
    time.sleep(5)
    seconds = 60 if rig.options.long else 20
    before = rig.processor()
    time.sleep(seconds)
    share = (rig.processor() - before) / seconds
    check(share < 0.01, f"{share:.2%} of a core while there is nothing to do")
    return f"{share:.2%} of a core over {seconds} s with the venue gone"


@step("12")
def not_a_number(rig):
    rig.start_simulator()
    rig.write_config()
    rig.start_service()
    rig.live()
    rig.perform("nanGreeks", enabled=True)
    for symbol in ("SPY", "AAPL"):
        try:
            rig.perform("quoteFault", symbol=symbol, fault="nan")
        except OSError:
            pass
    time.sleep(7)
    scanned = 0
    for name in ("status", "positions", "greeks", "accounts", "balances"):
        text = rig.command(name, "--json", "--quiet").stdout.decode()
        found = re.search(r"\b(nan|inf|infinity)\b", text, re.IGNORECASE)
        check(not found, f"{name} says {found}")
        scanned += len(text)
    rig.end(rig.service)
    database = sqlite3.connect(f"file:{rig.book}?mode=ro", uri=True)
    values = 0
    for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in database.execute(f'SELECT * FROM "{table}"'):
            for value in row:
                values += 1
                text = str(value).lower() if isinstance(value, (float, str)) else ""
                check(text not in ("nan", "inf", "-inf", "infinity"), f"{table} holds {value}")
    return f"{scanned} bytes of documents and {values} stored values, 0 of them no number"
