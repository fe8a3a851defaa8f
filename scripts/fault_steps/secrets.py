"""Secrets: where they may be read, and that they are said nowhere."""

import glob
import os
import signal
import time

from fault_steps.registry import check, step


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
