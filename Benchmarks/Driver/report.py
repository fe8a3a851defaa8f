"""One table of ours, peer, ratio, bar, and the same as JSON."""
import json
import os
import platform


def seconds(value):
    for unit, size in (("s", 1), ("ms", 1e-3), ("us", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value / 1e-9:.0f} ns"


def against(workload, peer, ours, bar):
    """A row for times of both sides in seconds; met when ours is `bar` times as fast or more, always when that is None."""
    ratio = peer / ours
    return {"workload": workload, "ours": seconds(ours), "peer": seconds(peer), "ratio": f"{ratio:.3g}x",
            "bar": "" if bar is None else f">= {bar}x", "met": bar is None or ratio >= bar,
            "figures": {"ours": ours, "peer": peer, "ratio": ratio, "bar": bar}}


def bounded(workload, shown, value, bar=None, shown_bar="", met=None):
    """A row for a figure that has a bar of its own, or none, and no peer."""
    return {"workload": workload, "ours": shown, "peer": "", "ratio": "", "bar": shown_bar,
            "met": (bar is None or value <= bar) if met is None else met, "figures": {"ours": value, "bar": bar}}


def table(rows):
    heads = ["workload", "ours", "peer", "ratio", "bar", "met"]
    cells = [heads] + [[met(row) if head == "met" else row[head] for head in heads] for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(heads))]
    pads = [str.ljust, str.rjust, str.rjust, str.rjust, str.rjust, str.ljust]
    return "\n".join("  ".join(pad(cell, width) for pad, cell, width in zip(pads, line, widths)).rstrip()
                     for line in cells)


def met(row):
    """What the table says of a row; nothing where there is no bar."""
    if not row["bar"]:
        return ""
    return "yes" if row["met"] else "NO"


def write_json(path, rows, quick):
    machine = {"system": platform.platform(), "processors": os.cpu_count(), "load": os.getloadavg()[0]}
    with open(path, "w") as file:
        json.dump({"quick": quick, "machine": machine, "rows": rows}, file, indent=2)
        file.write("\n")
