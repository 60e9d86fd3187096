"""What a person or a test can do to the stall's power: rows of the stall's table of commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from hardware.simulated.strip import ACTS, APPLIANCES
from hardware.simulated.vedirect import WireFaults

if TYPE_CHECKING:
    from hardware.simulated.bench import Bench
    from hardware.simulated.commands import Answer, Command, Fields

WIRE_FAULTS = ("silent", "truncate", "checksum", "hex", "sign", "unknown", "clear")
"""Everything that can happen to the shunt's wire. ``clear`` mends all of it."""


async def battery(bench: Bench, fields: Fields) -> Answer:
    """Set ``load_w``, ``solar_w``, ``soc`` (0 to 1) or ``speed``, or a ``fault`` (`WIRE_FAULTS`)."""
    wanted = {key: _number(fields, key) for key in ("load_w", "solar_w", "soc", "speed")}
    fault = fields.get("fault")
    if fault is not None and fault not in WIRE_FAULTS:
        raise ValueError(f"battery: fault must be one of {', '.join(WIRE_FAULTS)}")
    supply = bench.supply
    supply.battery.set(**wanted)
    if fault == "clear":
        supply.faults = WireFaults()
    elif isinstance(fault, str):
        setattr(supply.faults, fault, True)
    supply.tell()
    return dict(supply.battery.reading())


async def outlet(bench: Bench, fields: Fields) -> Answer:
    """Do an ``act`` (`ACTS`) to an outlet by its ``name`` (`APPLIANCES`), or change its ``watts``."""
    name, act, watts = fields.get("name"), fields.get("act"), _number(fields, "watts")
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


COMMANDS: Mapping[str, Command] = {"battery": battery, "outlet": outlet, "inverter": inverter}


def _number(fields: Fields, key: str) -> float | None:
    """A figure, or nothing when it was left out."""
    value = fields.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{key}: must be a number")
    return float(value)
