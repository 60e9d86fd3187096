"""`kiosk token`: make the signed codes of pickup, and say what one says or why it does not count."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.pickup.tokens import Keys, Label, Token

EPILOG = """\
examples:
  kiosk token key shop.key                              make the shop's signing key; prints its public half
  kiosk token make --hub 7 --order 4f52444552303031 --purpose pickup --hours 72 --key shop.key
  kiosk token make --hub 7 --order 4f52444552303031 --purpose deposit --size M --code 48210934 --key shop.key
  kiosk token make --hub 7 --order 4f52444552303031 --secret pickup.secret    a hub's own, shorter
  kiosk token check 'BRW:...' --hub 7 --public 0=3b6a27bc...   --secret pickup.secret

`make` prints {"token", "bytes", "order", "expiry"}; with --size and --code it is a bag's label. `check` says
{"valid", "kind", "hub", "order", "purpose", "generation", "not_before", "expiry", "size"}; what counts for
nothing is refused with exit code 2 and the reason. Times are Unix seconds.
"""
LATEST_S = 2**32 - 10_000 * 3600
"""A token has 32 bits for a moment; until here the longest life still fits."""
PURPOSES = ("pickup", "return", "deposit", "staff")


class BadAsk(ValueError):
    """The options do not make a token."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = _("Make or check the signed codes of click-to-collect.")
    parser.epilog = EPILOG
    parts = parser.add_subparsers(dest="action", required=True, metavar="key|make|check")
    key = parts.add_parser("key", help=_("make a signing key"))
    key.add_argument("file", type=Path, help=_("where to write it; nobody else may read it"))
    make = parts.add_parser("make", help=_("make a token or a bag's label"))
    make.add_argument("--hub", type=int, required=True, help=_("the hub's number"))
    make.add_argument("--order", help=_("16 hex digits; one is made if left out"))
    make.add_argument("--purpose", choices=PURPOSES, default="pickup", help=_("what it opens a box for"))
    make.add_argument("--generation", type=int, default=0, help=_("one more when it replaces a lost one"))
    make.add_argument("--hours", type=float, default=72.0, help=_("until it expires; 0: never"))
    make.add_argument("--key-id", type=int, default=0, help=_("by which the hub knows the key"))
    make.add_argument("--key", type=Path, help=_("sign with this key, as the shop does"))
    make.add_argument("--secret", type=Path, help=_("seal with this secret, as a hub does for its customers"))
    make.add_argument("--size", help=_("a label: the box it needs, S, M, L or XL"))
    make.add_argument("--code", help=_("a label: the customer's eight digits"))
    check = parts.add_parser("check", help=_("say what a token says"))
    check.add_argument("token", help=_("as it was scanned"))
    check.add_argument("--hub", type=int, required=True, help=_("the hub's number"))
    check.add_argument(
        "--public", action="append", default=[], metavar="ID=HEX", help=_("a shop's key; may be repeated")
    )
    check.add_argument("--secret", type=Path, help=_("the hub's own secret"))
    check.add_argument(
        "--untrusted-clock", action="store_true", help=_("this machine's time was not confirmed")
    )
    for part in (make, check):
        part.add_argument("--now", type=int, default=None, metavar="SECONDS", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Print the answer as JSON."""
    actions = {"key": _key, "make": _make, "check": _check}
    print(json.dumps(actions[args.action](args)))
    return 0


def _key(args: argparse.Namespace) -> dict[str, object]:
    """Make a key, for its owner only; one that is there is not overwritten."""
    from kiosk.pickup.tokens import public_key

    seed = secrets.token_bytes(32)
    descriptor = os.open(args.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="ascii") as file:
        file.write(seed.hex() + "\n")
    return {"file": str(args.file), "public": public_key(seed).hex()}


def _make(args: argparse.Namespace) -> dict[str, object]:
    """Make a token or a label."""
    from kiosk.pickup import tokens

    now = int(time.time()) if args.now is None else args.now
    token = _token(args, now)
    if (args.key is None) == (args.secret is None):
        raise BadAsk(_("either --key or --secret is wanted"))
    if args.size is not None or args.code is not None:
        text = tokens.sign_label(_label(args, token), _seed(args.key))
    elif args.key is not None:
        text = tokens.sign(token, _seed(args.key))
    else:
        text = tokens.seal(token, _secret(args.secret))
    return {"token": text, "bytes": len(text), "order": token.order.hex(), "expiry": token.expiry or None}


def _token(args: argparse.Namespace, now: int) -> Token:
    """The fields of a token; BadAsk for what fits none."""
    from kiosk.pickup.tokens import Purpose, Token

    order = args.order or secrets.token_hex(8)
    wrong = [
        words
        for words, bad in (
            (_("--hub: 0 to 65535"), not 0 <= args.hub <= 65535),
            (_("--order: 16 hex digits"), not _is_hex(order, 8)),
            (_("--generation: 0 to 255"), not 0 <= args.generation <= 255),
            (_("--key-id: 0 to 255"), not 0 <= args.key_id <= 255),
            (_("--hours: 0 to 9999"), not 0 <= args.hours <= 9999),
            (_("the clock is beyond what a token can say"), not 0 <= now <= LATEST_S),
        )
        if bad
    ]
    if wrong:
        raise BadAsk("\n".join(wrong))
    expiry = now + int(args.hours * 3600) if args.hours else 0
    purpose = Purpose[args.purpose.upper()]
    return Token(args.hub, bytes.fromhex(order), now, expiry, purpose, args.generation, args.key_id)


def _label(args: argparse.Namespace, token: Token) -> Label:
    """A bag's label."""
    from kiosk.pickup import codes, tokens

    if args.key is None or args.size not in tokens.SIZES or args.code is None or args.purpose != "deposit":
        sizes = ", ".join(tokens.SIZES)
        words = _("a label wants --key, --purpose deposit, --code and --size (one of {sizes})")
        raise BadAsk(words.format(sizes=sizes))
    return tokens.Label(token, args.size, tokens.verifier_of(token.order, codes.read(args.code)))


def _check(args: argparse.Namespace) -> dict[str, object]:
    """Say what a token says; BadToken, which ends with exit code 2, when it does not count."""
    from kiosk.pickup import tokens

    found = tokens.read(args.token.strip(), _keys(args))
    token = found.token if isinstance(found, tokens.Label) else found
    now = int(time.time()) if args.now is None else args.now
    tokens.require_now(token, now, trusted=not args.untrusted_clock)
    return {
        "valid": True,
        "kind": "label" if isinstance(found, tokens.Label) else "token",
        "hub": token.hub,
        "order": token.order.hex(),
        "purpose": token.purpose.name.lower(),
        "generation": token.generation,
        "not_before": token.not_before,
        "expiry": token.expiry or None,
        "size": found.size if isinstance(found, tokens.Label) else None,
    }


def _keys(args: argparse.Namespace) -> Keys:
    """What to check with."""
    from kiosk.pickup.tokens import Keys

    publics = dict(_public(text) for text in args.public)
    secret = secrets.token_bytes(32) if args.secret is None else _secret(args.secret)
    return Keys(args.hub, secret, publics)


def _public(text: str) -> tuple[int, bytes]:
    """A public key with its number."""
    number, _sep, key = text.rpartition("=")
    if not (number or "0").isdecimal() or not _is_hex(key, 32):
        raise BadAsk(_("--public: a number, = and 64 hex digits, such as 0=3b6a27bc..."))
    return int(number or "0"), bytes.fromhex(key)


def _seed(file: Path | None) -> bytes:
    """The 32 bytes of a signing key's file."""
    text = "" if file is None else file.read_text("ascii", "replace").strip()
    if not _is_hex(text, 32):
        raise BadAsk(_("{file} is no key: 64 hex digits are wanted").format(file=file))
    return bytes.fromhex(text)


def _secret(file: Path) -> bytes:
    """A hub's secret: the file of the shop's folder, or 64 hex digits."""
    raw = file.read_bytes()
    text = raw.strip().decode("ascii", "replace")
    if _is_hex(text, 32):
        return bytes.fromhex(text)
    if len(raw) != 32:
        raise BadAsk(_("{file} is no secret: 32 bytes or 64 hex digits are wanted").format(file=file))
    return raw


def _is_hex(text: str, size: int) -> bool:
    """Whether a text is so many bytes in hex."""
    digits: Sequence[str] = "0123456789abcdefABCDEF"
    return len(text) == 2 * size and all(letter in digits for letter in text)
