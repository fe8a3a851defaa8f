"""The steps of scripts/faults. Each breaks one thing under a running program, checks that it holds, prints a figure.

    fault_steps.py --step list
    fault_steps.py --binary PATH --home DIR --injector LIB [--step NAME] [--long]
"""

import argparse
import glob
import json
import os
import random
import re
import resource
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import threading
import time
import urllib.request

import check_book

QUICK = """    reconcileInterval: 5s
    heartbeatInterval: 2s
    keepaliveInterval: 1s
    silenceLimit: 4s
    stepTimeout: 3s
    aggregationPeriod: 100ms
"""
STEPS = {}


class Failed(Exception):
    pass


def step(rows):
    def register(function):
        STEPS[function.__name__.replace("_", "-")] = (rows, function)
        return function

    return register


def check(holds, text):
    if not holds:
        raise Failed(text)


def wait(what, seconds, probe):
    """Polls until the probe gives something true; returns it and how long it took."""
    start = time.monotonic()
    while True:
        value = probe()
        taken = time.monotonic() - start
        if value:
            return value, taken
        if taken > seconds:
            raise Failed(f"not within {seconds} s: {what}")
        time.sleep(0.05)


class Rig:
    """A simulator, a service that talks to it, and a folder of their own."""

    def __init__(self, options, name):
        self.options = options
        self.home = os.path.join(options.home, name)
        os.makedirs(self.home, mode=0o700)
        self.config = os.path.join(self.home, "config.yaml")
        self.book = os.path.join(self.home, "book", "book.db")
        self.simulator = self.service = None
        self.secrets = []
        self.calls = 0

    def start_simulator(self, *arguments):
        out = os.path.join(self.home, "simulator.json")
        with open(out, "w") as file, open(out + ".log", "w") as log:
            self.simulator = subprocess.Popen(
                [self.options.binary, "sandbox", "--brokers", "tastytrade", *arguments], stdout=file, stderr=log
            )
        wait("the simulator's description", 30, lambda: open(out).read().endswith("\n"))
        found = check_book.sandbox(out)
        self.description = found
        self.urls, self.credentials = dict(found["urls"]), found["credentials"]
        self.secrets += [self.credentials["clientSecret"], self.credentials["refreshToken"], *found.get("accounts", [])]

    def write_config(self, broker=QUICK, extra=""):
        secret = check_book.write_secret(self.home, "client-secret", self.credentials["clientSecret"])
        token = check_book.write_secret(self.home, "refresh-token", self.credentials["refreshToken"])
        authority = f"    caFile: {self.description['caFile']}\n" if self.description.get("caFile") else ""
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(
                f"schema: 1\nbase: USD\nsession: always\ndatabase: {self.book}\n{extra}brokers:\n  fidelity:\n"
                f"    enabled: true\n  tastytrade:\n    enabled: true\n    environment: sandbox\n"
                f"    apiURL: {self.urls['api']}\n    accountStreamerURL: {self.urls['accountStreamer']}\n"
                f"    clientSecret: file:{secret}\n    refreshToken: file:{token}\n{authority}{broker}"
            )

    def command(self, *arguments, timeout=60, **more):
        self.calls += 1
        done = subprocess.run(
            [self.options.binary, *arguments, "--config", self.config],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout, **more
        )
        # Account numbers are what --unmask is asked for; whatever else is said is searched by the last step.
        if "--unmask" not in arguments:
            with open(os.path.join(self.home, f"command-{self.calls}.log"), "wb") as log:
                log.write(done.stdout + done.stderr)
        return done

    def document(self, name, *arguments):
        done = self.command(name, "--json", "--quiet", *arguments)
        check(done.stdout, f"{name}: exit {done.returncode}: {done.stderr.decode()[:500]}")
        return json.loads(done.stdout)

    def start_service(self, **more):
        self.log = os.path.join(self.home, "service.log")
        with open(self.log, "a") as log:
            self.service = subprocess.Popen(
                [self.options.binary, "run", "--headless", "--config", self.config], stdout=log, stderr=log, **more
            )

    def row(self, broker="tastytrade"):
        done = self.command("status", "--json", "--quiet")
        if done.returncode == 69 or not done.stdout:
            return None
        rows = json.loads(done.stdout)["brokers"]
        return next((row for row in rows if row["broker"] == broker), None)

    def state(self, broker="tastytrade"):
        return (self.row(broker) or {}).get("state")

    def when(self, states, seconds, broker="tastytrade"):
        return wait(f"{broker} {states}", seconds, lambda: self.state(broker) in states)[1]

    def live(self, seconds=60):
        return self.when({"live"}, seconds)

    def perform(self, action, **members):
        body = json.dumps({"action": action, **members}).encode()
        with urllib.request.urlopen(urllib.request.Request(self.urls["control"], body), timeout=10) as answer:
            return json.load(answer)

    def sheet(self, number, last=1000):
        path = os.path.join(self.home, f"Portfolio_Positions-{number}.csv")
        with open(path, "w", encoding="utf-8") as file:
            done = subprocess.run(
                [sys.executable, check_book.__file__, "portfolio", str(number), str(last)], stdout=file, check=True
            )
        check(done.returncode == 0, "the sheet")
        return path

    def memory(self):
        with open(f"/proc/{self.service.pid}/status", encoding="utf-8") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1))

    def end(self, process, number=signal.SIGTERM, seconds=10):
        if process is None or process.poll() is not None:
            return None
        process.send_signal(signal.SIGCONT)
        process.send_signal(number)
        start = time.monotonic()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise Failed(f"did not end within {seconds} s") from None
        return time.monotonic() - start

    def close(self):
        for process in (self.service, self.simulator):
            if process is not None and process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
                process.wait()


