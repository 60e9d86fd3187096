"""Waiting for money that somebody else moves: a card on a reader, or a payment code on the customer's phone.

Enter is never "paid": a stray scan must not take money for granted. What nobody knows stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.checkout.money import Currency
from kiosk.checkout.payments.method import Instruction
from kiosk.i18n import _, amount
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.qrcode import QrCode
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the seller says of the payment."""

    kind: Literal["paid", "unknown", "part", "print"]


class PaymentDialogue(Dialogue[Verdict]):
    """The amount large, the code black on white beside it where there is one, and four keys."""

    WIDE = True

    def __init__(
        self, title: str, due: int, currency: Currency, instruction: Instruction, *, may_split: bool
    ) -> None:
        """Wait for `due`; `may_split` offers to ask for a part of it only."""
        super().__init__(title, instruction.words)
        self.due = due
        self.currency = currency
        self.instruction = instruction
        self.may_split = may_split

    def content(self) -> ComposeResult:
        """Code at the left, figures at the right, keys below."""
        with Horizontal(id="ask"):
            if self.instruction.qr:
                yield QrCode(id="code")
            with Vertical(id="figures"):
                yield BigDigits(id="due")
                yield Title(self.instruction.payee or self.currency.code, align="centre")
        yield PanelKeys(id="foot")

    def on_mount(self) -> None:
        """Show code, amount and keys."""
        digits = self.query_one(BigDigits)
        digits.surface, digits.align = "panel", "centre"
        digits.show(amount(self.due, self.currency))
        if self.instruction.qr:
            self.query_one(QrCode).show(self.instruction.qr)
        self.show_state()

    def show_state(self) -> None:
        """Show the keys."""
        keys: list[TouchKey | None] = [
            TouchKey("paid", _("PAID"), hint="F5", hue="accent"),
            TouchKey("unknown", _("nobody knows"), hint="F6", hue="warn"),
        ]
        if self.may_split:
            keys.append(TouchKey("part", _("part of it"), hint="F7"))
        if self.instruction.qr:
            keys.append(TouchKey("print", _("print code"), hint="F8"))
        keys.append(TouchKey("cancel", _("not paid"), hint="Esc"))
        self.query_one("#foot", KeyGrid).show(keys, columns=len(keys), rows=1)

    def key_f5(self) -> None:
        """The money came."""
        self.dismiss(Verdict("paid"))

    def key_f6(self) -> None:
        """Nobody can tell; the sale waits."""
        self.dismiss(Verdict("unknown"))

    def key_f7(self) -> None:
        """Ask for a part of it."""
        if self.may_split:
            self.dismiss(Verdict("part"))

    def key_f8(self) -> None:
        """Print the code on paper."""
        if self.instruction.qr:
            self.dismiss(Verdict("print"))

    def typed(self, character: str, /) -> bool:
        """The keys by touch."""
        press = {"paid": self.key_f5, "unknown": self.key_f6, "part": self.key_f7, "print": self.key_f8}.get(
            character
        )
        if press is not None:
            press()
        return press is not None
