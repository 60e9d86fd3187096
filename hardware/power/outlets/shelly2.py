"""Shelly of the second generation and later (Plus, Pro, Gen3, Gen4): RPC over HTTP, no account.

Watts are ``apower``; ``aenergy.total`` counts Wh and ``by_minute`` mWh. Source: Shelly's Gen2+ API,
Switch component; answers recorded in github.com/home-assistant-libs/aioshelly, fixtures.
"""

from __future__ import annotations

from urllib.parse import urlencode

from hardware.power.outlets.answers import Table, figure, parsed, table, truth
from hardware.power.outlets.reading import OutletReading, checked
from hardware.power.refused import Malformed, NotAnAnswer, SaidNo

SOURCE = "Shelly Gen2+"


def ask(channel: int) -> tuple[str, ...]:
    """The paths that tell how one of its outlets is."""
    return (f"/rpc/Switch.GetStatus?id={channel}",)


def order(channel: int, on: bool, back_after_s: int | None) -> tuple[str, ...]:
    """The paths that switch it, and have it switch back by itself unless told again before."""
    words = {"id": channel, "on": str(on).lower()} | ({"toggle_after": back_after_s} if back_after_s else {})
    return (f"/rpc/Switch.Set?{urlencode(words)}",)


def limit(channel: int, watts: int) -> tuple[str, ...]:
    """The paths that make it switch itself off above so many watts; the last one tells whether it will."""
    words = urlencode({"id": channel, "config": f'{{"power_limit":{watts}}}'})
    return (f"/rpc/Switch.SetConfig?{words}", f"/rpc/Switch.GetConfig?id={channel}")


def decode(answer: bytes, channel: int = 0) -> OutletReading:
    """An answer to GetStatus or Switch.GetConfig, or a NotifyStatus sent by itself. Raises a `Refused`."""
    status = _status(parsed(answer), f"switch:{channel}")
    energy = table(status, "aenergy") or {}
    errors = status.get("errors")
    watts = figure(status, "apower")
    return checked(
        OutletReading(
            on=truth(status, "output"),
            watts=_last_minute(energy) if watts is None else watts,
            wh=figure(energy, "total"),
            volts=figure(status, "voltage"),
            amps=figure(status, "current"),
            power_factor=figure(status, "pf"),
            celsius=figure(table(status, "temperature") or {}, "tC"),
            limit_w=figure(status, "power_limit"),
            alarms=tuple(map(str, errors)) if isinstance(errors, list) else (),
            source=SOURCE,
        )
    )


def _status(whole: Table, name: str) -> Table:
    """The table of one switch, whatever it is wrapped in."""
    if "error" in whole or "message" in whole:
        error = table(whole, "error") or whole
        raise SaidNo(f"it refuses: {error.get('message')} ({error.get('code')})")
    if "method" in whole and not str(whole["method"]).startswith("Notify"):
        raise NotAnAnswer(f"this is the question {whole['method']}, not its answer")
    inner = table(whole, "result") or table(whole, "params") or table(whole, "status") or whole
    switch = table(inner, name) or inner
    if switch.keys() & {"output", "apower", "aenergy", "power_limit"}:
        return switch
    if "was_on" in switch:
        raise NotAnAnswer("it took an order and says how it was before; how it is now must be asked for")
    if others := [key for key in inner if key.startswith("switch:")]:
        raise Malformed(f"there is no {name} in it, only {', '.join(others)}")
    raise Malformed("nothing of a switch is in it: output, apower or aenergy")


def _last_minute(energy: Table) -> float | None:
    """The mean watts of the last whole minute, from its mWh."""
    minutes = energy.get("by_minute")
    if not isinstance(minutes, list) or len(minutes) < 2:
        return None
    return figure({"mWh": minutes[1]}, "mWh", 60 / 1000)
