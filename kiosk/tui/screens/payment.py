"""Waiting for money that somebody else moves: a card on a reader, or a payment code on the customer's phone.

Enter is never "paid": a stray scan must not take money for granted. What nobody knows stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.i18n import _, amount
from kiosk.station.rendering import enqueue_code
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.flash import PanelFlash
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.qrcode import QrCode
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.checkout.customer import View
    from kiosk.checkout.payments.method import Instruction, Request
    from kiosk.checkout.tender import Attempt


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the waiting."""

    kind: Literal["paid", "open", "part", "answered"]
    """What the seller says: it is paid, nobody knows yet, ask for a part; or the reader has answered."""
    attempt: Attempt | None = None
    """The payment as the reader left it, where a reader was asked."""
    words: str = ""
    """What the reader said."""


class PaymentDialogue(Dialogue[Verdict]):
    """The code at the left, as large as it goes; amount, words and keys beside it. None: not paid."""

    WIDE = True

    def __init__(self, title: str, request: Request, instruction: Instruction, *, may_split: bool) -> None:
        """Wait for what `request` asks; `may_split` offers to ask for a part of it only."""
        super().__init__(title, instruction.words)
        self.request = request
        self.instruction = instruction
        self.may_split = may_split
        self.set_class(bool(instruction.qr), "-code")

    def compose(self) -> ComposeResult:
        """Code, then everything else; without a code that has the whole width."""
        with Horizontal(id="pane"):
            if self.instruction.qr:
                yield QrCode(id="code")
            with Vertical(id="ask"):
                yield Title(self.title_text, self.words)
                yield BigDigits(id="due")
                yield Title(self.instruction.payee or self.request.currency.code, align="centre")
                yield PanelFlash(id="flash")
                yield PanelKeys(id="foot")

    def on_mount(self) -> None:
        """Show code, amount and keys."""
        digits = self.query_one(BigDigits)
        digits.surface, digits.align = "panel", "centre"
        digits.show(amount(self.request.amount, self.request.currency))
        if self.instruction.qr:
            self.query_one(QrCode).show(self.instruction.qr, self._otherwise())
        self.show_state()

    def _otherwise(self) -> str:
        """What to do about a code that is too large for this screen."""
        return _("Print it.") if self.prints else _("Take the money another way.")

    def show_state(self) -> None:
        """Show the keys: in a row below, or two by two beside a code."""
        keys = self.keys()
        columns = 2 if self.instruction.qr else sum(key.span for key in keys)
        rows = -(-sum(key.span for key in keys) // columns)
        self.query_one("#foot", KeyGrid).show(keys, columns=columns, rows=rows)
        self.show_customer()

    def keys(self) -> list[TouchKey]:
        """What the seller can say."""
        keys = [
            TouchKey("paid", _("PAID"), hint="F5", hue="accent", span=2),
            TouchKey("open", _("nobody knows"), hint="F6", hue="warn"),
            TouchKey("cancel", _("not paid"), hint="Esc"),
        ]
        return keys + self.more_keys()

    def more_keys(self) -> list[TouchKey]:
        """What can be done besides."""
        keys = [TouchKey("part", _("part of it"), hint="F7")] if self.may_split else []
        return [*keys, TouchKey("print", _("print code"), hint="F8")] if self.prints else keys

    @property
    def prints(self) -> bool:
        """Whether the code can go on paper."""
        return bool(self.instruction.qr) and self.station.settings.has_printer

    def key_f5(self) -> None:
        """The money came."""
        self.dismiss(Verdict("paid"))

    def key_f6(self) -> None:
        """Nobody can tell; the sale waits."""
        self.dismiss(Verdict("open"))

    def key_f7(self) -> None:
        """Ask for a part of it."""
        if self.may_split:
            self.split()

    def key_f8(self) -> None:
        """Put the code on paper, for a customer who cannot read it from the screen."""
        if self.prints:
            self.work_on(self._print(), "print")

    def split(self) -> None:
        """Give this one up, then ask for less."""
        self.dismiss(Verdict("part"))

    def typed(self, character: str, /) -> bool:
        """The keys by touch."""
        actions = {"paid": self.key_f5, "open": self.key_f6, "part": self.key_f7, "print": self.key_f8}
        if character in actions and any(key.id == character for key in self.keys()):
            actions[character]()
        return character in actions

    def take_button(self, role: str, long: bool, /) -> None:
        """PAY says that the money came, where that is the seller's to say."""
        if role == "pay" and not long:
            self.typed("paid")
        else:
            super().take_button(role, long)

    def customer_view(self) -> View | None:
        """The code, or the amount, is the customer's to see."""
        from kiosk.checkout.customer import paying, selling

        view = selling(self.station.register.basket)
        return paying(view, self.request.amount, self.instruction.qr or "", self.instruction.payee)

    async def _print(self) -> None:
        try:
            await self.work(enqueue_code, self.instruction, self.request.amount, self.station.settings)
        except REFUSALS as refused:
            self.say(str(refused), "bad")
        else:
            self.say(_("The code is being printed."))
