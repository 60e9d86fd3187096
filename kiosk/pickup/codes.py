"""The eight digits that open a box: drawn, stored as a keyed hash, shown four and four.

Odds: with 48 boxes full and the lockout of `kiosk.pickup.lockout`, eight digits fall with a chance of 0.0017
% in 72 hours; four digits would with 15 % (counted over the 35 tries that the lockout leaves). A slow hash
buys little for eight digits, so the secret stays out of the database: a stolen ledger opens nothing without
it.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from kiosk.i18n import _
from kiosk.ledger.storage import sync_file, sync_folder

DIGITS = 8
SPACE: int = 10**DIGITS
SECRET_BYTES = 32
KEY_FILE = "pickup.secret"
"""The secret's file in the shop's folder, readable by its owner only."""
TRIES = 64
"""Draws until a code is found that no live order has; with 200 live codes one in 500,000 draws clashes."""
_TYPED = re.compile(r"[0-9]{8}", re.ASCII)
_SPACES = re.compile(r"[ \u00a0.-]")


class NotACode(ValueError):
    """What was typed is not eight digits; it was not looked up and counts as no try."""


class NoSecret(OSError):
    """The secret is missing, open to others or damaged; no code can be checked."""


class Exhausted(RuntimeError):
    """No free code was found; nothing was given out."""


def read(typed: str) -> str:
    """The eight digits of what somebody typed or scanned, blanks and dashes left out."""
    digits = _SPACES.sub("", typed)
    if _TYPED.fullmatch(digits) is None:
        raise NotACode(_("a code has eight digits; nothing was opened; type it again"))
    return digits


def show(code: str) -> str:
    """A code as it is printed and said: four and four."""
    return f"{code[:4]} {code[4:]}"


def key_of(secret: bytes, hub: str, code: str) -> bytes:
    """What is stored of a code: HMAC-SHA256 with this hub's secret, bound to the hub; never the code."""
    return hmac.new(secret, f"{hub}:{read(code)}".encode(), sha256).digest()


def seal(secret: bytes, order: str, generation: int, code: str) -> str:
    """A code as the print queue keeps it until it is on paper: hex that says nothing without the secret.

    What is laid over it is made for this order and this giving-out, and never used for another code.
    """
    return bytes(
        a ^ b for a, b in zip(read(code).encode(), _pad(secret, order, generation), strict=True)
    ).hex()


def unseal(secret: bytes, order: str, generation: int, sealed: str) -> str:
    """The code of a seal; NotACode for what was sealed with another secret, or is damaged."""
    try:
        there = bytes.fromhex(sealed)
        plain = bytes(a ^ b for a, b in zip(there, _pad(secret, order, generation), strict=True))
        return read(plain.decode("ascii"))
    except (ValueError, UnicodeDecodeError) as error:
        words = _("the code under the seal cannot be read any more; nothing was opened; give out a new one")
        raise NotACode(words) from error


def _pad(secret: bytes, order: str, generation: int) -> bytes:
    """Eight bytes for one code of one order."""
    return hmac.new(secret, f"slip:{order}:{generation}".encode(), sha256).digest()[:DIGITS]


def draw(taken: Callable[[str], bool], below: Callable[[int], int] = secrets.randbelow) -> str:
    """A code that no live order of this hub has. Never made from an order's number, which others know."""
    for _attempt in range(TRIES):
        code = f"{below(SPACE):0{DIGITS}}"
        if not taken(code):
            return code
    raise Exhausted(_("no free pickup code was found; nothing was given out; try again"))


def make_secret(folder: Path) -> bytes:
    """Make the hub's secret once and return it; the one that is there stays."""
    path = folder / KEY_FILE
    if not path.exists():
        made = path.with_name(f"{KEY_FILE}.{os.getpid()}")
        made.unlink(missing_ok=True)
        with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(SECRET_BYTES))
        sync_file(made)
        with suppress(FileExistsError):  # another process was first, and may have given codes out already
            os.link(made, path)  # whole or not at all
        made.unlink()
        sync_folder(folder)
    return read_secret(folder)


def read_secret(folder: Path) -> bytes:
    """Return the hub's secret; NoSecret with what to do when it cannot be used."""
    path = folder / KEY_FILE
    try:
        secret = path.read_bytes()
        mode = path.stat().st_mode
    except OSError as error:
        words = _(
            "{path} cannot be read ({reason}): codes given out so far open nothing; bring the file back"
        )
        raise NoSecret(error.errno, words.format(path=path, reason=error.strerror)) from error
    if os.name == "posix" and mode & 0o077:
        words = _("{path} can be read by others: chmod 600 {path}, and give out new codes")
        raise NoSecret(0, words.format(path=path))
    if len(secret) != SECRET_BYTES:
        raise NoSecret(0, _("{path} is damaged; bring back the copy").format(path=path))
    return secret
