"""Runs the steps: python3 -m fault_steps (from scripts/).

    --step list
    --binary PATH --home DIR --preloads DIR [--step NAME] [--long]
"""

import argparse
import os
import subprocess
import sys

from fault_steps import clients, clock, connections, database, disk, files, secrets, venue, watchdog
from fault_steps.registry import STEPS, Failed
from fault_steps.rig import Rig

# What any step wrote is searched by the last one.
STEPS["canaries"] = STEPS.pop("canaries")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary")
    parser.add_argument("--home")
    parser.add_argument("--preloads")
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
