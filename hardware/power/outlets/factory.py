"""Makes outlets from their settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import urlsplit
from uuid import getnode

from hardware.options import BadOptions, Options
from hardware.power.outlets import kasa, shelly1, shelly2, tasmota
from hardware.power.outlets.http import Dialect, HttpOutlet
from hardware.power.outlets.mqtt import MqttOutlet
from hardware.power.outlets.orders import LEAST_DEAD_MAN_S, MOST_DEAD_MAN_S
from hardware.power.outlets.outlet import MOST_W, SmartOutlet
from hardware.power.outlets.spoken import FAMILIES
from hardware.power.outlets.wire import KasaOutlet
from hardware.wire.broker import PORT, TLS_PORT, Account, Broker, is_here

DIALECTS = {
    "shelly2": Dialect(shelly2.ask, shelly2.order, shelly2.limit, shelly2.decode),
    "shelly1": Dialect(shelly1.ask, shelly1.order, shelly1.limit, shelly1.decode),
    "tasmota": Dialect(tasmota.ask, tasmota.order, tasmota.limit, tasmota.decode),
}
"""The outlets that speak HTTP."""
TOPIC = re.compile(r"[^+#\s\x00]{1,120}")
"""A topic that names one device: no wildcard in it."""


def _over_http(kind: str) -> Callable[[str, Mapping[str, object]], SmartOutlet]:
    """The factory of one family."""

    def made(name: str, table: Mapping[str, object]) -> SmartOutlet:
        """``address``, ``channel`` (0), ``every`` (5 s), ``limit_w`` (0: left alone), ``most_w`` (3680).

        And ``dead_man`` (0: none), seconds after which it comes on again when the till died.
        """
        options = Options(name, table)
        host, port = _address(name, options, 80)
        channel, every_s = options.number("channel", 0, 0, 15), options.number("every", 5, 1, 30)
        limit_w = options.number("limit_w", 0, 0, MOST_W)
        most_w, dead_man_s = options.number("most_w", MOST_W, 10, 20_000), _dead_man(name, options)
        options.done()
        talker = HttpOutlet(host, port, DIALECTS[kind], channel)
        return SmartOutlet(name, talker, every_s, limit_w=limit_w, most_w=most_w, dead_man_s=dead_man_s)

    return made


def kasa_outlet(name: str, table: Mapping[str, object]) -> SmartOutlet:
    """``address``, ``every`` (5 s), ``most_w`` (3680), ``dead_man`` (0). Its hardware has no limit to set."""
    options = Options(name, table)
    host, port = _address(name, options, kasa.PORT)
    every_s, most_w = options.number("every", 5, 1, 30), options.number("most_w", MOST_W, 10, 20_000)
    dead_man_s = _dead_man(name, options)
    options.done()
    return SmartOutlet(name, KasaOutlet(host, port), every_s, most_w=most_w, dead_man_s=dead_man_s)


def _over_mqtt(family: str) -> Callable[[str, Mapping[str, object]], SmartOutlet]:
    """The factory of one family behind a broker."""

    def made(name: str, table: Mapping[str, object]) -> SmartOutlet:
        """``topic``, ``broker`` (127.0.0.1:1883), ``user``, ``password_file``, ``tls``, ``ca``, ``plain``.

        And ``channel`` (0), ``every`` (5 s), ``most_w`` (3680); ``limit_w`` and ``dead_man`` where it can be
        done this way.
        """
        options = Options(name, table)
        topic = options.text("topic")
        account = _account(name, options)
        channel, every_s = options.number("channel", 0, 0, 15), options.number("every", 5, 1, 30)
        limit_w = 0 if family == "shelly1" else options.number("limit_w", 0, 0, MOST_W)
        most_w = options.number("most_w", MOST_W, 10, 20_000)
        dead_man_s = 0 if family == "shelly1" else _dead_man(name, options)
        options.done()
        if TOPIC.fullmatch(topic) is None or topic.startswith("/") or topic.endswith("/"):
            raise BadOptions(name, [f"topic: {topic!r}, must name one device, such as tasmota_9CF9D1"])
        me = f"barrow/{getnode() & 0xFFFFFF:06x}-{name}"
        speaks = FAMILIES[family](topic, me, channel)
        talker = MqttOutlet(speaks, partial(Broker, account, me, speaks.topics()))
        return SmartOutlet(name, talker, every_s, limit_w=limit_w, most_w=most_w, dead_man_s=dead_man_s)

    return made


def _dead_man(name: str, options: Options) -> int:
    """Seconds after which it comes on again when the till died; 0 for never."""
    seconds = options.number("dead_man", 0, 0, MOST_DEAD_MAN_S)
    if 0 < seconds < LEAST_DEAD_MAN_S:
        raise BadOptions(name, [f"dead_man: {seconds}, must be 0, or from {LEAST_DEAD_MAN_S} seconds"])
    return seconds


def _account(name: str, options: Options) -> Account:
    """Where the broker is. Beyond this machine it is spoken to in secret, unless somebody says otherwise."""
    plain, ca = options.flag("plain", False), options.text("ca", "")
    tls = options.flag("tls", False) or bool(ca)
    host, port = _address(name, options, TLS_PORT if tls else PORT, "broker", "127.0.0.1")
    user, file = options.text("user", ""), options.text("password_file", "")
    if not (tls or plain or is_here(host)):
        words = "broker: beyond this machine it needs tls = true, or plain = true on a network of your own"
        raise BadOptions(name, [words])
    return Account(host, port, user, file, tls, ca)


def _address(
    name: str, options: Options, usual_port: int, key: str = "address", usual: str | None = None
) -> tuple[str, int]:
    """A host, or host:port, also with the ``http://`` or ``mqtt://`` that people copy with it."""
    text = options.text(key, usual)
    parts = urlsplit(f"//{re.sub('^(https?|mqtts?)://', '', text).rstrip('/')}")
    try:
        host, port = parts.hostname or "", parts.port or usual_port
    except ValueError:
        host, port = "", usual_port
    if not host and text:
        raise BadOptions(name, [f"{key}: {text!r}, must be a host such as 192.168.1.20, or host:port"])
    return host, port


shelly2_outlet = _over_http("shelly2")
shelly1_outlet = _over_http("shelly1")
tasmota_outlet = _over_http("tasmota")
shelly2_mqtt = _over_mqtt("shelly2")
shelly1_mqtt = _over_mqtt("shelly1")
tasmota_mqtt = _over_mqtt("tasmota")
