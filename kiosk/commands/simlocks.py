"""The part of `kiosk sim` that plays with the cabinet: its doors and its lock board."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]

EXAMPLE = """\
  kiosk sim door 7 close                  push door 7 shut; others: `open`, `left`, `put`, `take`
  kiosk sim door 7 stuck                  its latch lets go no more; `free` mends it
  kiosk sim board silent                  the lock board is dead; `echo` hears itself only; `ok` mends it
"""
DOOR_ACTS = ("close", "open", "left", "stuck", "free", "put", "take")
FAULTS = ("silent", "echo", "garbage", "damaged", "split", "inverted", "cooling")
"""What can be done to doors and board; a test compares them with the stall's own lists."""
DEVICES = ("door", "board")


def add_devices(devices: Parsers) -> None:
    """Declare what belongs to the cabinet."""
    door = devices.add_parser("door", help=_("push a box's door shut, leave it open, jam it"))
    door.add_argument("number", type=int, metavar="BOX")
    door.add_argument("act", choices=DOOR_ACTS)
    board = devices.add_parser("board", help=_("break the lock board, or mend it"))
    board.add_argument("act", choices=(*FAULTS, "ok", "unplug", "replug"))


def fields(args: argparse.Namespace) -> dict[str, object]:
    """The fields of a command."""
    return {"act": args.act} | ({"number": args.number} if args.device == "door" else {})


def words(_device: str, answer: Mapping[str, object]) -> str:
    """An answer for people."""
    table = answer.get("locks")
    rows = table.items() if isinstance(table, dict) else ()
    return "\n".join(f"{key:<10} {value}" for key, value in rows)
