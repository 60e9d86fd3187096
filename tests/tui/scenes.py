"""The paying screens in the states that matter, each reached as a seller reaches it.

One scene is one short story up to the moment that is looked at. Golden texts, codes read back and pictures
are all taken of these.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from kiosk.checkout.cash import CashRounding
from kiosk.checkout.money import Currency
from kiosk.checkout.payments import qr
from kiosk.checkout.payments.method import Answer, Instruction
from kiosk.settings import Settings
from kiosk.tui.app import BarrowApp
from kiosk.tui.screens.cash import CashDialogue
from kiosk.tui.screens.change import ChangeScreen
from kiosk.tui.screens.clock import ClockDialogue
from kiosk.tui.screens.codeview import CodeScreen
from kiosk.tui.screens.payment import PaymentDialogue
from kiosk.tui.screens.prompts import ChoiceDialogue, ConfirmDialogue, NumberDialogue, TextDialogue
from kiosk.tui.screens.reader import ReaderDialogue
from kiosk.tui.screens.slipview import SlipScreen
from kiosk.tui.screens.tender import TenderScreen
from kiosk.tui.widgets.flash import Flash
from tests.tui.fakes import FakeLamp
from tests.tui.hands import press, scan
from tests.tui.paying import Reader, selling, with_reader
from tests.tui.stall import Stall, shown, until

DRAFT = "5f0c2a9e41d84b07a3c6d1e2f3a4b5c6"
"""The id of every sale here, which payment codes carry: a picture is the same each time."""
NO_PAPER = (FakeLamp("printer", "bad", "no paper"), FakeLamp("scanner", "ok", "scanner ok"))
UPI = {"scheme": "upi", "vpa": "mia@okbank", "name": "Mia Kay", "category": "5812"}
LANKAQR = {
    "scheme": "lankaqr",
    "merchant": "1672800058120000000010000005",
    "name": "Willow & Clay",
    "city": "Kandy",
    "mcc": "5947",
}
LONG = "https://pay.example/" + "0123456789abcdef" * 55
"""A plug-in's code of 900 bytes: no screen of 128x50 shows it."""
SCARF_MUG_CUP = ("SCARF", "MUG-BLUE", "HONEY")


@dataclass(frozen=True)
class Stage:
    """Where a scene plays."""

    made: Stall
    app: BarrowApp
    pilot: Pilot[Any]

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await press(self.pilot, *keys)

    async def shown(self, kind: type[Any]) -> Any:
        """Wait for a screen."""
        return await shown(self.pilot, kind)

    async def rests(self) -> None:
        """Wait until nothing is fetched any more; scans are waited for all day."""
        await until(self.pilot, lambda: all(one.name == "scans" for one in self.app.workers))

    async def told(self, tone: str) -> None:
        """Wait until the flash line says something in a tone."""
        await until(self.pilot, lambda: self.app.screen.query_one(Flash).said.tone == tone)


Play = Callable[[Stage], Awaitable[None]]


@dataclass(frozen=True)
class Scene:
    """A story and what it needs."""

    play: Play
    skus: Sequence[str] = ("MUG-BLUE", "HONEY")
    methods: Callable[[], Mapping[str, Any]] = dict
    lamps: Sequence[FakeLamp] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


SCENES: dict[str, Scene] = {}


def scene(**needs: Any) -> Callable[[Play], Play]:
    """Keep a story under its name."""

    def keep(play: Play) -> Play:
        SCENES[play.__name__.replace("_", "-")] = Scene(play, **needs)
        return play

    return keep


@asynccontextmanager
async def playing(
    name: str,
    folder: Path,
    size: tuple[int, int] = (100, 30),
    theme: str = "stall-night",
    language: str = "en",
) -> AsyncIterator[Stage]:
    """Play a scene up to its moment."""
    told = SCENES[name]
    options = {"draft": DRAFT, "language": language, **told.options}
    async with selling(folder, *told.skus, size=size, theme=theme, methods=told.methods(), **options) as (
        made,
        app,
        pilot,
    ):
        made.lamps = told.lamps or made.lamps
        app.on_lamps_changed()
        await told.play(Stage(made, app, pilot))
        await pilot.pause()
        yield Stage(made, app, pilot)


