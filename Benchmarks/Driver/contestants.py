"""The processes that take part: each works only when it is told to, so that two sides can take turns."""
import json
import subprocess


class BenchError(Exception):
    """Why there is no result; shown to the user."""


class Contestant:
    """One side of a workload. `command` answers lines as Peers/contestant.py describes."""

    def __init__(self, command):
        self.command = [str(word) for word in command]
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._answer()

    def check(self):
        return self._ask("check")

    def round(self, units):
        return self._ask(f"round {units}")

    def _ask(self, line):
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        return self._answer()

    def _answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise BenchError(f"ended with status {self.process.wait()}: {' '.join(self.command)}")
        return json.loads(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def interleave(peer, ours, rounds):
    """Both sides' rounds, taken in turns: peer, ours, peer, ours. Each of the two is a function without arguments."""
    results = [(peer(), ours()) for _ in range(rounds)]
    return [first for first, _ in results], [second for _, second in results]


def cpu_per_event(rounds):
    """Processor seconds, user and system, of one event in the best round."""
    return min(round["cpu"] / round["count"] for round in rounds)


def require_equal(name, peer, ours):
    """Ends the workload when the two sides do not say the same, naming where they part."""
    if peer == ours:
        return
    parts = [key for key in sorted(set(peer) | set(ours)) if peer.get(key) != ours.get(key)]
    shown = "; ".join(f"{key}: peer {str(peer.get(key))[:200]}, ours {str(ours.get(key))[:200]}" for key in parts)
    raise BenchError(f"{name}: the results are not equal, so nothing was timed: {shown}")
