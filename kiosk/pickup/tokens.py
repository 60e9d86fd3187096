"""Signed tokens in QR codes: the shop's orders for a hub, and a hub's own customers. Checked with no network.

Twenty-two bytes say who may do what where and until when; behind them stands a signature. From shop to hub it
is Ed25519: a hub holds public keys only, so a stolen hub cannot make orders. A hub that made the token itself
checks it with HMAC-SHA256, cut to 128 bits, which keeps the customer's QR code small.

A bag's label is such a token with more in it: the size of the box it needs and a verifier of the customer's
code. A hub that has never heard of the order can take the bag in and hand it out again.
"""

from __future__ import annotations

import hmac
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from kiosk.i18n import _
from kiosk.pickup import base45

PREFIX = "BRW:"
"""Before every token. Only characters of a QR code's alphanumeric mode; nothing else of ours begins so."""
VERSION = 1
PAYLOAD = struct.Struct(">BBH8sIIBB")
"""Version, key, hub, order, not before, expiry (Unix seconds), purpose, generation: 22 bytes."""
MAC_BYTES = 16
SIGNATURE_BYTES = 64
VERIFIER_BYTES = 8
LABEL_BYTES = 1 + VERIFIER_BYTES
LONGEST = 160
"""Characters of the longest text that is looked at; a label has 147."""
SIZES = ("S", "M", "L", "XL")
EARLY_S = 300
"""Clocks of two machines may differ by this much at a token's beginning."""


class Purpose(IntEnum):
    """What a token lets its bearer do, and nothing else."""

    PICKUP = 1
    RETURN = 2
    DEPOSIT = 3
    STAFF = 4


class BadToken(ValueError):
    """The token is not one, or does not count here and now. Nothing was opened."""


class Forged(BadToken):
    """Its signature does not fit: it was altered, or signed by somebody this hub does not know."""


class Elsewhere(BadToken):
    """It belongs to another hub."""


