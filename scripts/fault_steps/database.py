"""Databases that are damaged, in use or too new."""

import sqlite3
import time

from fault_steps.registry import check, step


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
