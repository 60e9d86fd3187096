"""`kiosk export`: writes the day, the journal, the catalogue and the power to a folder or a USB stick."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.dates import business_date
from kiosk.i18n import _, ngettext

if TYPE_CHECKING:
    from kiosk.export.books import Written
    from kiosk.ledger.connection import Ledger

WHAT = ("day", "journal", "catalogue", "power")
USUAL = WHAT[:3]
"""Unless something is asked for; with the power where it was ever measured."""
POWER = "power.db"
EPILOG = """\
examples:
  kiosk export --usb                   the newest day, the journal and the catalogue to the USB stick
  kiosk export ~/books                 the same to a folder
  kiosk export ~/books day --day 2026-11-21
  kiosk export ~/books day --from 2026-11-01 --to 2026-11-30
  kiosk export ~/books power           watts by the minute, the newest samples, demonstrations, parts
  kiosk export ~/books catalogue       products.csv can be edited and brought back by `kiosk catalogue import`

The files go into a folder of their own, barrow-SERIES. Each is complete or not there; exporting again
replaces it. CSV is for spreadsheets, JSON for programs; amounts are plain decimals.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where to and what."""
    parser.description = _(
        "Write the books as plain files: for the tax adviser, a spreadsheet or another program."
    )
    parser.epilog = EPILOG
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help=_("where to write"))
    parser.add_argument(
        "what", nargs="*", metavar="WHAT", help=_("day, journal, catalogue, power (default: all)")
    )
    parser.add_argument("--usb", action="store_true", help=_("find the USB stick and write there"))
    parser.add_argument(
        "--day", type=business_date, metavar="DATE", help=_("a business date (default: the newest)")
    )
    parser.add_argument(
        "--from", dest="first", type=business_date, metavar="DATE", help=_("the first of several dates")
    )
    parser.add_argument(
        "--to", dest="last", type=business_date, metavar="DATE", help=_("the last of several dates")
    )
    parser.add_argument("--json", action="store_true", help=_("answer in JSON"))


class BadExport(ValueError):
    """The command line asks for nothing that can be exported; nothing was written."""


def run(args: argparse.Namespace) -> int:
    """Write the files and say what was written."""
    from kiosk.ledger.connection import Ledger

    target, what = _place(args)
    ledger = Ledger.open(args.shop / "ledger.db", readonly=True)
    try:
        days = _days(ledger, args) if {"day", "power"} & set(what) else None
        folder = target / f"barrow-{ledger.series}"
        folder.mkdir(parents=True, exist_ok=True)
        done = [file for name in what for file in _export(ledger, folder, name, days, args.shop)]
    finally:
        ledger.close()
    _answer(folder, done, args.json)
    return 0


def _place(args: argparse.Namespace) -> tuple[Path, tuple[str, ...]]:
    """Return where to write and what; with `--usb` the first word is not a folder."""
    named = [str(args.folder)] if args.folder and args.usb else []
    what = tuple(named + args.what) or (WHAT if (args.shop / POWER).is_file() else USUAL)
    for name in what:
        if name not in WHAT:
            raise BadExport(_("{name}: one of {options}").format(name=name, options=", ".join(WHAT)))
    if args.usb:
        from kiosk.export.media import stick

        return stick(), what
    if args.folder is None:
        raise BadExport(_("Name a folder to write to, or say --usb."))
    return _there(args.folder.expanduser()), what


def _there(folder: Path) -> Path:
    """Return a folder that is there, or can be made in one that is: a slip in its name makes no new tree."""
    from kiosk.ledger.sticks import is_unplugged

    if is_unplugged(folder):
        raise BadExport(_("Nothing is plugged in at {folder}; nothing was written.").format(folder=folder))
    if not folder.is_dir() and (folder.exists() or not folder.parent.is_dir()):
        raise BadExport(_("There is no folder {folder}; nothing was written.").format(folder=folder))
    return folder


def _days(ledger: Ledger, args: argparse.Namespace) -> tuple[str, str] | None:
    """Return the first and the last business date to write; None before the first shift.

    Dates somebody asked for are refused when no shift has any of them.
    """
    from kiosk.export.tables import has_shift, newest_day

    newest = newest_day(ledger)
    if not (args.first or args.day or args.last):
        return None if newest is None else (newest, newest)
    last = args.last or args.day or newest or args.first
    first = args.first or args.day or last
    if first > last:
        raise BadExport(_("{first} is after {last}; nothing was written.").format(first=first, last=last))
    if not has_shift(ledger, first, last):
        raise BadExport(_("There was no shift on these days; nothing was written."))
    return first, last


def _export(
    ledger: Ledger, folder: Path, what: str, days: tuple[str, str] | None, shop: Path
) -> list[Written]:
    """Write one of the four."""
    from kiosk.export import books

    if what == "power":
        from kiosk.export.power import export_power
        from kiosk.settings import FILE, load

        zone = load(shop).zone if (shop / FILE).exists() else None
        return export_power(ledger, folder, days, zone)
    if what == "journal":
        return books.export_journal(ledger, folder)
    if what == "catalogue":
        return books.export_catalogue(ledger, folder)
    return books.export_days(ledger, folder, *days) if days else []


def _answer(folder: Path, done: list[Written], as_json: bool) -> None:
    """Say what was written."""
    if as_json:
        listed = [{"file": str(file.path), "rows": file.rows, "bytes": file.size} for file in done]
        print(json.dumps({"folder": str(folder), "files": listed}, ensure_ascii=False))
        return
    for file in done:
        rows = ngettext("{n} row", "{n} rows", file.rows).format(n=file.rows)
        print(f"{file.path.name:<40} {rows:>16} {file.size / 1024:>10.1f} KiB")
    total = sum(file.size for file in done) / 1024
    words = ngettext("{n} file, {size} KiB, in {folder}", "{n} files, {size} KiB, in {folder}", len(done))
    print(words.format(n=len(done), size=f"{total:.1f}", folder=folder))
