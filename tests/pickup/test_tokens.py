"""Tokens and labels: sizes, what they let through, and everything that is not let through."""

from __future__ import annotations

from dataclasses import replace

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from kiosk.pickup import base45, tokens
from kiosk.pickup.tokens import (
    BadToken,
    Elsewhere,
    Expired,
    Forged,
    Keys,
    Label,
    Purpose,
    Token,
    read,
    require_now,
    seal,
    sign,
    sign_label,
)

SEED, OTHER_SEED = bytes(range(32)), bytes(32)
SECRET = b"s" * 32
KEYS = Keys(7, SECRET, {0: tokens.public_key(SEED)})
NOW = 1_795_500_000
PICKUP = Token(7, b"ORDER001", NOW - 60, NOW + 3 * 86_400, Purpose.PICKUP)
DEPOSIT = replace(PICKUP, purpose=Purpose.DEPOSIT)
LABEL = Label(DEPOSIT, "M", tokens.verifier_of(b"ORDER001", "48210934"))


@pytest.mark.parametrize(
    ("plain", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"", "")]
)
def test_base45_is_that_of_rfc_9285(plain: bytes, text: str) -> None:
    assert base45.encode(plain) == text
    assert base45.decode(text) == plain


@given(st.binary(max_size=100))
def test_base45_comes_back(body: bytes) -> None:
    assert base45.decode(base45.encode(body)) == body


@pytest.mark.parametrize("text", ["A", "GGW:", ":::", "a8B", "ä8B", "::"])
def test_what_is_no_base45_is_refused(text: str) -> None:
    with pytest.raises(base45.NotBase45):
        base45.decode(text)


def test_tokens_are_as_small_as_they_were_meant_to_be() -> None:
    """61 characters fit a QR code of 29 x 29 modules, 133 and 147 one of 41 x 41, at level M."""
    texts = (seal(PICKUP, SECRET), sign(PICKUP, SEED), sign_label(LABEL, SEED))
    assert [len(text) for text in texts] == [61, 133, 147]
    assert [segno.make(text, error="m", boost_error=False).version for text in texts] == [3, 6, 6]


def test_a_hub_knows_its_own_and_the_shops_tokens() -> None:
    assert read(seal(PICKUP, SECRET), KEYS) == PICKUP
    assert read(sign(DEPOSIT, SEED), KEYS) == DEPOSIT


def test_a_label_takes_in_an_order_nobody_has_heard_of() -> None:
    label = read(sign_label(LABEL, SEED), KEYS)
    assert label == LABEL
    assert tokens.fits(LABEL, "48210934")
    assert not tokens.fits(LABEL, "48210935")


@pytest.mark.parametrize("text", [seal(PICKUP, SECRET), sign(PICKUP, SEED), sign_label(LABEL, SEED)])
def test_not_one_bit_can_be_altered(text: str) -> None:
    body = base45.decode(text.removeprefix(tokens.PREFIX))
    for at in range(len(body) * 8):
        bad = bytearray(body)
        bad[at // 8] ^= 1 << at % 8
        with pytest.raises(BadToken):
            read(tokens.PREFIX + base45.encode(bytes(bad)), KEYS)


def test_what_another_shop_signed_or_another_hub_sealed_is_forged() -> None:
    for text in (sign(PICKUP, OTHER_SEED), seal(PICKUP, b"x" * 32), sign(replace(PICKUP, key=1), SEED)):
        with pytest.raises(Forged, match="not genuine"):
            read(text, KEYS)


def test_a_stolen_hub_cannot_make_what_another_hub_believes() -> None:
    """It has its own secret and the shop's public key; neither signs for the shop."""
    forged = seal(replace(PICKUP, hub=8), SECRET)
    with pytest.raises(Forged):
        read(forged, Keys(8, b"other" * 8, KEYS.shops))


def test_a_token_of_another_hub_is_sent_there() -> None:
    with pytest.raises(Elsewhere):
        read(sign(replace(PICKUP, hub=8), SEED), KEYS)


def test_a_token_counts_from_its_beginning_to_its_end() -> None:
    require_now(PICKUP, NOW, trusted=True)
    require_now(PICKUP, PICKUP.not_before - 299, trusted=True)
    for moment in (PICKUP.expiry + 1, PICKUP.not_before - 301):
        with pytest.raises(Expired):
            require_now(PICKUP, moment, trusted=True)
    require_now(replace(PICKUP, expiry=0), NOW + 10**8, trusted=True)


def test_nothing_expires_while_the_clock_is_not_trusted() -> None:
    require_now(PICKUP, PICKUP.expiry + 86_400, trusted=False)
    require_now(PICKUP, 0, trusted=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BRW:",
        "BRW:A",
        "https://example.com/P/ABCDEFGH",
        "4006381333931",
        "BRW:" + "0" * 500,
        "brw:0000",
        "BRW:\x00",
    ],
)
def test_anything_else_fails_politely(text: str) -> None:
    with pytest.raises(BadToken, match="nothing was opened"):
        read(text, KEYS)


@given(
    st.binary(min_size=38, max_size=38)
    | st.binary(min_size=86, max_size=86)
    | st.binary(min_size=95, max_size=95)
)
def test_noise_of_the_right_size_is_never_let_through(body: bytes) -> None:
    with pytest.raises(BadToken):
        read(tokens.PREFIX + base45.encode(body), KEYS)


def test_a_label_opens_no_box_for_a_customer() -> None:
    with pytest.raises(BadToken):
        read(sign_label(replace(LABEL, token=PICKUP), SEED), KEYS)
