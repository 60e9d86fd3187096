"""What a person or a test can do to the stall's cabinet: rows of the stall's table of commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hardware.simulated.cabinet import BOXES, DOOR_ACTS, FAULTS

if TYPE_CHECKING:
    from hardware.simulated.bench import Bench
    from hardware.simulated.commands import Answer, Command, Fields


async def door(bench: Bench, fields: Fields) -> Answer:
    """Do an ``act`` (`DOOR_ACTS`) to the door of box ``number``."""
    number, act = fields.get("number"), fields.get("act")
    if not isinstance(number, int) or not 1 <= number <= BOXES:
        raise ValueError(f"door: number must be 1 to {BOXES}")
    if act not in DOOR_ACTS:
        raise ValueError(f"door: act must be one of {', '.join(DOOR_ACTS)}")
    bench.cabinet.door(number, str(act))
    return bench.cabinet.status()


async def board(bench: Bench, fields: Fields) -> Answer:
    """Break the lock board (`FAULTS`), mend it (``ok``), ``unplug`` or ``replug`` its cable."""
    act = fields.get("act")
    if act == "unplug":
        bench.cabinet.plug.unplug()
    elif act == "replug":
        await bench.cabinet.plug.plug()
    elif act in FAULTS or act == "ok":
        bench.cabinet.fault(str(act))
    else:
        raise ValueError(f"board: act must be ok, unplug, replug or one of {', '.join(FAULTS)}")
    return bench.cabinet.status()


COMMANDS: Mapping[str, Command] = {"door": door, "board": board}
