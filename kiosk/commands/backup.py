"""`kiosk backup`: a checked copy of the ledger while the till runs, or a copy brought back."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kiosk.i18n import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.description = _(
        "Copies the ledger to a file or folder, reads the copy back and checks every page and every\n"
        "journal row. The till may go on selling. Restoring a copy keeps the replaced ledger beside it and\n"
        "begins a new receipt series, because receipts printed since the copy are unknown to it."
    )
    parser.epilog = "\n".join(
        (
            _("Examples:"),
            "  kiosk backup /media/stick",
            "  kiosk backup ~/copies/monday.db --json",
            "  kiosk backup --restore /media/stick/ledger-A-20260101-0000123.db",
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
    ledger_path = args.shop / "ledger.db"
    show = sys.stderr.isatty() and not args.json
    answer = (
        _restore(args.restore, ledger_path, show) if args.restore else _backup(args.target, ledger_path, show)
    )
    if show:
        print(file=sys.stderr)
    print(json.dumps(answer, ensure_ascii=False) if args.json else _words(answer))
    return 0


def _backup(target: Path, ledger_path: Path, show: bool) -> dict[str, str | int | None]:
    """Make a copy."""
    from kiosk.ledger.backup import backup
    from kiosk.ledger.connection import Ledger

    with Ledger.open(ledger_path, readonly=True) as ledger:
        copy = backup(ledger, target, _progress if show else None)
    return {"copy": str(copy.path), "rows": copy.rows, "bytes": copy.size, "head": copy.head.hex()}


def _restore(source: Path, ledger_path: Path, show: bool) -> dict[str, str | int | None]:
    """Bring a copy back."""
    from kiosk.ledger.restore import restore

    done = restore(source, ledger_path, progress=_progress if show else None)
    kept = str(done.kept) if done.kept else None
    return {"restored": str(done.path), "rows": done.rows, "series": done.series, "kept": kept}


def _words(answer: dict[str, str | int | None]) -> str:
    """Tell a person what was done."""
    if "copy" in answer:
        return _("{copy}: {rows} journal rows, {bytes} bytes, read back and checked.").format(**answer)
    lines = [
        _(
            "{restored}: {rows} journal rows are back. New receipts are numbered {series}-000001 and on."
        ).format(**answer)
    ]
    if answer["kept"]:
        lines.append(_("The replaced ledger is kept as {kept}.").format(**answer))
    return "\n".join(lines)


def _progress(done: int, total: int) -> None:
    """Rewrite one line on the terminal."""
    print(f"\r{100 * done // max(total, 1)} %", end="", file=sys.stderr, flush=True)
