"""Files of raw doubles, one column after the other, as Data/options.py writes them."""
import numpy as np


def read(path, count):
    return np.fromfile(path).reshape(count, -1)


def write(path, columns):
    np.asarray(columns, dtype=float).tofile(path)
