"""What a person or a test can do to the stall's power: rows of the stall's table of commands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from hardware.simulated.offer import N_, Answer, Command, Field, Fields, number
from hardware.simulated.sky import SKIES, THICK
from hardware.simulated.strip import ACTS, APPLIANCES
from hardware.simulated.vedirect import WireFaults

if TYPE_CHECKING:
    from hardware.simulated.bench import Bench

WIRE_FAULTS = ("silent", "truncate", "checksum", "hex", "sign", "unknown", "clear")
"""Everything that can happen to the shunt's wire. ``clear`` mends all of it."""


async def battery(bench: Bench, fields: Fields) -> Answer:
    """Set ``load_w``, ``solar_w`` or ``soc`` (0 to 1), or a ``fault`` (`WIRE_FAULTS`)."""
    wanted = {key: number(fields, key) for key in ("load_w", "solar_w", "soc")}
    fault = fields.get("fault")
    if fault is not None and fault not in WIRE_FAULTS:
        raise ValueError(f"battery: fault must be one of {', '.join(WIRE_FAULTS)}")
    supply = bench.supply
    if wanted["solar_w"] is not None:
        supply.sky.change("none")
    supply.battery.set(**wanted)
    if fault == "clear":
        supply.faults = WireFaults()
    elif isinstance(fault, str):
        setattr(supply.faults, fault, True)
    supply.tell()
    return dict(supply.reading())


async def sun(bench: Bench, fields: Fields) -> Answer:
    """Change the ``sky`` (`SKIES`); a cloud keeps back ``thick`` (0 to 1) and passes after ``minutes``."""
    sky, thick, minutes = fields.get("sky"), number(fields, "thick"), number(fields, "minutes")
    if sky not in SKIES:
        raise ValueError(f"sun: sky must be one of {', '.join(SKIES)}")
    if not 0 <= (thick or 0) <= 1:
        raise ValueError(f"sun: thick {thick} is not between 0 and 1")
    supply = bench.supply
    until_s = math.inf if minutes is None else supply.time.wall_s + 60 * max(0.0, minutes)
    supply.sky.change(sky, THICK if thick is None else thick, until_s)
    if sky == "none":
        supply.battery.set(solar_w=0.0)
    supply.tell()
    return supply.sun_told()


async def clock(bench: Bench, fields: Fields) -> Answer:
    """Let the stall's time pass ``speed`` times as fast; says what time it is there."""
    speed = number(fields, "speed")
    if speed is not None:
        bench.time.speed = speed
        bench.supply.strip.changed()
        bench.supply.tell()
    return bench.time.told()


async def outlet(bench: Bench, fields: Fields) -> Answer:
    """Do an ``act`` (`ACTS`) to an outlet by its ``name`` (`APPLIANCES`), or change its ``watts``."""
    name, act, watts = fields.get("name"), fields.get("act"), number(fields, "watts")
    strip = bench.supply.strip
    if name not in APPLIANCES:
        raise ValueError(f"outlet: name must be one of {', '.join(APPLIANCES)}")
    if act is not None and act not in ACTS:
        raise ValueError(f"outlet: act must be one of {', '.join(ACTS)}")
    if watts is not None:
        strip.outlets[str(name)].draw(watts)
    strip.act(str(name), None if act is None else str(act))
    await strip.settled()
    return cast("Answer", strip.status()[str(name)])


async def inverter(bench: Bench, fields: Fields) -> Answer:
    """Switch the inverter by hand: ``act`` is on or off."""
    act = fields.get("act")
    if act not in {"on", "off"}:
        raise ValueError("inverter: act must be on or off")
    strip = bench.supply.strip
    strip.inverter.switch(act == "on")
    strip.changed()
    await strip.settled()
    return cast("Answer", strip.status()["inverter"])


COMMANDS: Mapping[str, Command] = {
    "battery": Command(
        battery,
        N_("change load, sun and charge"),
        (
            Field("load_w", N_("watts drawn by the stall"), "number", "--watts", "W"),
            Field("solar_w", N_("watts from the panel"), "number", "--solar", "W"),
            Field("soc", N_("state of charge, 0 to 100"), "percent", "--charge", "PERCENT"),
            Field(
                "fault",
                N_("what is wrong with the shunt's wire; `clear` mends it"),
                option="--fault",
                choices=WIRE_FAULTS,
            ),
        ),
        (
            ("battery --watts 40", "draw 40 W besides the outlets"),
            ("battery --charge 100", "plug it into the mains for a night"),
            ("battery --fault checksum", "spoil every block of its shunt"),
        ),
    ),
    "sun": Command(
        sun,
        N_("let the sun shine on the panel, or a cloud pass"),
        (
            Field("sky", N_("how the sky is; `none` folds the panel"), choices=SKIES),
            Field("thick", N_("how much a cloud keeps back, 0 to 100"), "percent", "--thick", "PERCENT"),
            Field("minutes", N_("after which it has passed"), "number", "--minutes", "MINUTES"),
        ),
        (
            ("sun clear", "a clear sky over the stall; by night it brings nothing"),
            ("sun cloud --thick 90 --minutes 40", "a thick cloud, gone after forty of the stall's minutes"),
        ),
    ),
    "clock": Command(
        clock,
        N_("let the stall's time pass faster"),
        (Field("speed", N_("how many times as fast, 1 to 60"), "number", "--speed", "TIMES"),),
        (
            ("clock --speed 60", "a market day in eight minutes; battery, sun and the till's clock go along"),
            ("clock", "what time it is at the stall"),
        ),
    ),
    "outlet": Command(
        outlet,
        N_("switch an outlet, let it vanish, change what it draws"),
        (
            Field("name", N_("what is plugged into it"), choices=tuple(APPLIANCES)),
            Field("act", N_("what happens"), choices=tuple(ACTS), sign="ACT", optional=True),
            Field("watts", N_("watts of what is plugged into it"), "number", "--draws", "W"),
        ),
        (
            ("outlet lamp off", "switch an outlet by hand; fridge and blender are others"),
            ("outlet fridge vanish", "it is gone from the network; `clear` brings it back"),
        ),
    ),
    "inverter": Command(
        inverter,
        N_("switch the inverter on or off by hand"),
        (Field("act", N_("what is done to it"), choices=("on", "off")),),
        (("inverter on", "switch the inverter on again after its third overload"),),
    ),
}
