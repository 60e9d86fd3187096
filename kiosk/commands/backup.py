"""`kiosk backup`: a checked copy of the ledger while the till runs, or a copy brought back."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kiosk.i18n import _

LEDGER, POWER = "ledger.db", "power.db"
Answer = dict[str, str | int | None]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.description = _(
        "Copies the ledger to a file or folder, reads the copy back and checks every page and every\n"
        "journal row. The till may go on selling. Restoring a copy keeps the replaced ledger beside it and\n"
        "begins a new receipt series, because receipts printed since the copy are unknown to it."
    )
    parser.description += "\n" + _(
        "The record of the power is copied and restored with it, as NAME.power.db beside NAME.db; what is\n"
        "wrong with it is said, and keeps no ledger from being copied or restored."
    )
    parser.epilog = "\n".join(
        (
            _("Examples:"),
            "  kiosk backup /media/stick",
            "  kiosk backup ~/copies/monday.db --json",
            "  kiosk backup --restore /media/stick/ledger-A-20260101-0000123.db",
            "  kiosk backup --restore /media/stick/ledger-A-20260101-0000123.power.db",
            "",
            _("Exit code: 0 done and checked, 1 not done (nothing is lost), 2 wrong arguments."),
        )
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("target", nargs="?", type=Path, metavar="TARGET", help=_("file or folder to copy to"))
    what.add_argument("--restore", type=Path, metavar="FILE", help=_("bring this copy back into the shop"))
    parser.add_argument("--json", action="store_true", help=_("answer in JSON"))


def run(args: argparse.Namespace) -> int:
    """Copy or restore and say what was done."""
    show = sys.stderr.isatty() and not args.json
    answer = (
        _restore(args.restore, args.shop, show) if args.restore else _backup(args.target, args.shop, show)
    )
    if show:
        print(file=sys.stderr)
    print(json.dumps(answer, ensure_ascii=False) if args.json else _words(answer))
    if answer["power_problem"] and not args.json:
        print(answer["power_problem"], file=sys.stderr)
    return 0


def _backup(target: Path, shop: Path, show: bool) -> Answer:
    """Make a copy of the ledger, and then of the record of the power."""
    from kiosk.energy.powercopy import PowerNotCopied, copy_beside
    from kiosk.ledger.backup import backup
    from kiosk.ledger.connection import Ledger

    progress = _progress if show else None
    with Ledger.open(shop / LEDGER, readonly=True) as ledger:
        copy = backup(ledger, target, progress)
    power, problem = None, None
    try:
        power = copy_beside(shop, copy.path, progress)
    except PowerNotCopied as error:
        problem = str(error)
    return {
        "copy": str(copy.path), "rows": copy.rows, "bytes": copy.size, "head": copy.head.hex(),
        "power": str(power) if power else None, "power_problem": problem,
    }  # fmt: skip


def _restore(source: Path, shop: Path, show: bool) -> Answer:
    """Bring a copy of the ledger back, and the record beside it; or a copy of the record alone."""
    from kiosk.energy.powercopy import PowerNotRestored, beside, bring_back, is_copy
    from kiosk.ledger.restore import restore

    progress = _progress if show else None
    if is_copy(source):
        return {
            "power": str(shop / POWER),
            "power_kept": _text(bring_back(source, shop, progress)),
            "power_problem": None,
        }
    done = restore(source, shop / LEDGER, progress=progress)
    answer: Answer = {
        "restored": str(done.path), "rows": done.rows, "series": done.series, "kept": _text(done.kept),
        "power": None, "power_kept": None, "power_problem": None,
    }  # fmt: skip
    if (copy := beside(source)).exists():
        try:
            answer |= {"power_kept": _text(bring_back(copy, shop, progress)), "power": str(shop / POWER)}
        except PowerNotRestored as error:
            answer["power_problem"] = str(error)
    return answer


def _text(kept: Path | None) -> str | None:
    return str(kept) if kept else None


def _words(answer: Answer) -> str:
    """Tell a person what was done."""
    said = {
        "copy": _("{copy}: {rows} journal rows, {bytes} bytes, read back and checked."),
        "restored": _(
            "{restored}: {rows} journal rows are back. New receipts are numbered {series}-000001 and on."
        ),
        "kept": _("The replaced ledger is kept as {kept}."),
        "power": _("{power}: the record of the power, read back and checked."),
        "power_kept": _("The replaced record is kept as {power_kept}."),
    }
    return "\n".join(words.format(**answer) for key, words in said.items() if answer.get(key))


def _progress(done: int, total: int) -> None:
    """Rewrite one line on the terminal."""
    print(f"\r{100 * done // max(total, 1)} %", end="", file=sys.stderr, flush=True)
