"""What a person or a test can do to scale, display and panel: rows of the stall's table of commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from hardware.panel.events import ROLES
from hardware.simulated.offer import N_, PLUG, Answer, Command, Field, Fields
from hardware.simulated.scale import FAULTS, MOST_GRAMS

if TYPE_CHECKING:
    from hardware.simulated.bench import Bench

STORM = 2000
"""Flutters of a broken wire; more than any contact's bounce."""


async def scale(bench: Bench, fields: Fields) -> Answer:
    """Put ``grams`` on the scale, take off a ``tare``, give it a ``fault``; a weight alone mends a fault."""
    counter = bench.counter
    await _plug(bench, "scale", fields)
    fault = fields.get("fault", "")
    if fault not in FAULTS:
        raise ValueError(f"scale: fault must be one of {', '.join(filter(None, FAULTS))}")
    if fields.keys() & {"grams", "tare", "fault"}:
        counter.scale.grams = _grams(fields, "grams", counter.scale.grams)
        counter.scale.tare = _grams(fields, "tare", counter.scale.tare)
        counter.scale.fault = fault
    return cast("Answer", counter.status()["scale"])


async def display(bench: Bench, fields: Fields) -> Answer:
    """What the pole display shows."""
    await _plug(bench, "display", fields)
    if fields.get("act") == "unplug":
        bench.counter.display.lose_power()
    return cast("Answer", bench.counter.status()["display"])


async def button(bench: Bench, fields: Fields) -> Answer:
    """Press the button of a ``role``, ``long`` or short; ``wild`` lets its wire flutter instead."""
    role = fields.get("role")
    if role not in ROLES:
        raise ValueError(f"button: role must be one of {', '.join(ROLES)}")
    panel = bench.counter.panel
    if fields.get("wild"):
        panel.storm(str(role), STORM)
    heard = await panel.press(str(role), long=bool(fields.get("long")))
    return {"heard": heard, **panel.lit()}


async def drawer(bench: Bench, fields: Fields) -> Answer:
    """Pull the drawer open by hand, or push it in: ``act`` is open or shut."""
    act = fields.get("act")
    if act not in {"open", "shut"}:
        raise ValueError("drawer: act must be open or shut")
    bench.printer.drawer_open = act == "open"
    bench.work()
    return {"drawer": act}


async def _plug(bench: Bench, name: str, fields: Fields) -> None:
    """Pull a plug or put it back, where that is asked for."""
    act = fields.get("act")
    if act not in {None, "unplug", "replug"}:
        raise ValueError(f"{name}: act must be unplug or replug")
    plug = bench.counter.plugs[name]
    if act == "unplug":
        plug.unplug()
    elif act == "replug":
        await plug.plug()


def _grams(fields: Fields, key: str, now: int) -> int:
    """A weight in whole grams, or the present one."""
    value = fields.get(key, now)
    if isinstance(value, bool) or not isinstance(value, int) or not -MOST_GRAMS <= value <= MOST_GRAMS:
        raise ValueError(f"{key}: must be whole grams, at most {MOST_GRAMS}")
    return value


COMMANDS: Mapping[str, Command] = {
    "scale": Command(
        scale,
        N_("put a weight on the scale, or something in its way"),
        (
            Field("grams", N_("kilograms, such as 1.250"), "grams", sign="KG", optional=True),
            Field("tare", N_("kilograms taken off as a tare"), "grams", "--tare", "KG"),
            Field(
                "fault",
                N_("what is wrong; a weight alone mends it"),
                option="--fault",
                choices=tuple(filter(None, FAULTS)),
            ),
            *PLUG,
        ),
        (
            ("scale 1.250", "put 1.250 kg on the scale"),
            ("scale 1.250 --fault moving", "the same, and it does not settle"),
        ),
    ),
    "display": Command(
        display,
        N_("show what the customer's pole display shows"),
        PLUG,
        (("display", "what the customer's pole display shows"),),
    ),
    "button": Command(
        button,
        N_("press one of the buttons on the counter"),
        (
            Field("role", N_("what the button is for"), choices=ROLES),
            Field("long", N_("hold it for a second"), "flag", "--long"),
            Field("wild", N_("let its wire flutter, as a broken one does"), "flag", "--wild"),
        ),
        (("button pay", "press the PAY button; --long holds it"),),
    ),
    "drawer": Command(
        drawer,
        N_("pull the cash drawer open by hand, or push it in"),
        (Field("act", N_("what is done to it"), choices=("open", "shut")),),
        (("drawer open", "pull the drawer open by hand"),),
    ),
}
