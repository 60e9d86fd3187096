"""`kiosk setup lockers`: goes through a cabinet lock by lock with a person, and writes down its map."""

from __future__ import annotations

import argparse
import os
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hardware.locks.boxes import BoxMap
    from hardware.locks.learning import Place
    from kiosk.fitting.draft import Draft
    from kiosk.fitting.person import Person
    from kiosk.settings import DeviceSettings, Settings

EPILOG = """\
example:
  kiosk setup lockers            opens lock by lock, asks which door that was, writes the cabinet's map

Needs [devices.locks] in shop.toml, the till closed, and somebody at the doors. Each lock is pulsed once, or
again when you say so; what was learned of doors, contacts and item sensors is shown at the end and written
when you agree. Ctrl+C leaves at any time and changes nothing.
Exit status: 0 written; 1 no map; 130 broken off.
"""
MAP_FILE = "lockers.json"
COLUMNS = 4
MOST_BOXES = 480


@dataclass(slots=True)
class AtTheDoors:
    """Whoever stands at the doors and answers here."""

    person: Person
    places: list[Place]
    """Every lock, in turn."""

    def shut_all(self) -> None:
        """Say what comes, and have every door shut."""
        words = _("{n} locks are opened one after the other; each takes half a minute.")
        self.person.tell(words.format(n=len(self.places)))
        self._enter(_("Shut every door; every box is empty. Then press Enter. "))
        self.person.tell(_("The coils rest for a quarter of a minute first."))

    def which_opened(self, place: Place) -> int:
        """Ask for the number on the door; what is no number is asked again."""
        words = _(
            "{n} of {count}, lock {channel} of board {board}: which door opened? Its number, 0 if none."
        )
        at, count = self.places.index(place) + 1, len(self.places)
        question = words.format(channel=place[1], board=place[0], n=at, count=count)
        while True:
            answer = self.person.write(question, "0")
            if re.fullmatch("[0-9]{1,3}", answer) and int(answer) <= MOST_BOXES:
                return int(answer)
            self.person.tell(_("a whole number from {low} to {high}").format(low=0, high=MOST_BOXES))

    def fill(self, number: int) -> None:
        """Ask."""
        self._enter(_("Put something into box {number}, leave it open, press Enter. ").format(number=number))

    def empty(self, number: int) -> None:
        """Ask."""
        self._enter(_("Take it out, shut door {number}, press Enter. ").format(number=number))

    def again(self, _place: Place, reason: str) -> bool:
        """Say why not, and ask."""
        from kiosk.fitting.person import agrees
        from kiosk.station.reasons import words

        self.person.tell(words(reason))
        return agrees(self.person, _("Shut every door. Try this lock again?"))

    def _enter(self, words: str) -> None:
        from kiosk.fitting.person import PersonLeft

        try:
            input(words)
        except EOFError as error:
            raise PersonLeft(_("The input ended; nothing was written.")) from error


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = _("Go through a cabinet lock by lock: doors, contacts and sensors are learned.")
    parser.epilog = EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter


def is_terminal() -> bool:
    """Whether anybody can be asked."""
    return sys.stdin.isatty()


def run(args: argparse.Namespace) -> int:
    """Learn, show, write; 130 when broken off."""
    from kiosk import i18n
    from kiosk.commands.lockeropen import NoCabinet
    from kiosk.commands.setupdevices import Terminal
    from kiosk.fitting.draft import Draft

    if not is_terminal():
        print(_("kiosk setup lockers asks questions and needs a terminal."), file=sys.stderr)
        return 2
    draft = Draft(args.shop)
    settings = replace(draft.settings, folder=args.shop)
    i18n.set_language(settings.language)
    chosen = settings.device("locks")
    if chosen is None:
        raise NoCabinet(_("shop.toml names no cabinet: [devices.locks] and [pickup] are wanted"))
    try:
        return fit(draft, settings, chosen, Terminal(present=True))
    except KeyboardInterrupt:
        print("\n" + _("Broken off: nothing was written."))
        return 130


def fit(draft: Draft, settings: Settings, chosen: DeviceSettings, person: Person) -> int:
    """Learn with a person, show them the map, and write it where they agree."""
    from kiosk.fitting.person import agrees

    found = _learned(settings, chosen, person)
    person.tell(picture(found))
    for words in _strange(found, settings):
        person.tell(words)
    path = (settings.folder / MAP_FILE).resolve()
    draft.put(f"devices.{chosen.name}", {"map": str(path)})
    if changes := draft.changes():
        person.tell("\n".join((_("In shop.toml:"), *changes)))
    if not agrees(person, _("Write this?")):
        person.tell(_("Nothing was written."))
        return 1
    _write(path, found)
    if changes:
        person.tell(_("Written; the former file is {backup}.").format(backup=draft.save()))
    return 0


def _learned(settings: Settings, chosen: DeviceSettings, person: Person) -> BoxMap:
    """Go through the cabinet as its settings describe it, whatever map there was."""
    from contextlib import closing

    from hardware.locks.cabinet import Cabinet
    from hardware.locks.learning import learn
    from kiosk.ledger.instance import TillLock
    from kiosk.station.wiring import device

    plain = {key: value for key, value in chosen.options.items() if key != "map"}
    cabinet = device(settings, replace(chosen, options=plain))
    assert isinstance(cabinet, Cabinet)  # noqa: S101  what the role `locks` makes
    with TillLock(settings.ledger), closing(cabinet):
        cabinet.open()
        places = [(box.board, box.channel) for _number, box in sorted(cabinet.boxes.boxes.items())]
        return learn(cabinet.bus, places, AtTheDoors(person, places))


def _strange(found: BoxMap, settings: Settings) -> Iterable[str]:
    """Where the cabinet is not what the shop's settings say."""
    named = (
        {number for number, _size, _low in settings.pickup.boxes} if settings.pickup is not None else set()
    )
    if extra := sorted(found.boxes.keys() - named):
        yield _("Not in [pickup] boxes, so never used: {boxes}").format(boxes=", ".join(map(str, extra)))
    if missing := sorted(named - found.boxes.keys()):
        yield _("In [pickup] boxes, and there is no such door: {boxes}").format(
            boxes=", ".join(map(str, missing))
        )
    without = sorted(box.number for box in found.boxes.values() if box.item_level is None)
    if without:
        yield _("Without an item sensor, so people are asked: {boxes}").format(
            boxes=", ".join(map(str, without))
        )


def picture(found: BoxMap) -> str:
    """The map for people: each door with its board and lock."""
    cells = [f"{n:>3} = {box.board}/{box.channel:<3}" for n, box in sorted(found.boxes.items())]
    rows = [cells[at : at + COLUMNS] for at in range(0, len(cells), COLUMNS)]
    return "\n".join("  ".join(row).rstrip() for row in rows)


def _write(path: Path, found: BoxMap) -> None:
    """Put the map in place whole: half a map opens other people's boxes."""
    from kiosk.ledger.storage import publish

    part = path.with_suffix(f".{os.getpid()}")
    part.write_text(found.dump(), encoding="utf-8")
    publish(part, path)
