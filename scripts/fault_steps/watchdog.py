"""What a service manager hears."""

import os
import socket
import subprocess
import threading
import time

from fault_steps.registry import check, step, wait


class Manager:
    """What a service manager hears: the words that come to its socket, each with its time."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.heard = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            self.heard.append((time.monotonic(), self.socket.recv(4096).decode()))

    def environment(self, seconds):
        return dict(os.environ, NOTIFY_SOCKET=self.path, WATCHDOG_USEC=str(int(seconds * 1_000_000)))

    def pings(self, since, until=float("inf")):
        return [at for at, word in self.heard if word == "WATCHDOG=1" and since <= at < until]

    def when(self, word, seconds):
        return wait(word, seconds, lambda: any(heard == word for _, heard in self.heard))[1]


@step("54")
def watchdog(rig):
    """The manager is told when the service is ready, that it moves, and that it ends; nothing while its disk hangs."""
    limit = 2
    rig.start_simulator()
    rig.write_config()
    check(rig.command("import", "fidelity", rig.sheet(1)).returncode == 0, "an import")
    manager = Manager(rig.home)
    gate = os.path.join(rig.home, "gate")
    rig.start_service(
        env=dict(
            manager.environment(limit), LD_PRELOAD=rig.preload("iofail"), IOFAIL_OP="fsync", IOFAIL_MATCH="book.db",
            IOFAIL_STALL=gate,
        )
    )
    ready = manager.when("READY=1", 10)
    check(len(rig.document("positions")["positions"]) > 100, "ready means that the book is there")
    rig.live()
    moving = time.monotonic()
    time.sleep(3 * limit)
    gap = max(later - earlier for earlier, later in zip(manager.pings(moving), manager.pings(moving)[1:]))
    check(gap < limit, f"{gap:.1f} s without a ping while all is well")
    open(gate, "w").close()
    importing = subprocess.Popen(
        [rig.options.binary, "import", "fidelity", rig.sheet(2), "--config", rig.config],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(limit)
        stuck = time.monotonic()
        time.sleep(2 * limit)
        withheld = len(manager.pings(stuck))
        check(withheld == 0, f"{withheld} pings while the store stands still")
    finally:
        os.remove(gate)
        goes_on = time.monotonic()
        importing.wait(30)
    _, resumed = wait("pings again", 10, lambda: manager.pings(goes_on))
    rig.live()
    check(rig.end(rig.service) < 8 and rig.service.returncode == 0, "a clean end")
    manager.when("STOPPING=1", 1)
    check(manager.heard[-1][1] == "STOPPING=1", f"the last word was {manager.heard[-1][1]}")
    return (
        f"READY {ready:.1f} s after the start with the book loaded; a ping every {gap:.2f} s at most of {limit} s;"
        f" 0 in {2 * limit} s while the store hung (the unit's limit: 30 s), again {resumed:.1f} s after it; STOPPING last"
    )
