"""Shelly of the first generation (Plug S, 1PM, 2.5): plain HTTP. Its meter counts watt-minutes, not Wh.

Source: Shelly's Gen1 HTTP API; answers recorded in github.com/home-assistant-libs/aioshelly, fixtures.
"""

from __future__ import annotations

from urllib.parse import urlencode

from hardware.power.outlets.answers import figure, item, parsed, truth
from hardware.power.outlets.reading import OutletReading, checked
from hardware.power.refused import Malformed

SOURCE = "Shelly Gen1"
WATT_MINUTE = 1 / 60
"""Wh."""
OVER = "over its power limit"


def ask(channel: int) -> tuple[str, ...]:  # noqa: ARG001  one answer tells of all its outlets
    """The paths that tell how it is."""
    return ("/status",)


def order(channel: int, on: bool, back_after_s: int | None) -> tuple[str, ...]:
    """The paths that switch it, and have it switch back by itself unless told again before."""
    words = {"turn": "on" if on else "off"} | ({"timer": str(back_after_s)} if back_after_s else {})
    return (f"/relay/{channel}?{urlencode(words)}",)


def limit(channel: int, watts: int) -> tuple[str, ...]:
    """The paths that make it switch itself off above so many watts; the last one tells whether it will."""
    return (f"/settings/relay/{channel}?max_power={watts}",)


def decode(answer: bytes, channel: int = 0) -> OutletReading:
    """An answer to /status, /relay/0, /meter/0 or /settings/relay/0. Raises a `Refused`."""
    whole = parsed(answer)
    relay, meter = item(whole, "relays", channel), item(whole, "meters", channel)
    if relay is None and "ison" in whole:
        relay = whole
    if meter is None and "power" in whole:
        meter = whole
    if relay is None and meter is None:
        raise Malformed(f"neither relay {channel} nor its meter is in it")
    relay, meter = relay or {}, meter or {}
    valid = truth(meter, "is_valid") is not False
    watt_minutes = figure(meter, "total", WATT_MINUTE)
    return checked(
        OutletReading(
            on=truth(relay, "ison"),
            watts=figure(meter, "power") if valid else None,
            wh=watt_minutes if valid else None,
            celsius=figure(whole, "temperature"),
            limit_w=figure(relay, "max_power"),
            alarms=(OVER,) if truth(relay, "overpower") else (),
            source=SOURCE,
        )
    )
