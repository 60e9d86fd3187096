"""`kiosk setup lockers`: goes through a cabinet lock by lock with a person, and writes down its map."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.locks.boxes import BoxMap
    from hardware.locks.learning import Place

MAP_FILE = "lockers.json"
COLUMNS = 4


class Terminal:
    """The person at the doors, who reads and types here."""

    def shut_all(self) -> None:
        """Ask."""
        input(_("Shut every door; every box is empty. Then press Enter. "))

    def which_opened(self, place: Place) -> int:
        """Ask for the number on the door."""
        words = _("Lock {channel} of board {board}: which door opened? Its number, 0 if none. ")
        answer = input(words.format(board=place[0], channel=place[1])).strip()
        return int(answer) if answer.isdecimal() and answer.isascii() and len(answer) <= 3 else 0

    def fill(self, number: int) -> None:
        """Ask."""
        input(_("Put something into box {number}, leave it open, press Enter. ").format(number=number))

    def empty(self, number: int) -> None:
        """Ask."""
        input(_("Take it out, shut door {number}, press Enter. ").format(number=number))


def run(args: argparse.Namespace) -> int:
    """Learn, show, write."""
    from contextlib import closing

    from hardware.locks.cabinet import Cabinet
    from hardware.locks.learning import learn
    from kiosk.commands.lockeropen import NoCabinet
    from kiosk.ledger.instance import TillLock
    from kiosk.settings import load
    from kiosk.station.wiring import device

    settings = load(args.shop)
    chosen = settings.device("locks")
    if chosen is None:
        raise NoCabinet(_("shop.toml names no cabinet: [devices.locks] and [pickup] are wanted"))
    plain = {key: value for key, value in chosen.options.items() if key != "map"}
    cabinet = device(settings, replace(chosen, options=plain))
    assert isinstance(cabinet, Cabinet)  # noqa: S101  what the role `locks` makes
    with TillLock(settings.ledger), closing(cabinet):
        cabinet.open()
        places = [(box.board, box.channel) for _number, box in sorted(cabinet.boxes.boxes.items())]
        found = learn(cabinet.bus, places, Terminal())
    path = settings.folder / MAP_FILE
    _write(path, found)
    print(picture(found))
    print(_("In shop.toml:"), f"[devices.{chosen.name}]", f'map = "{path}"', sep="\n")
    return 0


def picture(found: BoxMap) -> str:
    """The map for people: each door with its board and lock."""
    cells = [f"{n:>3} = {box.board}/{box.channel:<3}" for n, box in sorted(found.boxes.items())]
    rows = [cells[at : at + COLUMNS] for at in range(0, len(cells), COLUMNS)]
    return "\n".join("  ".join(row).rstrip() for row in rows)


def _write(path: Path, found: BoxMap) -> None:
    """Put the map in place whole: half a map opens other people's boxes."""
    part = path.with_suffix(f".{os.getpid()}")
    with part.open("w", encoding="utf-8") as file:
        file.write(found.dump())
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
