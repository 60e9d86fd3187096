"""`kiosk journal`: is the journal as it was written, and what is in it?"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.checkout.matching import Stray
    from kiosk.ledger.connection import Ledger
    from kiosk.ledger.verify import Verdict

PAGE = 500
"""Rows read at a time while listing."""

_ROWS = (
    "SELECT seq, event_id, type, version, hlc, boot_id, boot_ms, wall_ms, clock_trusted, body, hash"
    " FROM journal JOIN boot ON boot.id = journal.boot WHERE seq >= ? ORDER BY seq LIMIT ?"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.description = _(
        "The journal has one row for everything that happened at the till. Each row carries a hash over\n"
        "itself and the row before, so a later change is evident, also of a sale that it tells of.\n"
        "It is not a certified fiscal device."
    )
    parser.epilog = "\n".join(
        (
            _("Examples:"),
            "  kiosk journal verify",
            "  kiosk journal verify --file /media/stick/ledger-A-20260101-0000123.db --json",
            "  kiosk journal show --from 100",
            "",
            _("Exit code: 0 as written, 1 a row is wrong or the ledger cannot be read, 2 wrong arguments."),
        )
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar=_("ACTION"))
    check = actions.add_parser("verify", help=_("check every row; name the first bad one"))
    show = actions.add_parser("show", help=_("list the rows"))
    show.add_argument(
        "--from",
        dest="first",
        type=_seq,
        default=1,
        metavar="N",
        help=_("begin with this row (1 is the first)"),
    )
    for action in (check, show):
        action.add_argument(
            "--file", type=Path, help=_("a ledger file or copy, instead of the shop's ledger")
        )
        action.add_argument(
            "--json", action="store_true", help=_("answer in JSON; `show` prints one row a line")
        )


def run(args: argparse.Namespace) -> int:
    """Verify or list; 1 when the first bad row was found."""
    from kiosk.ledger.connection import Ledger

    with Ledger.open(args.file or args.shop / "ledger.db", readonly=True) as ledger:
        if args.action == "verify":
            return _verify(ledger, args.json)
        for row in _rows(ledger, args.first):
            print(_as_json(row) if args.json else _as_line(row))
    return 0


def _verify(ledger: Ledger, as_json: bool) -> int:
    """Check and answer."""
    from kiosk.checkout.matching import first_stray
    from kiosk.ledger.verify import verify

    show = sys.stderr.isatty() and not as_json
    verdict = verify(ledger, _progress if show else None)
    stray = first_stray(ledger) if verdict.ok else None
    if show:
        print(file=sys.stderr)
    print(_verdict_json(verdict, stray) if as_json else _verdict_text(verdict, stray))
    return 0 if verdict.ok and stray is None else 1


def _verdict_json(verdict: Verdict, stray: Stray | None) -> str:
    """Answer a program."""
    return json.dumps(
        {
            "ok": verdict.ok and stray is None,
            "rows": verdict.rows,
            "first_bad": verdict.first_bad if stray is None else stray.seq,
            "fault": verdict.fault if stray is None else "sale",
            "reason": verdict.reason if stray is None else stray.reason,
            "head": verdict.head.hex(),
        },
        ensure_ascii=False,
    )


def _verdict_text(verdict: Verdict, stray: Stray | None) -> str:
    """Answer a person."""
    if stray is not None:
        text = _("Row {seq}: {reason}. The journal itself is as it was written: {rows} rows.")
        return text.format(seq=stray.seq, reason=stray.reason, rows=verdict.rows)
    if verdict.ok:
        text = _("The journal is as it was written: {rows} rows. Hash of the newest: {head}")
        return text.format(rows=verdict.rows, head=verdict.head.hex())
    text = _(
        "Row {seq} of the journal is wrong: {reason}. The {rows} rows before it are as they were written."
    )
    return text.format(seq=verdict.first_bad, reason=verdict.reason, rows=verdict.rows)


def _progress(done: int, total: int) -> None:
    """Rewrite one line on the terminal."""
    print(f"\r{done} / {total}", end="", file=sys.stderr, flush=True)


def _rows(ledger: Ledger, first: int) -> Iterator[tuple[Any, ...]]:
    """Read the rows page by page, so that a long journal needs little memory and no long read."""
    while page := ledger.rows(_ROWS, (first, PAGE)):
        yield from page
        first = page[-1][0] + 1


def _as_json(row: tuple[Any, ...]) -> str:
    """Return a row as it travels to a hub, with its hash."""
    from kiosk.ledger.hlc import id_text
    from kiosk.ledger.journal import envelope

    seq, event_id, kind, version, hlc, boot_id, boot_ms, wall_ms, trusted, body, digest = row
    identity = id_text(event_id)
    text = envelope(body, boot_ms, boot_id, hlc, identity, seq, trusted, kind, version, wall_ms)
    return f'{text[:-1]},"hash":"{digest.hex()}"}}'


def _as_line(row: tuple[Any, ...]) -> str:
    """Return a row for a person; signs that could play tricks on a terminal are spelt out."""
    seq, kind, wall_ms, trusted, body = row[0], row[2], row[7], row[8], row[9]
    at = datetime.fromtimestamp(wall_ms / 1000, UTC)
    doubt = "" if trusted else "?"
    plain = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in body)
    return f"{seq:>7}  {at:%Y-%m-%d %H:%M:%S}Z{doubt:1}  {kind:<20}  {plain}"


def _seq(text: str) -> int:
    """Read a row number."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) < 1 << 63):
        raise argparse.ArgumentTypeError(
            _("{text!r} is not a row number; rows count from 1").format(text=text)
        )
    return int(text)
