"""Older Kasa outlets (HS110, KP115): JSON over TCP port 9999, each byte mixed with the one before.

Hardware version 1 answers in V, A, W and kWh, later ones in mV, mA, mW and Wh. Newer Kasa and all Tapo need
an account even on the local network and are not supported. Protocol: github.com/softScheck/tplink-smartplug;
answers recorded in github.com/python-kasa/python-kasa, tests/fixtures/iot.
"""

from __future__ import annotations

import json

from hardware.power.outlets.answers import MOST, Table, figure, parsed, table
from hardware.power.outlets.reading import OutletReading, checked
from hardware.power.refused import Malformed, NotAnAnswer, SaidNo, Truncated

SOURCE = "Kasa"
PORT = 9999
KEY = 171
ASK: Table = {"emeter": {"get_realtime": {}}, "system": {"get_sysinfo": {}}}
"""The question that tells how it is."""


def order(on: bool, back_after_s: int | None) -> tuple[Table, ...]:
    """The questions that switch it, and have it switch back by itself unless told again before."""
    timer: dict[str, object] = {"delete_all_rules": {}}
    if back_after_s:
        rule = {"enable": 1, "delay": back_after_s, "act": int(not on), "name": "back"}
        return (
            {"count_down": timer},
            {"count_down": {"add_rule": rule}},
            {"system": {"set_relay_state": {"state": int(on)}}},
        )
    return ({"count_down": timer}, {"system": {"set_relay_state": {"state": int(on)}}})


def mixed(clear: bytes) -> bytes:
    """A message as it goes over the wire: its length in four bytes, then every byte mixed."""
    key, out = KEY, bytearray()
    for byte in clear:
        key ^= byte
        out.append(key)
    return len(clear).to_bytes(4, "big") + bytes(out)


def question(words: Table) -> bytes:
    """A question as it goes over the wire."""
    return mixed(json.dumps(words, separators=(",", ":")).encode())


def span(came: bytes) -> int:
    """How many bytes the message that begins here has; 0 while that cannot be told. Raises `Malformed`."""
    if len(came) < 4:
        return 0
    length = int.from_bytes(came[:4], "big")
    if length > MOST:
        raise Malformed(f"the message says it has {length} bytes; no Kasa outlet says so much")
    return 4 + length


def clear(frame: bytes) -> bytes:
    """A message as text. Raises a `Refused`."""
    if len(frame) != span(frame):
        raise Truncated(f"the message has {len(frame)} bytes and says it has {span(frame) or 'at least 4'}")
    key, out = KEY, bytearray()
    for byte in frame[4:]:
        out.append(byte ^ key)
        key = byte
    return bytes(out)


def decode(answer: bytes) -> OutletReading:
    """An answer in clear text to get_realtime, get_sysinfo or both. Raises a `Refused`."""
    whole = parsed(answer)
    meter = _module(whole, "emeter", "get_realtime")
    system = _module(whole, "system", "get_sysinfo")
    if meter is None and system is None:
        if whole.keys() & {"power", "power_mw", "total", "total_wh"}:
            meter = whole
        else:
            raise _other(whole)
    meter, system = meter or {}, system or {}
    return checked(
        OutletReading(
            on=None if (state := figure(system, "relay_state")) is None else state == 1,
            watts=_either(meter, "power_mw", 1e-3, "power", 1),
            wh=_either(meter, "total_wh", 1, "total", 1000),
            volts=_either(meter, "voltage_mv", 1e-3, "voltage", 1),
            amps=_either(meter, "current_ma", 1e-3, "current", 1),
            source=f"{SOURCE} {system['model']}" if isinstance(system.get("model"), str) else SOURCE,
        )
    )


def _module(whole: Table, module: str, method: str) -> Table | None:
    """The answer of one method. Raises `NotAnAnswer` for the question, `SaidNo` for an error."""
    inner = table(whole, module)
    if inner is None:
        return None
    if "err_code" in inner and method not in inner:
        raise SaidNo(f"{module}: {inner.get('err_msg', 'error')} ({inner['err_code']}); has it a meter?")
    if method not in inner:
        return None
    told = table(inner, method)
    if not told:
        raise NotAnAnswer(f"this is the question {module}.{method}, not its answer")
    if figure(told, "err_code"):
        raise SaidNo(f"{method}: {told.get('err_msg', 'error')} ({told['err_code']})")
    return told


def _other(whole: Table) -> NotAnAnswer | Malformed:
    """Why something else is no reading."""
    if "set_relay_state" in (table(whole, "system") or {}) or "count_down" in whole:
        return NotAnAnswer("this is an order or its receipt; how it is now must be asked for")
    return Malformed("neither emeter.get_realtime nor system.get_sysinfo is in it")


def _either(meter: Table, new: str, new_unit: float, old: str, old_unit: float) -> float | None:
    """A figure under its new name or its old one."""
    value = figure(meter, new, new_unit)
    return figure(meter, old, old_unit) if value is None else value