class Proxy:
    """A TCP proxy that can break what goes through it: pass, refuse, reset, truncate, corrupt."""

    def __init__(self, port):
        self.port, self.mode, self.pairs = port, "pass", []
        self.dice = random.Random(1)
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def address(self):
        return self.listener.getsockname()[1]

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            if self.mode == "refuse":
                self.cut(client)
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self.port))
            except OSError:
                self.cut(client)
                continue
            self.pairs.append((client, server))
            threading.Thread(target=self.pump, args=(client, server, False), daemon=True).start()
            threading.Thread(target=self.pump, args=(server, client, True), daemon=True).start()

    @staticmethod
    def cut(client):
        """Ends with RST."""
        try:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()
        except OSError:
            pass

    def pump(self, source, sink, is_down):
        try:
            while data := source.recv(65536):
                if is_down and self.mode == "truncate":
                    # A FIN in the middle of a frame.
                    sink.sendall(data[: max(1, len(data) // 2)])
                    break
                if is_down and self.mode == "corrupt":
                    data = bytearray(data)
                    data[self.dice.randrange(len(data))] ^= 1 << self.dice.randrange(8)
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def breaks(self, mode):
        self.mode = mode
        if mode == "reset":
            self.mode = "refuse"
            pairs, self.pairs = self.pairs, []
            for client, server in pairs:
                self.cut(client)
                self.cut(server)


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


@step("19")
def half_open(rig):
    rig.start_simulator()
    rig.write_config()
    rig.start_service()
    rig.live()
    rig.simulator.send_signal(signal.SIGSTOP)
    noticed = rig.when({"degraded", "stale"}, 20)
    rig.simulator.send_signal(signal.SIGCONT)
    back = rig.live()
    check(noticed <= 9, f"noticed after {noticed:.1f} s")
    return f"a peer that stands still is noticed after {noticed:.1f} s (silence limit 4 s), live {back:.1f} s after it goes on"


def proxied(rig, mode, tls):
    rig.start_simulator(*(["--tls"] if tls else []))
    proxies = {}
    for key in ("accountStreamer", "dxlink"):
        url = rig.urls[key]
        port = int(re.search(r":(\d+)", url.split("://")[1]).group(1))
        if port not in proxies:
            proxies[port] = Proxy(port)
        rig.urls[key] = url.replace(f":{port}", f":{proxies[port].address}", 1)
    rig.write_config(broker=QUICK + f"    dxlinkURL: {rig.urls['dxlink']}\n")
    rig.start_service()
    rig.live()
    held = {row["instrument"]["symbol"]: row["quantity"] for row in rig.document("positions")["positions"]}
    for proxy in proxies.values():
        proxy.breaks(mode)
    noticed = rig.when({"degraded", "stale"}, 30)
    for proxy in proxies.values():
        proxy.mode = "pass"
    back = rig.live()
    after = {row["instrument"]["symbol"]: row["quantity"] for row in rig.document("positions")["positions"]}
    check(after == held, "the positions are not those of before")
    check(back < 5, f"live again only after {back:.1f} s")
    return f"{mode}{' under TLS' if tls else ''}: noticed after {noticed:.1f} s, live {back:.1f} s after it ended"


@step("20")
def reset(rig):
    return proxied(rig, "reset", False)


@step("20")
def truncate(rig):
    return proxied(rig, "truncate", False)


@step("20")
def corrupt(rig):
    return proxied(rig, "corrupt", True)


@step("23")
def disk_full(rig):
    if os.geteuid() != 0:
        return "skipped: a small file system needs root"
    rig.start_simulator()
    folder = os.path.dirname(rig.book)
    os.makedirs(folder, mode=0o700)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "none", folder], stderr=subprocess.PIPE, check=False
    )
    if mounted.returncode != 0:
        return "skipped: no tmpfs can be mounted here"
    try:
        rig.write_config()
        rig.start_service()
        rig.live()
        check(rig.command("import", "fidelity", rig.sheet(1)).returncode == 0, "an import with space")
        filler = os.path.join(folder, "filler")
        with open(filler, "wb", buffering=0) as file:
            try:
                while file.write(b"\0" * 4096):
                    pass
            except OSError:
                pass
        failed = rig.command("import", "fidelity", rig.sheet(2), "--json")
        check(failed.returncode not in (0, -signal.SIGSEGV), f"an import without space ended {failed.returncode}")
        check(rig.service.poll() is None, "the service died")
        alarms = json.dumps(rig.document("status")["alarms"])
        check("store" in alarms, f"nothing is said of it: {alarms}")
        check(len(rig.document("positions")["positions"]) > 100, "reading goes on")
        os.remove(filler)
        _, resumed = wait(
            "writing again", 10, lambda: "store" not in json.dumps(rig.document("status")["alarms"])
        )
        check(rig.command("import", "fidelity", rig.sheet(2), "--json").returncode == 0, "the import afterwards")
        check(rig.end(rig.service) < 8 and rig.service.returncode == 0, "a clean end")
        doctor = rig.command("doctor", "--json")
        check(doctor.returncode in (0, 2), "doctor")
        return f"full: import refused with {failed.returncode}, reading went on; writing again {resumed:.1f} s after space came"
    finally:
        if rig.service is not None and rig.service.poll() is None:
            rig.service.kill()
            rig.service.wait()
        subprocess.run(["umount", folder], check=False)


@step("24")
def file_size_limit(rig):
    rig.start_simulator()
    rig.write_config()
    check(rig.command("import", "fidelity", rig.sheet(1)).returncode == 0, "an import")

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    failed = rig.command("import", "fidelity", rig.sheet(2), "--json", preexec_fn=limited)
    check(failed.returncode > 0, f"ended by signal {-failed.returncode}" if failed.returncode else "nothing failed")
    check(rig.command("import", "fidelity", rig.sheet(2), "--json").returncode == 0, "the import without the limit")
    return f"a write beyond the limit ends with {failed.returncode}, not by SIGXFSZ; the next one works"


@step("25")
def failed_writes(rig):
    rig.start_simulator()
    rig.write_config()
    check(rig.command("import", "fidelity", rig.sheet(1)).returncode == 0, "an import")
    before = os.path.join(rig.home, "before.json")
    after = os.path.join(rig.home, "after.json")

    def keep(path):
        with open(path, "wb") as file:
            file.write(rig.command("positions", "--json", "--unmask", "--quiet").stdout)

    keep(before)
    number, hits, failures = 2, 0, 0
    counts = {"write": range(0, 400) if rig.options.long else range(0, 60, 6), "fsync": range(0, 12)}
    for operation, places in counts.items():
        for after_calls in places:
            log = os.path.join(rig.home, "hits")
            if os.path.exists(log):
                os.remove(log)
            environment = dict(
                os.environ, LD_PRELOAD=rig.options.injector, IOFAIL_OP=operation, IOFAIL_ONCE="1", IOFAIL_ERRNO="5",
                IOFAIL_MATCH="book.db", IOFAIL_AFTER=str(after_calls), IOFAIL_LOG=log,
            )
            path = rig.sheet(number)
            failed = rig.command("import", "fidelity", path, "--json", env=environment)
            check(failed.returncode >= 0, f"{operation} {after_calls}: ended by signal {-failed.returncode}")
            failures += failed.returncode != 0
            hit = os.path.exists(log)
            hits += hit
            now = os.path.join(rig.home, "now.json")
            keep(now)
            doctor = rig.command("doctor", "--json")
            check(doctor.returncode in (0, 2), f"{operation} {after_calls}: doctor ended {doctor.returncode}")
            again = rig.command("import", "fidelity", path, "--json")
            check(again.returncode == 0, f"{operation} {after_calls}: the import cannot be repeated")
            keep(after)
            check_book.compare("fidelity", now, before, after)
            os.replace(after, before)
            number += 1
            if not hit:
                break
    check(hits >= 10, f"only {hits} writes were made to fail")
    return f"{hits} single writes and flushes failed with EIO, {failures} imports said so, 0 books damaged"


@step("27")
def damaged_database(rig):
    rig.start_simulator()
    rig.write_config()
    check(rig.command("sync").returncode == 0, "a sync")
    whole = open(rig.book, "rb").read()
    ends = []
    for name, content in (("empty", b""), ("cut", whole[: len(whole) // 2]), ("header", b"\7" * 100 + whole[100:])):
        with open(rig.book, "wb") as file:
            file.write(content)
        for command in (["run", "--headless", "--for", "3"], ["sync"]):
            done = rig.command(*command)
            text = done.stderr.decode()
            check(done.returncode not in (0, 2), f"{name}: {command[0]} ended with {done.returncode}")
            check(rig.book in text and "fix" in text, f"{name}: {command[0]} does not say what to do: {text[:300]}")
            ends.append(done.returncode)
        check(open(rig.book, "rb").read() == content, f"{name}: the file was changed")
    with open(rig.book, "wb") as file:
        file.write(whole)
    check(rig.command("sync").returncode == 0, "the whole file works")
    return f"empty, cut and overwritten files are refused with {sorted(set(ends))}, untouched"


@step("28")
def second_service(rig):
    rig.start_simulator()
    rig.write_config()
    rig.start_service()
    rig.live()
    start = time.monotonic()
    done = rig.command("run", "--headless", "--for", "5")
    taken = time.monotonic() - start
    check(done.returncode == 75, f"the second one ended with {done.returncode}")
    check(taken < 1, f"after {taken:.2f} s")
    check(rig.state() == "live", "the first one goes on")
    return f"the second service ends with 75 after {taken:.2f} s"


@step("30")
def newer_schema(rig):
    rig.start_simulator()
    rig.write_config()
    check(rig.command("sync").returncode == 0, "a sync")
    database = sqlite3.connect(rig.book)
    database.execute("PRAGMA user_version = 99")
    database.commit()
    database.close()
    done = rig.command("sync")
    check(done.returncode not in (0, 2) and b"99" in done.stderr, f"{done.returncode}: {done.stderr.decode()[:300]}")
    return f"refused with {done.returncode}, naming the schema"


@step("47")
def open_secret(rig):
    rig.start_simulator()
    rig.write_config()
    path = os.path.join(rig.home, "refresh-token")
    os.chmod(path, 0o644)
    done = rig.command("run", "--headless", "--for", "3")
    check(done.returncode == 78, f"ended with {done.returncode}")
    check(path in done.stderr.decode(), "the path is not named")
    check(not os.path.exists(rig.book), "something was started")
    return "exit 78 with the path"


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
            manager.environment(limit), LD_PRELOAD=rig.options.injector, IOFAIL_OP="fsync", IOFAIL_MATCH="book.db",
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


@step("46")
def canaries(rig):
    """Runs last: everything that any step wrote is searched for secrets and whole account numbers."""
    rig.start_simulator()
    rig.write_config(extra="log:\n  level: trace\n")
    check(rig.command("import", "fidelity", rig.sheet(1)).returncode == 0, "an import")
    rig.start_service()
    rig.live()
    rig.perform("htmlBody", count=2)
    rig.perform("dropSockets")
    time.sleep(3)
    for kind in ("cmdline", "environ"):
        with open(f"/proc/{rig.service.pid}/{kind}", "rb") as file, open(f"{rig.home}/{kind}.log", "wb") as log:
            log.write(file.read())
    # The runtime may tell where it fell, take its time over it, and then go on: such a signal is not a fault to it.
    rig.service.send_signal(signal.SIGABRT)
    end = time.monotonic() + 90
    while rig.service.poll() is None and time.monotonic() < end:
        with open(rig.log, encoding="utf-8", errors="replace") as log:
            if "\nImages" in log.read():
                break
        time.sleep(0.5)
    if rig.service.poll() is None:
        rig.service.kill()
    rig.service.wait()
    searched = 0
    secrets = set(rig.options.secrets + rig.secrets)
    check(len(secrets) >= 4, "no canaries")
    for path in glob.glob(os.path.join(rig.options.home, "**", "*.log"), recursive=True):
        with open(path, "rb") as file:
            content = file.read()
        searched += len(content)
        for secret in secrets:
            check(secret.encode() not in content, f"{path} holds {secret[:3]}...")
        check(b"Bearer " not in content, f"{path} holds a token")
    return f"{len(secrets)} canaries, {searched} bytes of output, crash text, arguments and environment: 0 hits"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary")
    parser.add_argument("--home")
    parser.add_argument("--injector")
    parser.add_argument("--step")
    parser.add_argument("--long", action="store_true")
    options = parser.parse_args()
    if options.step == "list":
        for name, (rows, _) in STEPS.items():
            print(f"{name}  (row {rows})")
        return 0
    if options.step and options.step not in STEPS:
        sys.exit(f"faults: no step {options.step}; known: {' '.join(STEPS)}")
    options.secrets = []
    failures = 0
    for name, (rows, function) in STEPS.items():
        if options.step and options.step != name:
            continue
        rig = Rig(options, name)
        try:
            print(f"faults: row {rows}, {name}: {function(rig)}", flush=True)
        except (Failed, AssertionError, OSError, SystemExit, subprocess.TimeoutExpired) as error:
            failures += 1
            print(f"faults: row {rows}, {name}: FAILED: {error}", flush=True)
            if os.path.exists(os.path.join(rig.home, "service.log")):
                with open(os.path.join(rig.home, "service.log"), encoding="utf-8", errors="replace") as log:
                    sys.stderr.write("".join(log.readlines()[-15:]))
        finally:
            rig.close()
            options.secrets += [secret for secret in rig.secrets if secret]
    print(f"faults: {failures} failed", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
