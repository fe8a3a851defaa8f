"""The steps by their names, and what they check with."""

import time


STEPS = {}


class Failed(Exception):
    pass


def step(rows):
    def register(function):
        STEPS[function.__name__.replace("_", "-")] = (rows, function)
        return function

    return register


def check(holds, text):
    if not holds:
        raise Failed(text)


def wait(what, seconds, probe):
    """Polls until the probe gives something true; returns it and how long it took."""
    start = time.monotonic()
    while True:
        value = probe()
        taken = time.monotonic() - start
        if value:
            return value, taken
        if taken > seconds:
            raise Failed(f"not within {seconds} s: {what}")
        time.sleep(0.05)
