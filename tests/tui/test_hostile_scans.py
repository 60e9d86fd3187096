"""Whatever is held to the locker's reader: nothing opens, nothing ends, and what is said is polite."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.i18n import language
from kiosk.pickup import boxes, deposit, desk, holds, openings
from kiosk.pickup.codes import make_secret
from kiosk.pickup.compartment import Purpose, State
from kiosk.pickup.orders import order_of
from kiosk.pickup.tokens import PREFIX, Label, Token, seal, sign, sign_label, verifier_of
from kiosk.pickup.tokens import Purpose as TokenPurpose
from kiosk.pickup.visit import Page
from kiosk.pickup.wish import Wish
from kiosk.tui.messages import CodeScanned
from tests.pickup.stall import key
from tests.tui.hands import press, scan
from tests.tui.stall import Stall, at, until
from tests.tui.test_boxes import shop

__all__ = ["shop"]

HUB = 7
SEED = b"s" * 32
CRAFTED = {
    "ctrl-c": "\x03", "ctrl-q": "Q\x11", "ctrl-z": "ABC\x1a", "nul": "ABC\x00DEF", "escape": "\x1b[2J\x1b[H",
    "window title": "\x1b]0;OWNED\x07", "answer-back": "\x1b[c", "only an end": "\r\n", "tab": "A\tB",
    "4 kB": "A" * 4096, "4 kB of digits": "9" * 4096, "longest of ours": PREFIX + "A" * 156,
    "GTIN": "4006381333931", "GS1": "010400638133393121ABC\x1d17261231", "GS1 with AIM": "]C1010400638133393",
    "GS1 in brackets": "(01)04006381333931", "link": "https://evil.example/01/04006381333931",
    "link in capitals": "HTTPS://EVIL.EXAMPLE/01/04006381333931", "receipt": "R/A-000001",
    "shell": "$(REBOOT)", "backticks": "`ID`", "path": "../../ETC/PASSWD", "SQL": "' OR 1=1 --",
    "printf": "%S%S%N", "modem": "+++ATH0", "phone": "*#06#", "markup": "[@click=app.quit]x[/]",
    "template": "{0.__class__}", "Arabic digits": "٠١٢٣٤٥٦٧", "wide digits": "１２３４５６７８",
    "right to left": "\u202e12345678", "emoji": "📦" * 8, "set-up code": "%%%SETUP-RESET", "prefix": PREFIX,
    "not base45": f"{PREFIX}:::", "seven digits": "1234567", "nine digits": "123456789", "blanks": " " * 40,
}  # fmt: skip
"""What a person with a label printer could make."""


@pytest.fixture
def ticket(shop: Stall) -> Iterator[desk.Ticket]:
    """An order that is ready in box 1."""
    wish = Wish(key("ann"), "locker", 1_767_261_600_000, "S", {"MUG-BLUE": 1000})
    order = holds.pay(shop.ledger, holds.hold(shop.ledger, wish, handovers=9, boxed=True).id, None)
    made = desk.give_code(shop.ledger, order.id, make_secret(shop.settings.folder), HUB)
    deposit.into_box(shop.ledger, deposit.arrived(shop.ledger, order.ref, None, "locker"))  # type: ignore[arg-type]
    openings.intend(shop.ledger, 1, Purpose.DEPOSIT, order.id, "Mia")
    openings.seen_open(shop.ledger, 1)
    openings.seen_shut(shop.ledger, 1, "yes")
    desk.announce(shop.ledger, order.id)
    yield made


def tokens_that_do_not_count(shop: Stall, ticket: desk.Ticket) -> dict[str, str]:
    """Our own codes with something wrong about them."""
    secret, order = make_secret(shop.settings.folder), ticket.order.key
    sealed = {
        f"to {purpose.name.lower()}": seal(Token(HUB, order, 0, 0, purpose, 1), secret)
        for purpose in TokenPurpose
        if purpose is not TokenPurpose.PICKUP
    }
    good = Token(HUB, order, 0, 0, TokenPurpose.PICKUP, 1)
    label = Label(Token(HUB, order, 0, 0, TokenPurpose.DEPOSIT, 1), "S", verifier_of(order, ticket.code))
    damaged = ticket.token[:-1] + ("0" if ticket.token[-1] != "0" else "1")
    return sealed | {
        "other hub": seal(Token(HUB + 1, order, 0, 0, TokenPurpose.PICKUP, 1), secret),
        "older": seal(Token(HUB, order, 0, 0, TokenPurpose.PICKUP, 0), secret),
        "expired": seal(Token(HUB, order, 0, 1, TokenPurpose.PICKUP, 1), secret),
        "unknown order": seal(Token(HUB, b"\x00" * 8, 0, 0, TokenPurpose.PICKUP, 1), secret),
        "other secret": seal(good, b"x" * 32),
        "unknown shop": sign(good, SEED),
        "a bag's label": sign_label(label, SEED),
        "one letter changed": damaged,
        "twice": ticket.token * 2,
        "small letters": ticket.token.lower(),
    }


async def test_none_of_it_opens_anything_and_an_honest_code_still_does(
    shop: Stall, ticket: desk.Ticket
) -> None:
    shop.ledger.clock.confirm()  # type: ignore[attr-defined]
    opened = shop.rows("SELECT count(*) FROM opening")
    told = {}
    async with at(shop, "locker") as (screen, pilot):
        for name, text in {**CRAFTED, **tokens_that_do_not_count(shop, ticket)}.items():
            screen.start_over()
            await screen.take_code(CodeScanned(text, "gun", 0))
            assert screen.visit.page in {Page.SORRY, Page.CODE}, name
            told[name] = screen.shown().words
            assert text[:9] not in told[name] or len(text) < 3, name
            assert (screen.app.is_running, screen.app.screen, language()) == (True, screen, "en"), name
        assert shop.rows("SELECT count(*) FROM opening") == opened
        assert boxes.box_of(shop.ledger, 1).state is State.OCCUPIED
        assert order_of(shop.ledger, ticket.order.id).stage == "ready"
        assert desk.wait_s(shop.ledger) == 0  # none of it was a try at the keypad
        assert len({told[name] for name in ("other secret", "unknown shop", "one letter changed")}) == 1
        await scan(pilot, ticket.token)
        await until(pilot, lambda: screen.visit.page is Page.WAIT)


async def test_codes_that_are_tried_at_the_reader_make_the_keypad_rest_too(
    shop: Stall, ticket: desk.Ticket
) -> None:
    wrong = (f"{number:08}" for number in range(10) if f"{number:08}" != ticket.code)
    async with at(shop, "locker") as (screen, pilot):
        for _try in range(5):
            await scan(pilot, next(wrong))
            await until(pilot, lambda: screen.visit.page is Page.CODE)
            await press(pilot, "escape")
        await scan(pilot, ticket.code)
        await until(pilot, lambda: screen.visit.page is Page.SORRY)
        assert "rests" in screen.shown().words
        await press(pilot, "escape")
        await scan(pilot, ticket.token)  # nobody shuts everybody out
        await until(pilot, lambda: screen.visit.page is Page.WAIT)
