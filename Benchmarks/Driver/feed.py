"""The workloads on the seeded feed: decode, end to end, latency, memory."""
from contestants import Contestant, cpu_per_event, interleave, require_equal
from report import against, bounded, seconds

MEGABYTE = 1 << 20
# Seconds in which caches and allocators fill.
WARM_UP = 30


def decode_sdk(bench):
    peer = bench.python("decode_sdk.py", bench.feed)
    return versus(bench, "DXLink decode, tastytrade SDK, an event", peer, ours(bench, "decode"), bench.slow, 80)


def decode_orjson(bench):
    peer = bench.python("decode_orjson.py", bench.feed)
    return versus(bench, "DXLink decode, orjson + tuples, an event", peer, ours(bench, "decode"), bench.messages, 3)


def decode_foundation(bench):
    rows = []
    for price in ("double", "decimal"):
        name = f"DXLink decode, JSONDecoder, {price} prices, an event"
        peer = [bench.binary, f"foundation-{price}", bench.feed]
        rows += versus(bench, name, peer, ours(bench, "decode"), bench.slow, 30)
    return rows


def end_to_end(bench):
    peer = bench.python("desk_sdk.py", bench.feed, bench.positions)
    mine = ours(bench, "desk", bench.positions)
    return versus(bench, "end to end, SDK + Decimal, an event", peer, mine, bench.slow, 40)


def ours(bench, name, *files):
    return [bench.binary, name, bench.feed, *files]


def versus(bench, name, peer_command, our_command, peer_units, bar):
    with Contestant(peer_command) as peer, Contestant(our_command) as mine:
        require_equal(name, peer.check(), mine.check())
        theirs, own = interleave(
            lambda: peer.round(peer_units), lambda: mine.round(bench.messages), bench.rounds)
    return [against(name, cpu_per_event(theirs), cpu_per_event(own), bar)]


def latency(bench):
    """By the wall clock: each message from its bytes to the portfolio's totals. The run with the best p99 counts."""
    name = "latency, bytes to portfolio, a message"
    with Contestant(bench.python("desk_sdk.py", bench.feed, bench.positions)) as peer:
        expected = {key: value for key, value in peer.check().items() if key != "trail"}
    with Contestant(ours(bench, "latency", bench.positions)) as mine:
        require_equal(name, expected, mine.check())
        best = min((mine.round(bench.messages) for _ in range(bench.rounds)), key=lambda round: round["p99"])
    rows = []
    for key, bar in (("p50", 5e-6), ("p99", 50e-6)):
        value = best[key] * 1e-9
        rows.append(bounded(f"{name}, {key}", seconds(value), value, bar, f"<= {seconds(bar)}"))
    return rows


def memory(bench):
    """The resident set's slope by least squares after a warm-up, its peak, and the slope of the heap in use."""
    wanted = bench.memory_seconds
    with Contestant(ours(bench, "memory", bench.positions)) as mine:
        run = mine.round(wanted)
    resident = run["resident"]
    rate = run["messages"] / run["wall"]
    kept_up = rate >= 0.99 * bench.feed_rate and len(resident) >= wanted
    warm = max(len(resident) // 5, WARM_UP)
    slope = megabytes_an_hour(resident[warm:])
    heap = megabytes_an_hour(run["heap"][warm:])
    peak = max(resident, default=0) / MEGABYTE
    name = f"memory, {wanted} s at {rate:,.0f} messages/s"
    rows = [bounded(f"{name}, slope", f"{slope:.2f} MB/h", slope, 1, "< 1 MB/h", kept_up and slope < 1),
            bounded(f"{name}, peak", f"{peak:.0f} MB", peak, 300, "< 300 MB", kept_up and peak < 300),
            bounded(f"{name}, heap in use, slope", f"{heap:.2f} MB/h", heap)]
    if not kept_up:
        bench.say(f"memory: {rate:,.0f} messages/s instead of {bench.feed_rate:,}: the bars are not met")
    return rows


def megabytes_an_hour(resident):
    """Of readings a second apart, in bytes."""
    count = len(resident)
    if count < 2:
        return 0.0
    middle, mean = (count - 1) / 2, sum(resident) / count
    covariance = sum((place - middle) * (value - mean) for place, value in enumerate(resident))
    return covariance / sum((place - middle) ** 2 for place in range(count)) * 3600 / MEGABYTE
