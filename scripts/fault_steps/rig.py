"""What a step works with."""

import datetime
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request

import check_book

from fault_steps.registry import Failed, check, wait


QUICK = """    reconcileInterval: 5s
    heartbeatInterval: 2s
    keepaliveInterval: 1s
    silenceLimit: 4s
    stepTimeout: 3s
    aggregationPeriod: 100ms
"""


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

    def measured(self, *arguments):
        """Exit status and peak memory in kB of a command."""
        with open(os.path.join(self.home, "measured.log"), "ab") as log:
            done = subprocess.Popen(
                [self.options.binary, *arguments, "--config", self.config], stdin=subprocess.DEVNULL, stdout=log,
                stderr=log
            )
            _, status, usage = os.wait4(done.pid, 0)
        done.returncode = os.waitstatus_to_exitcode(status)
        return done.returncode, usage.ru_maxrss

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

    def stats(self):
        """What the simulator counted."""
        with urllib.request.urlopen(self.urls["control"].rstrip("/") + "/stats", timeout=10) as answer:
            return json.load(answer)

    def preload(self, name):
        """The library of this name that scripts/faults made."""
        return os.path.join(self.options.preloads, name + ".so")

    def clock(self):
        """The service's wall clock, in seconds since 1970."""
        now = self.document("status")["asOf"]
        return datetime.datetime.fromisoformat(now.replace("Z", "+00:00")).timestamp()

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

    def processor(self):
        """Seconds of processor time the service has taken."""
        with open(f"/proc/{self.service.pid}/stat", encoding="utf-8") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

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
