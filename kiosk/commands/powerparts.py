"""`kiosk power components`: the register of packs, inverters, panels and outlets; test and swap."""

from __future__ import annotations

import argparse
import json
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk import i18n
from kiosk.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.energy.ageing import Aged
    from kiosk.energy.components import Act
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings

EXAMPLES = """
  kiosk power components add PACK-1 --kind pack --ah 48 --wh 614 --in-use --by Sam
  kiosk power components add PLUG-1 --kind outlet --at blender --by Sam
  kiosk power components test PACK-1 --wh 431 --milliohm 41 --by Mia --note "at the hub"
  kiosk power components swap PACK-1 PACK-2 --by Mia --note "gives too little"
  kiosk power components list --json
  kiosk power components history PACK-1"""
KINDS = ("pack", "inverter", "panel", "outlet")


class BadFigure(ValueError):
    """A figure on the command line that no part can have."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare `list`, `add`, `test`, `swap` and `history`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = _("The parts of the power kit by the id on their stickers.")
    parser.epilog = _("Examples:") + EXAMPLES
    parts = parser.add_subparsers(dest="what", metavar="list|add|test|swap|history")
    parts.add_parser("list", help=_("how every part is, and what is due to be swapped"))
    adding = parts.add_parser("add", help=_("give a part an id"))
    adding.add_argument("id", metavar="ID", help=_("as it is written on the part"))
    adding.add_argument("--kind", choices=KINDS, required=True, help=_("what it is"))
    adding.add_argument("--in-use", action="store_true", help=_("it is in use from now on (else: a spare)"))
    adding.add_argument("--at", default="", metavar="OUTLET", help=_("of an outlet in use: its device"))
    adding.add_argument("--ah", metavar="AH", help=_("as on a pack's label"))
    adding.add_argument("--watts", metavar="W", help=_("as on its label"))
    testing = parts.add_parser("test", help=_("write down what a test measured"))
    testing.add_argument("id", metavar="ID", help=_("as it is written on the part"))
    testing.add_argument("--ah", metavar="AH", help=_("from full to the cut-off"))
    testing.add_argument("--idle-w", metavar="W", help=_("what it takes when nothing hangs on it"))
    testing.add_argument("--cycles", metavar="N", help=_("charge cycles so far"))
    swapping = parts.add_parser("swap", help=_("take one part out and put another in"))
    swapping.add_argument("out", metavar="OUT", help=_("the part that goes"))
    swapping.add_argument("back", metavar="IN", help=_("the part that comes"))
    swapping.add_argument("--retire", action="store_true", help=_("the part taken out is done with"))
    told = parts.add_parser("history", help=_("what was done with a part, and how it aged"))
    told.add_argument("id", metavar="ID", help=_("as it is written on the part"))
    for part in (adding, testing):
        part.add_argument(
            "--wh", metavar="WH", help=_("watt hours: on the label, or from full to the cut-off")
        )
        part.add_argument("--milliohm", metavar="MOHM", help=_("resistance: when new, or as measured"))
    for part in (adding, testing, swapping):
        part.add_argument("--by", required=True, metavar="NAME", help=_("who does it"))
        part.add_argument("--note", default="", help=_("why, or where; it is kept"))
    parser.add_argument("--json", action="store_true", help=_("print the answer as JSON"))
    for part in parts.choices.values():
        words, unsaid = _("print the answer as JSON"), argparse.SUPPRESS
        part.add_argument("--json", action="store_true", default=unsaid, help=words)


def run(args: argparse.Namespace) -> int:
    """Do what was asked; what cannot be done ends with exit code 2 and changes nothing."""
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import FILE, load

    settings = load(args.shop) if (args.shop / FILE).exists() else None
    if settings is not None:
        i18n.set_locale(settings.locale, settings.timezone)
    changes = args.what in {"add", "test", "swap"}
    with Ledger.open(args.shop / "ledger.db", readonly=not changes) as ledger:
        if changes:
            _change(ledger, args)
        if args.what == "history":
            _history(ledger, args)
        else:
            _list(ledger, settings, args)
    return 0


def _change(ledger: Ledger, args: argparse.Namespace) -> None:
    """Add, test or swap."""
    from kiosk.checkout.people import person_named
    from kiosk.energy import components
    from kiosk.energy.components import Component, Measured

    person = person_named(ledger, args.by)
    if args.what == "swap":
        components.swap(ledger, args.out, args.back, person, args.note, retire=args.retire)
        return
    mah, mwh = _thousandths("--ah", args.ah), _thousandths("--wh", args.wh)
    uohm = _thousandths("--milliohm", args.milliohm)
    if args.what == "add":
        state: components.State = "used" if args.in_use or args.at else "spare"
        watts = _thousandths("--watts", args.watts)
        part = Component(args.id, args.kind, state, args.at, mah, mwh, watts, uohm)
        components.add(ledger, part, person, args.note)
        return
    idle, cycles = _thousandths("--idle-w", args.idle_w), _thousandths("--cycles", args.cycles)
    measured = Measured(mwh, mah, uohm, idle, None if cycles is None else cycles // 1000)
    components.test(ledger, args.id, measured, person, args.note)


def _thousandths(name: str, text: str | None) -> int | None:
    """Return a plain decimal as thousandths; None where it was not given."""
    from kiosk.checkout.money import AmountError, parse_quantity

    if text is None:
        return None
    try:
        return parse_quantity(text)
    except AmountError as error:
        raise BadFigure(f"{name}: {error}") from error


def _aged(ledger: Ledger, settings: Settings | None, folder: Path) -> tuple[Aged, ...]:
    """Return how every part is."""
    from kiosk.energy.ageing import aged
    from kiosk.energy.powerbook import PowerBook

    label_ah = None if settings is None or settings.power is None else settings.power.stall.pack.nameplate_ah
    with PowerBook.of(folder) or nullcontext() as book:
        return aged(ledger, book, label_ah)


def _list(ledger: Ledger, settings: Settings | None, args: argparse.Namespace) -> None:
    """Print every part, what is due to be swapped in words."""
    from kiosk.energy.ageing import as_json, lines_of

    parts = _aged(ledger, settings, args.shop)
    if args.json:
        print(json.dumps([as_json(one) for one in parts], ensure_ascii=False))
        return
    if not parts:
        print(_("no part has an id yet: `kiosk power components add --help`"))
    widest = max((len(one.part.id) for one in parts), default=0)
    for one in parts:
        print(f"{one.part.id:<{widest}}  {' · '.join(lines_of(one))}")


def _history(ledger: Ledger, args: argparse.Namespace) -> None:
    """Print what was done with a part and what was learned of it, oldest first."""
    from kiosk.energy import components
    from kiosk.energy.ageing import act_words, figure_words
    from kiosk.energy.powerbook import PowerBook

    part = components.one(ledger, args.id)
    acts = components.acts(ledger, part.id)
    with PowerBook.of(args.shop) or nullcontext() as book:
        days = [] if book is None else book.figures(part.id)
    if args.json:
        learned = [
            {"day": datetime.fromtimestamp(wall_s, UTC).date().isoformat(), "usable_ah": one.usable_ah,
             "ohm": one.ohm, "idle_w": one.idle_w, "cycles": one.cycles}
            for wall_s, one in days
        ]  # fmt: skip
        print(json.dumps({"id": part.id, "acts": [_act_json(act) for act in acts], "learned": learned}))
        return
    rows = [(act.wall_ms, f"{act_words(act)}  {act.person}  {act.note}".rstrip()) for act in acts]
    rows += [(wall_s * 1000, words) for wall_s, one in days if (words := figure_words(one))]
    for wall_ms, words in sorted(rows, key=lambda row: row[0]):
        print(f"{i18n.date(wall_ms)} {i18n.time(wall_ms)}  {words}")


def _act_json(act: Act) -> dict[str, object]:
    """Return something done with a part as JSON, in the units people use."""
    from kiosk.energy.ageing import measured_json

    at = datetime.fromtimestamp(act.wall_ms / 1000, UTC).isoformat(timespec="seconds")
    return {"time": at, "clock_trusted": act.clock_trusted, "what": act.what, "by": act.person,
            "note": act.note, **measured_json(act.measured)}  # fmt: skip