# -- what a shop may have ------------------------------------------------------------------------------------


def without_printer(settings: Settings) -> Settings:
    """A shop that has no printer."""
    return replace(settings, devices=())


def in_francs(settings: Settings) -> Settings:
    """A shop whose smallest coin is 0.05."""
    pricing = replace(settings.pricing, currency=Currency.of("CHF"), cash=CashRounding(5))
    return replace(settings, pricing=pricing, methods=("cash", "card"))


def priced_in(code: str) -> Callable[[Settings], Settings]:
    """A shop that counts in another currency."""

    def alter(settings: Settings) -> Settings:
        return replace(settings, pricing=replace(settings.pricing, currency=Currency.of(code)))

    return alter


def asking(settings: Settings) -> Settings:
    """A shop that prints receipts only for who wants one."""
    return replace(settings, receipt=replace(settings.receipt, printing="ask"))


def two_readers(settings: Settings) -> Settings:
    """A shop with two ways to pay that plug-ins bring."""
    return replace(settings, methods=(*settings.methods, "reader", "wallet"))


def reader(**told: Any) -> Callable[[], Mapping[str, Any]]:
    """A card reader that answers what it is told to."""
    return lambda: {"reader": Reader(**{key: list(answers) for key, answers in told.items()})}


def coded(table: Mapping[str, object]) -> Callable[[], Mapping[str, Any]]:
    """A payment code of another scheme."""
    return lambda: {"qr": qr.make("qr", table)}


WITH_READER: Mapping[str, Any] = {"alter": with_reader}

# -- cash ----------------------------------------------------------------------------------------------------


@scene(skus=SCARF_MUG_CUP)
async def cash_nothing_yet(on: Stage) -> None:
    """The till asks what was handed over."""
    await on.press("f5")
    await on.shown(CashDialogue)


@scene(skus=SCARF_MUG_CUP)
async def cash_more(on: Stage) -> None:
    """A note was typed: the change is told before it is booked."""
    await cash_nothing_yet(on)
    await on.press("1", "0", "0")


@scene(skus=SCARF_MUG_CUP)
async def cash_less(on: Stage) -> None:
    """Less than all of it was typed."""
    await cash_nothing_yet(on)
    await on.press("2", "0")


@scene()
async def cash_none(on: Stage) -> None:
    """Nought is no payment."""
    await cash_nothing_yet(on)
    await on.press("0", "enter")


@scene(options={"alter": in_francs}, skus=("OLIVES@345",))
async def cash_rounded(on: Stage) -> None:
    """The smallest coin is 0.05, and the dialogue says what was rounded."""
    await cash_nothing_yet(on)


@scene()
async def cash_scan(on: Stage) -> None:
    """A scan comes in while the till asks for cash."""
    await cash_nothing_yet(on)
    await scan(on.pilot, "9520000000011")


# -- card, another reader, another way -----------------------------------------------------------------------


@scene()
async def card(on: Stage) -> None:
    """The amount is typed into a reader the till does not talk to."""
    await on.press("f6")
    await on.shown(PaymentDialogue)


@scene()
async def card_reference(on: Stage) -> None:
    """It was paid: the number on its slip is asked for."""
    await card(on)
    await on.press("f5")
    await on.shown(TextDialogue)
    await on.press(*"tx4711")


@scene()
async def card_part(on: Stage) -> None:
    """Only a part of it by card, and no more than what is left."""
    await card(on)
    await on.press("f7")
    await on.shown(NumberDialogue)
    await on.press("9", "9", "enter")


@scene(methods=reader(), options=WITH_READER)
async def reader_waiting(on: Stage) -> None:
    """A reader the till talks to waits for the customer."""
    await on.press("ctrl+w")
    await on.shown(ReaderDialogue)
    await until(on.pilot, lambda: len(on.made.methods["reader"].asked) > 1)


@scene(methods=reader(answers=[Answer("confirmed", "R-76")]), options=WITH_READER)
async def reader_confirmed(on: Stage) -> None:
    """The reader says yes."""
    await on.press("ctrl+w")
    await on.shown(ChangeScreen)
    await on.rests()


