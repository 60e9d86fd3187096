"""Everything that puts goods into the basket: scans, taps, typed codes, search, and the questions they raise.

The register decides; this asks what it wants to know (a weight, a price, an age, a note) and says what came
of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.catalogue.resolve import BundleFound, ListFound, ProductFound, Unknown
from kiosk.checkout.basket import Item
from kiosk.checkout.basketline import ONE
from kiosk.checkout.outcome import Outcome, Step
from kiosk.checkout.rights import Right
from kiosk.i18n import _, amount, quantity
from kiosk.tui.app import monotonic_ms
from kiosk.tui.screens.frame import Frame
from kiosk.tui.text import clean

if TYPE_CHECKING:
    from kiosk.catalogue.products import Offer
    from kiosk.checkout.basket import Source
    from kiosk.checkout.register import Register
    from kiosk.tui.messages import CodeScanned

TYPED = "typed"
"""The scanner's name of a code entered by hand: it never echoes."""


class Adding(Frame[None]):
    """The part of the till that adds."""

    unknown_code = ""
    """The code last scanned that nobody knows; `add_product` offers to give it a product."""

    doubted = ""
    """The name of what was scanned twice within a breath and counted twice; a large undo is offered."""

    @property
    def register(self) -> Register:
        """The till in memory."""
        return self.station.register

    @property
    def exponent(self) -> int:
        """Decimals of the currency."""
        return self.station.settings.currency.exponent

    async def take_code(self, scan: CodeScanned, /) -> None:
        """A scan, or a code typed by hand: add what it stands for, or say what is wrong with it."""
        if scan.raw.lstrip()[:2] in {"R/", "r/"} and self.is_receipt(scan):
            return
        meaning = scan.meaning or self.station.find(scan.raw)
        try:
            found = meaning.result() if meaning.done() else await asyncio.wrap_future(meaning)
        except ValueError as bad:  # a wrong check digit, or nothing any till can use
            found = Unknown(scan.raw, str(bad))
        if self.app.screen is not self:
            self.say(_("Not added: answer this first, then scan again."), "warn")
            return
        if isinstance(found, ProductFound):
            item, count = Item.of(found.product), found.quantity
            if scan.scanner == TYPED:
                self.add(item, count, found.price, "typed")
            else:
                self.guarded(
                    lambda: self.register.scan(scan.raw, scan.scanner, scan.at_ms, item, count, found.price)
                )
        elif isinstance(found, ListFound):
            self.open_list(found.quicklist)
        elif isinstance(found, BundleFound):
            self.add_bundle(found)
        else:
            self.refuse(found)

    def is_receipt(self, scan: CodeScanned) -> bool:
        """The code on a receipt: look at its slip, with copy and return at hand; the basket stays."""
        from kiosk.checkout.receipt import number_of_token

        if number_of_token(scan.raw) is None:
            return False
        self.app.go("receipts")
        self.app.post_message(scan)  # behind the change of screens, so that it is told there
        return True

    def open_list(self, list_id: int) -> None:
        """Open a quick-list whose code was scanned; the till's keys do that."""

    def add_bundle(self, bundle: BundleFound) -> None:
        """Add everything a bundle's code stands for, as single lines."""
        for part in bundle.parts:
            self.add(Item.of(part.product), of_key(part.quantity), part.price, "scan")

    def refuse(self, unknown: Unknown) -> None:
        """A code nobody knows: the basket stays as it is, loudly."""
        self.app.bell()
        self.unknown_code = unknown.code if unknown.addable else ""
        if unknown.addable:
            self.say(_("Unknown code {code}").format(code=unknown.code), "bad", "add_product", _("add"))
        else:
            self.say(unknown.reason, "bad")
        self.show_state()

    def add(self, item: Item, count: int | None, price: int | None, source: Source) -> None:
        """Add an item that was tapped, found or typed."""
        at_ms = monotonic_ms()
        if source == "tap":
            self.guarded(lambda: self.register.tap(item, at_ms, count))
        else:
            self.guarded(lambda: self.register.add(item, at_ms, quantity=count, price=price, source=source))

    def add_offer(self, offer: Offer, count: int | None, source: Source) -> None:
        """Add what a quick key or the search stands for."""
        self.add(Item.of(offer), count, None, source)

    def guarded(self, action: Callable[[], Outcome]) -> None:
        """Do something to the register and say what came of it, or why it was refused."""
        try:
            outcome = action()
        except (ValueError, LookupError, PermissionError) as refused:
            self.say(str(refused), "bad")
            self.app.bell()
            return
        self.tell(outcome)

    def tell(self, outcome: Outcome) -> None:
        """Show what came of an action, and ask what it needs."""
        self.unknown_code = ""
        self.doubted = clean(outcome.line.item.name) if outcome.undo and outcome.line else ""
        self.app.keeper.keep()
        if self.register.dropped:
            from kiosk.tui.screens.collecting import drop_hold

            drop_hold(self)
        if outcome.kind in {"ask-weight", "ask-price"} and outcome.item:
            self.work_on(self._ask_missing(outcome.item, outcome.kind), outcome.kind)
            return
        self.say_outcome(outcome)
        self.show_state()
        if outcome.steps:
            self.work_on(self.ask_steps(outcome.steps), "steps")

    def say_outcome(self, outcome: Outcome) -> None:
        """One line about what happened, with undo where it helps."""
        line = outcome.line
        name = clean(line.item.name) if line else clean(outcome.item.name) if outcome.item else ""
        if outcome.kind in {"added", "counted"} and line:
            self.station.counter.beep("ok")
            total = amount(line.amount, self.station.settings.currency)
            count = quantity(line.quantity, line.item.unit)
            text = f"{name}  {total}" if line.quantity == ONE else f"{count} × {name}  {total}"
            if outcome.undo:
                self.say(_("Twice? {what}").format(what=text), "warn", "undo")
            else:
                self.say(text, "good", "undo")
            return
        words = {
            "echo": _("{name}: read twice, counted once"),
            "changed": _("{name}: changed"),
            "discounted": _("{name}: discount"),
            "sale-discounted": _("Discount on the whole sale"),
            "voided": _("{name}: struck out"),
            "noted": _("{name}: noted"),
            "age-checked": _("{name}: age checked"),
            "undone": _("Taken back"),
            "nothing": _("There is nothing to take back"),
        }
        undoable = outcome.kind in {"changed", "discounted", "sale-discounted", "voided", "noted"}
        self.say(words[outcome.kind].format(name=name), "note", "undo" if undoable else "")

    async def _ask_missing(self, item: Item, kind: str) -> None:
        """Ask for the weight or the price of what was scanned or tapped, and add it then."""
        from kiosk.tui.screens.prompts import NumberDialogue
        from kiosk.tui.screens.weighing import weight_question

        if kind == "ask-weight":
            dialogue = weight_question(item, self.station)
        else:
            unit = self.station.settings.currency.code
            dialogue = NumberDialogue(clean(item.name), decimals=self.exponent, unit=unit)
        number = await self.ask(dialogue)
        if number is None:
            self.say(_("{name}: not added").format(name=clean(item.name)))
        elif kind == "ask-weight":
            self.add(item, number, None, "typed")
        else:
            self.add(item, None, number, "typed")

    async def ask_steps(self, steps: tuple[Step, ...]) -> bool:
        """Ask what lines still need; False as soon as one is left open."""
        from kiosk.tui.screens.prompts import TextDialogue

        for step in steps:
            if step.kind == "age":
                done = await self._ask_age(step)
            else:
                name = clean(self.register.basket.line(step.uid).item.name)
                note = await self.ask(TextDialogue(step.prompt, words=name, most=200))
                done = bool(note)
                if note:
                    self._write_note(step.uid, note)
            if not done:
                return False
        return True

    def _write_note(self, uid: int, note: str) -> None:
        self.guarded(lambda: self.register.write_note(uid, note, monotonic_ms()))

    async def _ask_age(self, step: Step) -> bool:
        """Ask whether the buyer is old enough."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option

        years, uid = step.years or 0, step.uid
        name = clean(self.register.basket.line(uid).item.name)
        options = (
            Option("checked", _("Checked: {n} or older").format(n=years), hue="accent"),
            Option("void", _("Too young: strike it out"), hue="bad"),
            Option("skip", _("Sell without checking"), detail=_("supervisor")),
        )
        title = _("Is the buyer {n} or older?").format(n=years)
        answer = await self.ask(ChoiceDialogue(title, options, words=name, columns=1))
        if answer == "checked":
            self.guarded(lambda: self.register.confirm_age(uid, monotonic_ms()))
        elif answer == "void":
            self.guarded(lambda: self.register.void(uid, monotonic_ms()))
        elif answer == "skip":
            outcome = await self.with_leave(
                lambda approval: self.register.skip_age(uid, monotonic_ms(), approval)
            )
            if outcome is None:
                return False
            self.tell(outcome)
        return answer is not None

    def may(self, right: Right) -> bool:
        """Whether the person signed in has a right; the service checks it again."""
        person = self.register.person
        return person is not None and person.may(right)


def of_key(quantity: int | None) -> int | None:
    """The thousandths a quick key or bundle adds; `ONE`, the usual, means one piece, or to be weighed."""
    return None if quantity == ONE else quantity
