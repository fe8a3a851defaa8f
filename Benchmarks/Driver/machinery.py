"""The workloads without the feed: hand-over between actors, the store, the start."""
import pathlib
import shutil
import sqlite3
import tempfile

from contestants import BenchError, Contestant, cpu_per_event, interleave, require_equal
from report import against
from starting import import_sdk, start_service

EVENTS = 640_000
TRANSACTIONS = 50


def hand_over(bench):
    name = "hand-over in batches of 64, Nautilus MessageBus, an event"
    with Contestant(bench.python("message_bus.py")) as peer, Contestant([bench.binary, "hand-over"]) as mine:
        require_equal(name, peer.check(), mine.check())
        theirs, own = interleave(lambda: peer.round(EVENTS), lambda: mine.round(EVENTS), bench.rounds)
    return [against(name, cpu_per_event(theirs), cpu_per_event(own), 20)]


def store(bench):
    return [upsert(bench, table) for table in ("positions", "markets")]


def upsert(bench, table):
    name = f"store, upsert of {table}, C, a row"
    # Beside the build, so that both databases are on a real disk and on the same one; mkdtemp makes it private.
    folder = pathlib.Path(tempfile.mkdtemp(prefix="store-", dir=bench.folder))
    try:
        with Contestant([bench.binary, table, folder]) as mine:
            with Contestant([bench.folder / "bin/upsert", table, folder / "peer.db"]) as peer:
                peer.check()
                mine.check()
                require_equal(name, content(folder / "peer.db", table), content(folder / "ours.db", table))
                theirs, own = interleave(
                    lambda: peer.round(TRANSACTIONS), lambda: mine.round(TRANSACTIONS), bench.rounds)
                require_equal(name, content(folder / "peer.db", table), content(folder / "ours.db", table))
    finally:
        shutil.rmtree(folder)
    return against(name, cpu_per_event(theirs), cpu_per_event(own), 0.85)


def content(path, table):
    """Every row and what shapes the file, to be compared."""
    name = {"positions": "position", "markets": "market"}[table]
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        rows = database.execute(f"SELECT * FROM {name} ORDER BY instrument").fetchall()
        if len(rows) < 2:
            raise BenchError(f"{path} has {len(rows)} rows in {name}")
        facts = {pragma: database.execute(f"PRAGMA {pragma}").fetchone()[0]
                 for pragma in ("page_size", "journal_mode", "auto_vacuum", "encoding")}
        schema = database.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
        return {"rows": rows, "schema": schema, "watermark": database.execute("SELECT * FROM watermark").fetchall(),
                **facts}
    finally:
        database.close()


def start(bench):
    """By the wall clock: a start is waited for."""
    theirs, own = interleave(lambda: import_sdk(bench), lambda: start_service(bench), bench.rounds)
    return [against("start, service ready on an empty store, import tastytrade", min(theirs), min(own), 20)]