@scene(methods=reader(answers=[TimeoutError("timed out")]), options=WITH_READER)
async def reader_silent(on: Stage) -> None:
    """The reader does not answer: nobody knows."""
    await on.press("ctrl+w")
    await on.shown(ReaderDialogue)
    await on.told("bad")


@scene(methods=reader(answers=[Answer("failed", "R-77", "Declined by the bank.")]), options=WITH_READER)
async def reader_refused(on: Stage) -> None:
    """The reader says no, and the till offers the other ways."""
    await on.press("ctrl+w")
    await on.shown(TenderScreen)
    await on.told("bad")


@scene(methods=reader(starts=[TimeoutError("timed out")]), options=WITH_READER)
async def reader_not_there(on: Stage) -> None:
    """The reader was asked and said nothing at all."""
    await on.press("ctrl+w")
    await on.shown(TenderScreen)
    await on.told("bad")


@scene(methods=reader(cancels=[TimeoutError("timed out")]), options=WITH_READER)
async def reader_left(on: Stage) -> None:
    """Cancelling was not answered either."""
    await reader_waiting(on)
    await on.press("escape")
    await on.shown(TenderScreen)
    await on.told("bad")


@scene(
    methods=lambda: {"reader": Reader(), "wallet": Reader("wallet", "Wallet")}, options={"alter": two_readers}
)
async def other_ways(on: Stage) -> None:
    """Two ways that plug-ins brought."""
    await on.press("ctrl+w")
    await on.shown(ChoiceDialogue)


# -- payment codes -------------------------------------------------------------------------------------------


@scene()
async def code_epc(on: Stage) -> None:
    """A GiroCode."""
    await on.press("f7")
    await on.shown(PaymentDialogue)


@scene(methods=coded(UPI), options={"alter": priced_in("INR")})
async def code_upi(on: Stage) -> None:
    """A UPI link."""
    await code_epc(on)


@scene(methods=coded(LANKAQR), options={"alter": priced_in("LKR")})
async def code_emvco(on: Stage) -> None:
    """A LankaQR, which is an EMVCo code."""
    await code_epc(on)


@scene(
    methods=reader(starts=[Instruction("Pay on your phone", qr=LONG, payee="Wallet Ltd")]),
    options=WITH_READER,
)
async def code_too_large(on: Stage) -> None:
    """A plug-in's code that no panel of this size can show."""
    await on.press("ctrl+w")
    await on.shown(PaymentDialogue)


@scene(
    methods=reader(starts=[Instruction("Pay on your phone", qr=LONG, payee="Wallet Ltd")]),
    options={"alter": lambda settings: with_reader(without_printer(settings))},
)
async def code_nowhere(on: Stage) -> None:
    """Nor is there a printer."""
    await code_too_large(on)


# -- what came, and what is left -----------------------------------------------------------------------------


async def part_in_cash(on: Stage) -> None:
    """Five in cash, and the rest is still to come."""
    await on.press("f5")
    await on.shown(CashDialogue)
    await on.press("5", "enter")
    await on.shown(TenderScreen)


@scene(skus=SCARF_MUG_CUP)
async def tender_part(on: Stage) -> None:
    """A part was paid in cash."""
    await part_in_cash(on)


@scene(skus=SCARF_MUG_CUP)
async def tender_mixed(on: Stage) -> None:
    """Cash, a card with its reference, and a code nobody saw the money of."""
    await part_in_cash(on)
    await on.press("f6")
    await on.shown(PaymentDialogue)
    await on.press("f7")
    await on.shown(NumberDialogue)
    await on.press("2", "0", "enter")
    await on.shown(PaymentDialogue)
    await on.press("f5")
    await on.shown(TextDialogue)
    await on.press(*"tx4711", "enter")
    await on.shown(TenderScreen)
    await on.press("f7")
    await on.shown(PaymentDialogue)
    await on.press("f6")
    await on.shown(TenderScreen)


@scene()
async def tender_scan(on: Stage) -> None:
    """A scan comes in between two payments."""
    await part_in_cash(on)
    await scan(on.pilot, "9520000000011")


@scene(options={"opened": False})
async def tender_no_shift(on: Stage) -> None:
    """There is no day to book on, so no money is asked for."""
    await on.press("f5")
    await on.shown(TenderScreen)
    await on.told("warn")


