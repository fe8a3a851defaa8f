"""Files of raw doubles that the sides wrote, compared; no packages needed."""
import array
import math

from contestants import BenchError


def read(path, rows):
    """The file's columns, each cut to its first rows; `rows` is how many the file has in each."""
    values = array.array("d")
    values.frombytes(path.read_bytes())
    return [values[start:start + rows] for start in range(0, len(values), rows)]


def require_close(name, theirs, ours, tolerance):
    """Largest difference per max(1, size); ends the workload when it is over the tolerance or not a number."""
    worst = 0.0
    for column, (left, right) in enumerate(zip(theirs, ours)):
        for row, (a, b) in enumerate(zip(left, right)):
            error = abs(a - b) / max(1.0, abs(a))
            if not error <= tolerance:
                raise BenchError(f"{name}: the results are not equal, so nothing was timed: column {column}, row {row}: "
                                 f"peer {a!r}, ours {b!r}")
            worst = max(worst, error)
    return worst


def require_near(name, theirs, ours, tolerance):
    """The same for two mappings of lists of numbers, relative to the largest."""
    for key in theirs:
        size = max(map(abs, theirs[key]))
        for a, b in zip(theirs[key], ours[key]):
            if not math.isclose(a, b, rel_tol=0, abs_tol=tolerance * size):
                raise BenchError(f"{name}: the results are not equal, so nothing was timed: {key}: {theirs[key]}, "
                                 f"ours {ours[key]}")
