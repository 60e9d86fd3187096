"""What a person or a test can do to the stall's cabinet: rows of the stall's table of commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hardware.simulated.cabinet import BOXES, DOOR_ACTS, FAULTS
from hardware.simulated.offer import N_, Answer, Command, Field, Fields

if TYPE_CHECKING:
    from hardware.simulated.bench import Bench


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


async def cabinet(bench: Bench, _fields: Fields) -> Answer:
    """How every box is."""
    return bench.cabinet.status()


COMMANDS: Mapping[str, Command] = {
    "cabinet": Command(
        cabinet,
        N_("draw the cabinet: doors, parcels, pulses"),
        (),
        (("cabinet --watch", "draw it anew until Ctrl+C, for a second terminal"),),
    ),
    "door": Command(
        door,
        N_("push a box's door shut, leave it open, jam it"),
        (
            Field("number", N_("the number of the box"), "whole", sign="BOX"),
            Field("act", N_("what happens"), choices=DOOR_ACTS, sign="ACT"),
        ),
        (
            ("door 7 close", "push door 7 shut; others: `open`, `left`, `put`, `take`"),
            ("door 7 stuck", "its latch lets go no more; `free` mends it"),
        ),
    ),
    "board": Command(
        board,
        N_("break the lock board, or mend it"),
        (Field("act", N_("what happens"), choices=(*FAULTS, "ok", "unplug", "replug"), sign="ACT"),),
        (("board silent", "the lock board is dead; `echo` hears itself only; `ok` mends it"),),
    ),
}
