"""`kiosk backup`: a checked copy of the ledger while the till runs, or a copy brought back."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

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
        "The record of the power and shop.toml are copied with it, as NAME.power.db and NAME.shop.toml\n"
        "beside NAME.db, and come back with it; shop.toml only where there is none. What is wrong with them\n"
        "is said, and keeps no ledger from being copied. The secret behind pickup codes is never copied."
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
    for name in ("settings_problem", "power_problem"):
        if answer.get(name) and not args.json:
            print(answer[name], file=sys.stderr)
    return 0


def _backup(target: Path, shop: Path, show: bool) -> Answer:
    """Make a copy of the ledger, then of what stands beside it."""
    from kiosk.energy import powercopy
    from kiosk.ledger.backup import backup
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import copies

    progress = _progress if show else None
    with Ledger.open(shop / LEDGER, readonly=True) as ledger:
        copy = backup(ledger, target, progress)
    answer: Answer = {
        "copy": str(copy.path), "rows": copy.rows, "bytes": copy.size, "head": copy.head.hex(),
    }  # fmt: skip
    answer |= _tried("settings", lambda: copies.copy_beside(shop, copy.path))
    return answer | _tried("power", lambda: powercopy.copy_beside(shop, copy.path, progress))


def _restore(source: Path, shop: Path, show: bool) -> Answer:
    """Bring a copy of the ledger back, and what stands beside it; or a copy of the record alone."""
    from kiosk.energy import powercopy
    from kiosk.ledger.restore import restore
    from kiosk.settings import copies

    progress = _progress if show else None
    if powercopy.is_copy(source):
        kept = powercopy.bring_back(source, shop, progress)
        return {"power": str(shop / POWER), "power_kept": _text(kept)}
    done = restore(source, shop / LEDGER, progress=progress)
    answer: Answer = {
        "restored": str(done.path), "rows": done.rows, "series": done.series, "kept": _text(done.kept),
    }  # fmt: skip
    answer |= _tried("settings", lambda: copies.bring_back(source, shop))
    answer |= {"power": None, "power_kept": None, "power_problem": None}
    if (copy := powercopy.beside(source)).exists():
        brought = _tried("power_kept", lambda: powercopy.bring_back(copy, shop, progress))
        problem = brought["power_kept_problem"]
        answer |= {"power_kept": brought["power_kept"], "power_problem": problem}
        answer["power"] = None if problem else str(shop / POWER)
    return answer


def _tried(name: str, copy: Callable[[], Path | None]) -> Answer:
    """Where a file beside the ledger was copied to, or what was wrong with it: the ledger is safe by then."""
    try:
        return {name: _text(copy()), f"{name}_problem": None}
    except OSError as error:
        return {name: None, f"{name}_problem": str(error)}


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
        "settings": _("{settings}: the settings."),
        "power": _("{power}: the record of the power, read back and checked."),
        "power_kept": _("The replaced record is kept as {power_kept}."),
    }
    return "\n".join(words.format(**answer) for key, words in said.items() if answer.get(key))


def _progress(done: int, total: int) -> None:
    """Rewrite one line on the terminal."""
    print(f"\r{100 * done // max(total, 1)} %", end="", file=sys.stderr, flush=True)
