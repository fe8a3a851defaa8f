"""Clients that never read."""

import subprocess
import time

from fault_steps.registry import check, step


@step("57")
def deaf_reader(rig):
    rig.start_simulator()
    rig.write_config()
    rig.start_service()
    rig.live()
    time.sleep(3)
    before = rig.memory()
    deaf = [
        subprocess.Popen(
            [rig.options.binary, "positions", "--watch", "--json", "--config", rig.config],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )
        for _ in range(5)
    ]
    slowest = 0.0
    try:
        for _ in range(15):
            start = time.monotonic()
            check(rig.row() is not None, "the service answers")
            slowest = max(slowest, time.monotonic() - start)
            time.sleep(1)
        grown = rig.memory() - before
    finally:
        for process in deaf:
            process.kill()
            process.wait()
    check(slowest < 3, f"an answer took {slowest:.1f} s")
    check(grown <= 5 * 1024, f"the service grew by {grown} kB: more than 1 MB a client")
    return f"five watchers that read nothing: service {grown:+d} kB in 15 s, slowest other answer {slowest:.2f} s"
