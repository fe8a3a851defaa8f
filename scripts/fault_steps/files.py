"""Files that are no files of a broker."""

import os
import time

from fault_steps.registry import check, step


@step("31")
def huge_file(rig):
    """A gigabyte is refused by its size; what is read of it does not grow with it."""
    rig.start_simulator()
    rig.write_config()
    path = os.path.join(rig.home, "Portfolio_Positions_huge.csv")
    with open(path, "wb") as file:
        file.truncate(1 << 30)
    start = time.monotonic()
    refused, peak = rig.measured("import", "fidelity", path)
    taken = time.monotonic() - start
    with open(os.path.join(rig.home, "measured.log"), encoding="utf-8") as log:
        said = log.read()
    check(refused == 65 and "larger than" in said, f"ended with {refused}: {said[:300]}")
    check(peak < 200 * 1024, f"{peak} kB at its peak")
    return f"1 GB refused with {refused} after {taken:.2f} s, {peak / 1024:.0f} MB at the peak"
