"""How a peer takes part: it says that it is ready, then answers one line with one line of JSON until stdin ends.

check       does the work once over everything and says what came out, to be compared with ours
round N     does the work over N units and says how many events that were and what time they took
"""
import gc
import json
import sys
import time


def timed(work, *arguments):
    """Runs `work`, which returns how many events it handled; collects garbage before, not in the time."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    count = work(*arguments)
    return {"count": count, "cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}


def serve(check, work):
    print('{"ready":true}', flush=True)
    for line in sys.stdin:
        words = line.split()
        reply = check() if words[0] == "check" else timed(work, int(words[1]))
        print(json.dumps(reply), flush=True)
