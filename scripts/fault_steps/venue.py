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
