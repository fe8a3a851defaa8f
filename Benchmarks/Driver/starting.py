"""How long a start takes on the wall: of the service until its control socket answers, of the SDK's import."""
import json
import os
import pathlib
import socket
import subprocess
import tempfile
import time

from contestants import BenchError

PATIENCE = 30
QUESTION = b'{"version":1,"command":{"documents":{"_0":{"names":["status"],"unmask":false}}}}\n'


def import_sdk(bench):
    begun = time.perf_counter()
    command = [bench.python_binary, "-c", "import tastytrade; print(tastytrade.__name__, flush=True)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline()
        took = time.perf_counter() - begun
    if line.strip() != "tastytrade":
        raise BenchError("tastytrade cannot be imported")
    return took


def start_service(bench):
    """From exec to the answer to a first `status`, each time in a home of its own with nothing in it."""
    with tempfile.TemporaryDirectory(prefix="start-", dir=bench.folder) as home:
        environment = dict(os.environ, HOME=home, TMPDIR=home)
        for kind in ("CONFIG_HOME", "STATE_HOME", "DATA_HOME", "CACHE_HOME", "RUNTIME_DIR"):
            folder = pathlib.Path(home, kind[0].lower())
            folder.mkdir(mode=0o700, exist_ok=True)
            environment[f"XDG_{kind}"] = str(folder)
        with open(os.path.join(home, "log"), "wb") as log:
            begun = time.perf_counter()
            process = subprocess.Popen(
                [bench.service, "run", "--headless"], env=environment, stdout=log, stderr=log)
            try:
                answer = first_answer(os.path.join(environment["XDG_RUNTIME_DIR"], "tributary.sock"), process, home)
                took = time.perf_counter() - begun
            finally:
                end(process)
    if answer.get("error") or "status" not in str(answer.get("documents")):
        raise BenchError(f"the service's first answer is no status: {answer}")
    return took


def first_answer(path, process, home):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise BenchError(f"the service ended at once: {pathlib.Path(home, 'log').read_text()[-2000:]}")
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(path)
            except (FileNotFoundError, ConnectionRefusedError):
                time.sleep(0.0005)
                continue
            connection.settimeout(PATIENCE)
            connection.sendall(QUESTION)
            with connection.makefile("rb") as lines:
                return json.loads(lines.readline())
    raise BenchError(f"the control socket did not answer within {PATIENCE} s")


def end(process):
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
