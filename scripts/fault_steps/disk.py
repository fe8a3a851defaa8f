"""Disks that are full or fail."""

import json
import os
import resource
import signal
import subprocess
import time

import check_book

from fault_steps.registry import check, step, wait


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
                os.environ, LD_PRELOAD=rig.preload("iofail"), IOFAIL_OP=operation, IOFAIL_ONCE="1", IOFAIL_ERRNO="5",
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


@step("58")
def slow_disk(rig):
    """Every flush takes a quarter of a second while the feed goes on and orders are filled: nothing is lost."""
    fills = 40
    rig.start_simulator()
    rig.write_config()
    rig.start_service(
        env=dict(
            os.environ, LD_PRELOAD=rig.preload("iofail"), IOFAIL_OP="fsync", IOFAIL_MATCH="book.db", IOFAIL_DELAY="250"
        )
    )
    rig.live()
    account = next(iter(rig.description["accounts"]))

    def held():
        rows = rig.document("transactions", "--limit", "1000")["transactions"]
        return sum((row["instrument"] or {}).get("symbol") == "AAPL" and row["type"] == "Trade" for row in rows)

    before, memory = held(), rig.memory()
    start, slowest = time.monotonic(), 0.0
    for _ in range(fills):
        rig.perform("fill", account=account, symbol="AAPL", quantity=1)
        asked = time.monotonic()
        check(rig.state() == "live", "it stays live")
        slowest = max(slowest, time.monotonic() - asked)
    wait("all fills", 60, lambda: held() - before == fills)
    taken, grown = time.monotonic() - start, rig.memory() - memory
    rig.end(rig.service)
    check(grown < 32 * 1024, f"the service grew by {grown} kB")
    return (
        f"flushes of 250 ms: {fills} of {fills} fills kept after {taken:.1f} s, slowest answer {slowest:.2f} s,"
        f" memory {grown:+d} kB"
    )
