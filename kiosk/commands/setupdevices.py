"""`kiosk setup devices`: walks through what is plugged in with a person, and writes shop.toml."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from kiosk.commands.questions import Asker, NoAnswer
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.fitting.draft import Draft
    from kiosk.fitting.person import Person

EPILOG = """\
examples:
  kiosk setup devices            everything that is plugged in or stands in shop.toml
  kiosk setup devices scanner    one device of shop.toml
  kiosk setup devices --yes      without questions: only what is certain is written down

Ctrl+C leaves at any time and changes nothing. The former file stays beside the new one as shop.toml.bak.
"""
CLEAR = "\x1b[2J\x1b[H"
MARK = "✚"


class UnknownDevice(LookupError):
    """No device of that name is in the settings."""


class TillRuns(RuntimeError):
    """The devices belong to a running till."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """The person at this terminal, or nobody."""

    present: bool

    def tell(self, words: str) -> None:
        """Print it."""
        print(words, flush=True)

    def choose(self, question: str, options: Sequence[str], usual: str) -> str:
        """Ask with the options in view."""
        words = f"{question} ({' / '.join(options)})"
        with _here():
            return Asker(quiet=not self.present).choice(words, None, usual, options)

    def write(self, question: str, usual: str) -> str:
        """Ask for a line."""
        with _here():
            return Asker(quiet=not self.present).text(question, None, usual, lambda _typed: None)

    def point(self, x: float, y: float, words: str) -> tuple[float, float]:
        """Draw the mark on an empty screen; the middle of its cell is where it is."""
        columns, rows = get_terminal_size()
        column, row = int(x * columns), int(y * rows)
        print(f"{CLEAR}{words}\x1b[{row + 1};{column + 1}H{MARK}\x1b[{rows};1H", end="", flush=True)
        return (column + 0.5) / columns, (row + 0.5) / rows

    def forget(self) -> None:
        """Empty the terminal's input; without a terminal there is none."""
        if sys.platform != "win32":
            import termios

            with suppress(termios.error, OSError, ValueError):
                termios.tcflush(sys.stdin, termios.TCIFLUSH)


@contextmanager
def _here() -> Iterator[None]:
    """Tell an input that has ended from an answer that cannot be used."""
    from kiosk.fitting.person import PersonLeft

    try:
        yield
    except NoAnswer as error:
        raise PersonLeft(str(error)) from error


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is looked at, and whether anybody is there."""
    parser.description = _(
        "Walk through the devices: each is looked at and tried, with what you see, scan, press and touch. At "
        "the end you are shown what would change in shop.toml; nothing is written before."
    )
    parser.epilog = EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=_("only these devices of shop.toml; else everything")
    )
    parser.add_argument(
        "--yes",
        action="store_true",
        help=_("ask nothing: write down what is certain, and leave out what takes hands"),
    )


def run(args: argparse.Namespace) -> int:
    """Walk, show what would change, and write it when it is agreed to; 130 when broken off."""
    from kiosk import i18n
    from kiosk.fitting.draft import Draft

    if not args.yes and not sys.stdin.isatty():
        words = _("kiosk setup devices asks questions and needs a terminal; with --yes it asks none.")
        print(words, file=sys.stderr)
        return 2
    draft = Draft(args.shop)
    i18n.set_language(draft.settings.language)
    i18n.set_locale(draft.settings.locale, draft.settings.timezone)
    _refuse(args.shop, draft, args.names)
    person = Terminal(present=not args.yes)
    try:
        return fit(draft, person, args.names)
    except KeyboardInterrupt:
        print("\n" + _("Broken off: nothing was written."))
        return 130


def fit(draft: Draft, person: Person, names: Sequence[str]) -> int:
    """Walk, show the difference, and write it."""
    from kiosk.fitting.found import connected, owner
    from kiosk.fitting.person import agrees
    from kiosk.fitting.walk import route, walk

    found = connected()
    if not found:
        person.tell(_("No printer, serial port or touch panel is plugged in here."))
    for thing in found:
        name = owner(thing, draft.settings) or _("new")
        person.tell(f"{name:<10} {thing.address} {thing.name}".rstrip())
    walk(draft, person, route(draft.settings, found, names))
    changes = draft.changes()
    if not changes:
        person.tell("\n" + _("Nothing is to be changed in shop.toml."))
        return 0
    person.tell("\n" + "\n".join((_("In shop.toml:"), *changes)))
    if not agrees(person, _("Write this?")):
        person.tell(_("Nothing was written."))
        return 0
    person.tell(_("Written; the former file is {backup}.").format(backup=draft.save()))
    return 0


def _refuse(folder: Path, draft: Draft, names: Sequence[str]) -> None:
    """Raise TillRuns or UnknownDevice before anything is opened."""
    from kiosk.doctor.shop import running_till

    if running_till(folder)[0]:
        raise TillRuns(_("A till is running on this shop and holds its devices: close it first."))
    known = [device.name for device in draft.settings.devices]
    for name in names:
        if name not in known:
            words = _("shop.toml has no device {name}; there are {names}")
            if not known:
                words = _("shop.toml has no device {name}, and no other: without names, all is looked for")
            raise UnknownDevice(words.format(name=name, names=", ".join(known)))
