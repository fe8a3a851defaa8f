"""A wall clock that is set while the service runs."""

import os
import struct
import time

from fault_steps.registry import check, step, wait


@step("16")
def clock_jump(rig):
    """An hour ahead, two back, one ahead: nothing is said twice, no connection is made anew."""
    rig.start_simulator()
    alerts = os.path.join(rig.home, "alerts.yaml")
    with open(alerts, "w", encoding="utf-8") as file:
        file.write(
            "schema: 1\nrules:\n  - name: worth something\n    metric: netLiq\n    scope: portfolio\n    above: 1\n"
            "    for: 2s\n"
        )
    rig.write_config(extra=f"alerts: {alerts}\n")
    shift = os.path.join(rig.home, "shift")

    def set_clock(seconds):
        with open(shift, "r+b" if os.path.exists(shift) else "wb") as file:
            file.write(struct.pack("=q", seconds))

    def told(word):
        with open(rig.log, encoding="utf-8") as log:
            return sum(f"alert {word}: worth something" in line for line in log)

    set_clock(0)
    rig.start_service(env=dict(os.environ, LD_PRELOAD=rig.preload("clockjump"), CLOCKJUMP_FILE=shift))
    rig.live()
    wait("the alert", 20, lambda: told("raised"))
    before = rig.stats()
    for seconds in (3600, -3600, 0):
        set_clock(seconds)
        off = time.time() + seconds - rig.clock()
        check(abs(off) < 5, f"the service's clock is {off:.0f} s from where it was set")
        rig.live(10)
        time.sleep(5)
        check(rig.state() == "live", f"it is {rig.state()} with the clock {seconds} s off")
    after = rig.stats()
    raised, cleared = told("raised"), told("cleared")
    check((raised, cleared) == (1, 0), f"raised {raised}, cleared {cleared}")
    made = {name: after[name] - before[name] for name in ("streamerConnections", "dxlinkConnections")}
    check(not any(made.values()), f"connections made: {made}")
    return f"an hour ahead, two back, one ahead: {raised} alert, {cleared} cleared, 0 connections made, always live"
