"""Makes outlets from their settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from hardware.options import BadOptions, Options
from hardware.power.outlets import kasa, shelly1, shelly2, tasmota
from hardware.power.outlets.http import Dialect, HttpOutlet
from hardware.power.outlets.outlet import MOST_W, SmartOutlet
from hardware.power.outlets.wire import KasaOutlet

DIALECTS = {
    "shelly2": Dialect(shelly2.ask, shelly2.order, shelly2.limit, shelly2.decode),
    "shelly1": Dialect(shelly1.ask, shelly1.order, shelly1.limit, shelly1.decode),
    "tasmota": Dialect(tasmota.ask, tasmota.order, tasmota.limit, tasmota.decode),
}
"""The outlets that speak HTTP."""


def _over_http(kind: str) -> Callable[[str, Mapping[str, object]], SmartOutlet]:
    """The factory of one family."""

    def made(name: str, table: Mapping[str, object]) -> SmartOutlet:
        """``address``, ``channel`` (0), ``every`` (5 s), ``limit_w`` (0: left alone), ``most_w`` (3680)."""
        options = Options(name, table)
        host, port = _address(name, options, 80)
        channel, every_s = options.number("channel", 0, 0, 15), options.number("every", 5, 1, 30)
        limit_w = options.number("limit_w", 0, 0, MOST_W)
        most_w = options.number("most_w", MOST_W, 10, 20_000)
        options.done()
        talker = HttpOutlet(host, port, DIALECTS[kind], channel)
        return SmartOutlet(name, talker, every_s, limit_w=limit_w, most_w=most_w)

    return made


def kasa_outlet(name: str, table: Mapping[str, object]) -> SmartOutlet:
    """``address``, ``every`` (5 s), ``most_w`` (3680). Its hardware has no limit to set."""
    options = Options(name, table)
    host, port = _address(name, options, kasa.PORT)
    every_s, most_w = options.number("every", 5, 1, 30), options.number("most_w", MOST_W, 10, 20_000)
    options.done()
    return SmartOutlet(name, KasaOutlet(host, port), every_s, most_w=most_w)


def _address(name: str, options: Options, usual_port: int) -> tuple[str, int]:
    """A host, or host:port, also with the ``http://`` that people copy with it."""
    text = options.text("address")
    parts = urlsplit(f"//{text.removeprefix('http://').rstrip('/')}")
    try:
        host, port = parts.hostname or "", parts.port or usual_port
    except ValueError:
        host, port = "", usual_port
    if not host and text:
        raise BadOptions(name, [f"address: {text!r}, must be a host such as 192.168.1.20, or host:port"])
    return host, port


shelly2_outlet = _over_http("shelly2")
shelly1_outlet = _over_http("shelly1")
tasmota_outlet = _over_http("tasmota")
