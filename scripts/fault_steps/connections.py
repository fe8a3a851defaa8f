"""Connections that end, lie or fall mute."""

import re
import signal

from fault_steps.proxy import Proxy
from fault_steps.registry import check, step
from fault_steps.rig import QUICK


@step("19")
def half_open(rig):
    rig.start_simulator()
    rig.write_config()
    rig.start_service()
    rig.live()
    rig.simulator.send_signal(signal.SIGSTOP)
    noticed = rig.when({"degraded", "stale"}, 20)
    rig.simulator.send_signal(signal.SIGCONT)
    back = rig.live()
    check(noticed <= 9, f"noticed after {noticed:.1f} s")
    return f"a peer that stands still is noticed after {noticed:.1f} s (silence limit 4 s), live {back:.1f} s after it goes on"


def proxied(rig, mode, tls, noticed_within=30):
    rig.start_simulator(*(["--tls"] if tls else []))
    proxies = {}
    for key in ("accountStreamer", "dxlink"):
        url = rig.urls[key]
        port = int(re.search(r":(\d+)", url.split("://")[1]).group(1))
        if port not in proxies:
            proxies[port] = Proxy(port)
        rig.urls[key] = url.replace(f":{port}", f":{proxies[port].address}", 1)
    rig.write_config(broker=QUICK + f"    dxlinkURL: {rig.urls['dxlink']}\n")
    rig.start_service()
    rig.live()
    held = {row["instrument"]["symbol"]: row["quantity"] for row in rig.document("positions")["positions"]}
    for proxy in proxies.values():
        proxy.breaks(mode)
    noticed = rig.when({"degraded", "stale"}, noticed_within)
    for proxy in proxies.values():
        proxy.mend()
    back = rig.live()
    after = {row["instrument"]["symbol"]: row["quantity"] for row in rig.document("positions")["positions"]}
    check(after == held, "the positions are not those of before")
    check(back < 5, f"live again only after {back:.1f} s")
    return f"{mode}{' under TLS' if tls else ''}: noticed after {noticed:.1f} s, live {back:.1f} s after it ended"


@step("19")
def black_hole(rig):
    return proxied(rig, "hole", False, noticed_within=9)


@step("19")
def black_hole_under_tls(rig):
    return proxied(rig, "hole", True, noticed_within=9)


@step("20")
def reset(rig):
    return proxied(rig, "reset", False)


@step("20")
def truncate(rig):
    return proxied(rig, "truncate", False)


@step("20")
def corrupt(rig):
    return proxied(rig, "corrupt", True)