class Expired(BadToken):
    """Its time is over, or has not begun."""


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says."""

    hub: int
    """0 to 65,535."""
    order: bytes
    """Eight bytes that name the order; unique in the shop."""
    not_before: int
    """Unix seconds."""
    expiry: int
    """Unix seconds; 0 for a token without an end."""
    purpose: Purpose
    generation: int = 0
    """0 to 255: giving a code out again adds one, and older ones count no more."""
    key: int = 0
    """Which of the signer's keys, 0 to 255."""

    def pack(self) -> bytes:
        """The 22 bytes that are signed."""
        return PAYLOAD.pack(
            VERSION,
            self.key,
            self.hub,
            self.order,
            self.not_before,
            self.expiry,
            self.purpose,
            self.generation,
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A bag's label: a token to deposit it, and what the hub needs to hand it out."""

    token: Token
    size: str
    """The smallest box it fits into, one of `SIZES`."""
    verifier: bytes
    """The first eight bytes of SHA-256 over the order and the customer's code."""


def verifier_of(order: bytes, code: str) -> bytes:
    """What a label carries of the customer's code."""
    return sha256(b"barrow label" + order + code.encode()).digest()[:VERIFIER_BYTES]


def fits(label: Label, code: str) -> bool:
    """Whether a code is the one the label was made with."""
    return hmac.compare_digest(label.verifier, verifier_of(label.token.order, code))


# -- making --------------------------------------------------------------------------------------------------


def sign(token: Token, seed: bytes) -> str:
    """A token signed by the shop, with its 32-byte Ed25519 seed."""
    return PREFIX + base45.encode(_signed(token.pack(), seed))


def seal(token: Token, secret: bytes) -> str:
    """A token a hub makes for its own customers, with its secret."""
    body = token.pack()
    return PREFIX + base45.encode(body + _mac(body, secret))


def sign_label(label: Label, seed: bytes) -> str:
    """A bag's label signed by the shop."""
    body = label.token.pack() + bytes((SIZES.index(label.size),)) + label.verifier
    return PREFIX + base45.encode(_signed(body, seed))


def public_key(seed: bytes) -> bytes:
    """The 32 bytes a hub is given to check what the shop signs."""
    from nacl.signing import SigningKey

    return bytes(SigningKey(seed).verify_key)


# -- checking ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Keys:
    """What a hub checks tokens with."""

    hub: int
    secret: bytes
    """Its own, for tokens it sealed."""
    shops: Mapping[int, bytes]
    """The shop's public keys by number."""


def read(text: str, keys: Keys) -> Token | Label:
    """What a token says, if its signature fits and it belongs here; BadToken with the reason otherwise.

    Whether it counts now is `require_now`: a hub whose clock is not trusted lets nothing expire.
    """
    body = _bytes_of(text)
    payload = body[: PAYLOAD.size]
    if len(body) == PAYLOAD.size + MAC_BYTES:
        if not hmac.compare_digest(body[PAYLOAD.size :], _mac(payload, keys.secret)):
            raise Forged(_forged())
        return _here(_unpack(payload), keys)
    if len(body) == PAYLOAD.size + SIGNATURE_BYTES:
        _verify(body, keys)
        return _here(_unpack(payload), keys)
    if len(body) == PAYLOAD.size + LABEL_BYTES + SIGNATURE_BYTES:
        _verify(body, keys)
        size = body[PAYLOAD.size]
        token = _here(_unpack(payload), keys)
        if size >= len(SIZES) or token.purpose is not Purpose.DEPOSIT:
            raise BadToken(_("this label is of a newer kind; nothing was opened; update this hub"))
        return Label(token, SIZES[size], body[PAYLOAD.size + 1 : PAYLOAD.size + LABEL_BYTES])
    raise BadToken(_("this is no pickup code; nothing was opened; scan it again"))


def require_now(token: Token, now_s: int, *, trusted: bool) -> None:
    """Raise Expired for a token whose time is over or has not begun; never while the clock is not trusted."""
    if not trusted:
        return
    if token.expiry and now_s > token.expiry:
        raise Expired(_("this code's time is over; nothing was opened; ask for a new one"))
    if now_s < token.not_before - EARLY_S:
        raise Expired(_("this code counts only later; nothing was opened"))


def _bytes_of(text: str) -> bytes:
    """The bytes of a token's text, hostile or not."""
    if len(text) > LONGEST or not text.startswith(PREFIX):
        raise BadToken(_("this is no pickup code; nothing was opened; scan it again"))
    try:
        return base45.decode(text.removeprefix(PREFIX))
    except base45.NotBase45 as error:
        raise BadToken(_("this pickup code is damaged; nothing was opened; scan it again")) from error


def _unpack(payload: bytes) -> Token:
    """The fields of a payload whose signature was right."""
    version, key, hub, order, begin, end, purpose, generation = PAYLOAD.unpack(payload)
    if version != VERSION or purpose not in {one.value for one in Purpose}:
        raise BadToken(_("this pickup code is of a newer kind; nothing was opened; update this hub"))
    return Token(hub, order, begin, end, Purpose(purpose), generation, key)


def _here(token: Token, keys: Keys) -> Token:
    """The token, if it belongs to this hub."""
    if token.hub != keys.hub:
        raise Elsewhere(_("this code belongs to another pickup point; nothing was opened"))
    return token


def _mac(body: bytes, secret: bytes) -> bytes:
    """The hub's own seal."""
    return hmac.new(secret, b"barrow token" + body, sha256).digest()[:MAC_BYTES]


def _signed(body: bytes, seed: bytes) -> bytes:
    """A body with the shop's signature behind it."""
    from nacl.signing import SigningKey

    return body + SigningKey(seed).sign(body).signature


def _verify(body: bytes, keys: Keys) -> None:
    """Raise Forged unless a known key of the shop signed it."""
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    public = keys.shops.get(body[1])
    if public is None:
        raise Forged(_forged())
    try:
        VerifyKey(public).verify(body[:-SIGNATURE_BYTES], body[-SIGNATURE_BYTES:])
    except BadSignatureError as error:
        raise Forged(_forged()) from error


def _forged() -> str:
    """The same words for every kind of forgery: they teach nobody anything."""
    return _("this pickup code is not genuine; nothing was opened; ask the staff")
