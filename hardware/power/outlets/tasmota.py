"""Outlets with Tasmota over HTTP: ``/cm?cmnd=...``. Its counters are kWh.

It has no timer that switches back in both directions, so a rule of its own does it: rule 3 with timer 8,
which every further order starts anew. Source: the Commands and Rules pages of Tasmota's documentation.
"""

from __future__ import annotations

from urllib.parse import quote

from hardware.power.outlets.answers import Table, figure, parsed, table
from hardware.power.outlets.reading import OutletReading, checked
from hardware.power.refused import Malformed, SaidNo

SOURCE = "Tasmota"
RULE, TIMER = 3, 8
"""The last ones of each, so that a user's own are left alone."""


def ask(channel: int) -> tuple[str, ...]:  # noqa: ARG001  its answers tell of all its outlets
    """The paths that tell how it is: its relays, then its meter."""
    return (_path("Status 11"), _path("Status 10"))


def commands(channel: int, on: bool, back_after_s: int | None) -> tuple[str, ...]:
    """The commands that switch it, and have it switch back by itself unless told again before.

    One by one: a ``Backlog`` waits 200 ms before each (SetOption34), and the look that follows comes first.
    """
    relay = f"Power{channel + 1}"
    switch = f"{relay} {'On' if on else 'Off'}"
    if not back_after_s:
        return (f"RuleTimer{TIMER} 0", switch)
    rule = f"ON Rules#Timer={TIMER} DO {relay} {'Off' if on else 'On'} ENDON"
    return (f"Rule{RULE} {rule}", f"Rule{RULE} 1", f"RuleTimer{TIMER} {back_after_s}", switch)


def order(channel: int, on: bool, back_after_s: int | None) -> tuple[str, ...]:
    """The paths of these commands."""
    return tuple(map(_path, commands(channel, on, back_after_s)))


def limit(channel: int, watts: int) -> tuple[str, ...]:  # noqa: ARG001  one limit for all its outlets
    """The paths that make it switch itself off above so many watts; the last one tells whether it will."""
    return (_path(f"MaxPower {watts}"),)


def decode(answer: bytes, channel: int = 0) -> OutletReading:
    """An answer to Status 10, 11, 0 or Power, or what it sends by MQTT. Raises a `Refused`."""
    whole = parsed(answer)
    if "WARNING" in whole or "Command" in whole:
        raise SaidNo(f"it refuses: {whole.get('WARNING') or whole.get('Command')}")
    meter = table(table(whole, "StatusSNS") or whole, "ENERGY")
    on = _on(table(whole, "StatusSTS") or table(whole, "StatusSNS") or whole, channel)
    bound = figure(whole, "MaxPower")
    if meter is None and on is None and bound is None:
        raise Malformed("neither ENERGY nor POWER is in it; has this outlet a meter?")
    meter = meter or {}
    return checked(
        OutletReading(
            on=on,
            watts=_of(meter, "Power", channel),
            wh=_of(meter, "Total", channel, 1000),
            volts=_of(meter, "Voltage", channel),
            amps=_of(meter, "Current", channel),
            power_factor=_of(meter, "Factor", channel),
            limit_w=bound or None,  # 0 is "no limit"
            source=SOURCE,
        )
    )


def _on(whole: Table, channel: int) -> bool | None:
    """A relay's state; with one relay it has no number."""
    value = whole.get(f"POWER{channel + 1}", whole.get("POWER") if channel == 0 else None)
    return value == "ON" if value in ("ON", "OFF") else None


def _of(meter: Table, key: str, channel: int, unit: float = 1) -> float | None:
    """A figure of one outlet, where several are listed."""
    value = meter.get(key)
    if isinstance(value, list):
        return figure({key: value[channel]}, key, unit) if channel < len(value) else None
    return figure(meter, key, unit)


def _path(command: str) -> str:
    """The path of one command."""
    return f"/cm?cmnd={quote(command)}"