@scene()
async def tender_disk_full(on: Stage) -> None:
    """All is paid, and the ledger cannot take it."""
    from kiosk.ledger.errors import LedgerFull

    await cash_nothing_yet(on)
    on.made.refuse["commit"] = LedgerFull("disk")
    await on.press("5", "0", "enter")
    await on.shown(TenderScreen)
    await on.told("bad")


@scene(methods=reader(answers=[TimeoutError("timed out")]), options=WITH_READER)
async def settle_reader(on: Stage) -> None:
    """What became of a payment the reader can still be asked about."""
    await reader_silent(on)
    await on.press("f6")
    await on.shown(TenderScreen)
    await on.press("f4")
    await on.shown(ChoiceDialogue)


@scene()
async def settle_card(on: Stage) -> None:
    """What became of a payment only a person can tell of."""
    await card(on)
    await on.press("f6")
    await on.shown(TenderScreen)
    await on.press("f4")
    await on.shown(ChoiceDialogue)


@scene(skus=SCARF_MUG_CUP)
async def settle_which(on: Stage) -> None:
    """Several payments came: which one?"""
    await tender_mixed(on)
    await on.press("f4")
    await on.shown(ChoiceDialogue)
    await on.press("b")
    await on.shown(TenderScreen)
    await on.press("f4")
    await on.shown(ChoiceDialogue)


@scene()
async def settle_give_back(on: Stage) -> None:
    """Money goes back before the sale is booked."""
    await part_in_cash(on)
    await on.press("f4")
    await on.shown(ConfirmDialogue)


# -- the change, and the receipt -----------------------------------------------------------------------------


async def paid_with(on: Stage, *keys: str) -> None:
    """Pay in cash."""
    await on.press("f5")
    await on.shown(CashDialogue)
    await on.press(*keys, "enter")
    await on.shown(ChangeScreen)
    await on.rests()


@scene()
async def change_due(on: Stage) -> None:
    """Something goes back."""
    await paid_with(on, "5", "0")


@scene()
async def change_none(on: Stage) -> None:
    """It was paid exactly."""
    await paid_with(on)


@scene(options={"alter": in_francs}, skus=("OLIVES@345",))
async def change_rounded(on: Stage) -> None:
    """Change reckoned from a rounded amount."""
    await paid_with(on, "1", "0", "0")


@scene(skus=("SCARF",))
async def change_large(on: Stage) -> None:
    """As much change as there ever is, in many pieces."""
    await paid_with(on, "1", "0", "0", "0", "0")


@scene(lamps=NO_PAPER)
async def change_no_paper(on: Stage) -> None:
    """The receipt waits for paper; a code can stand in for it."""
    await change_due(on)


@scene(options={"alter": without_printer})
async def change_no_printer(on: Stage) -> None:
    """There is no printer: the receipt is a code."""
    await change_due(on)


@scene(options={"alter": asking})
async def change_ask(on: Stage) -> None:
    """Receipts are printed for who wants one."""
    await change_due(on)


@scene()
async def change_sparing(on: Stage) -> None:
    """Power is short: the code is offered before the paper."""
    on.made.thrift = 1
    await change_due(on)


@scene(options={"trusted": False})
async def change_clock(on: Stage) -> None:
    """Nobody has confirmed the clock."""
    await change_due(on)


@scene(options={"trusted": False})
async def clock(on: Stage) -> None:
    """Is the clock right?"""
    await change_due(on)
    await on.press("k")
    await on.shown(ClockDialogue)


@scene(skus=SCARF_MUG_CUP)
async def receipt_view(on: Stage) -> None:
    """The receipt as it is printed."""
    await paid_with(on, "1", "0", "0")
    await on.press("v")
    await on.shown(SlipScreen)
    await on.rests()


@scene()
async def receipt_code(on: Stage) -> None:
    """The receipt as a code for the customer's phone."""
    await change_due(on)
    await on.press("q")
    await on.shown(CodeScreen)


@scene()
async def help_tender(on: Stage) -> None:
    """What can be done while money is taken."""
    await part_in_cash(on)
    await on.press("f1")
