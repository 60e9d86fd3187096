"""`kiosk export`: writes the day, the journal and the catalogue to a folder or a USB stick."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.i18n import _, ngettext

if TYPE_CHECKING:
    from kiosk.export.books import Written
    from kiosk.ledger.connection import Ledger

WHAT = ("day", "journal", "catalogue")
EPILOG = """\
examples:
  kiosk export --usb                   the newest day, the journal and the catalogue to the USB stick
  kiosk export ~/books                 the same to a folder
  kiosk export ~/books day --day 2026-11-21
  kiosk export ~/books day --from 2026-11-01 --to 2026-11-30
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
        "what", nargs="*", metavar="WHAT", help=_("day, journal, catalogue (default: all three)")
    )
    parser.add_argument("--usb", action="store_true", help=_("find the USB stick and write there"))
    parser.add_argument("--day", type=_date, metavar="DATE", help=_("a business date (default: the newest)"))
    parser.add_argument(
        "--from", dest="first", type=_date, metavar="DATE", help=_("the first of several dates")
    )
    parser.add_argument("--to", dest="last", type=_date, metavar="DATE", help=_("the last of several dates"))
    parser.add_argument("--json", action="store_true", help=_("answer in JSON"))


def _date(text: str) -> str:
    """Read a business date from the command line."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        raise argparse.ArgumentTypeError(_("a date is written 2026-11-23"))
    return text


class BadExport(ValueError):
    """The command line asks for nothing that can be exported; nothing was written."""


def run(args: argparse.Namespace) -> int:
    """Write the files and say what was written."""
    from kiosk.ledger.connection import Ledger

    target, what = _place(args)
    ledger = Ledger.open(args.shop / "ledger.db", readonly=True)
    try:
        folder = target / f"barrow-{ledger.series}"
        folder.mkdir(parents=True, exist_ok=True)
        done = [file for name in what for file in _export(ledger, folder, name, args)]
    finally:
        ledger.close()
    _answer(folder, done, args.json)
    return 0


def _place(args: argparse.Namespace) -> tuple[Path, tuple[str, ...]]:
    """Return where to write and what; with `--usb` the first word is not a folder."""
    named = [str(args.folder)] if args.folder and args.usb else []
    what = tuple(named + args.what) or WHAT
    for name in what:
        if name not in WHAT:
            raise BadExport(_("{name}: one of {options}").format(name=name, options=", ".join(WHAT)))
    if args.usb:
        from kiosk.export.media import stick

        return stick(), what
    if args.folder is None:
        raise BadExport(_("Name a folder to write to, or say --usb."))
    return args.folder.expanduser(), what


def _export(ledger: Ledger, folder: Path, what: str, args: argparse.Namespace) -> list[Written]:
    """Write one of the three."""
    from kiosk.export import books
    from kiosk.export.tables import newest_day

    if what == "journal":
        return books.export_journal(ledger, folder)
    if what == "catalogue":
        return books.export_catalogue(ledger, folder)
    newest = newest_day(ledger)
    if newest is None:
        return []
    last = args.last or args.day or newest
    return books.export_days(ledger, folder, args.first or args.day or last, last)


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
