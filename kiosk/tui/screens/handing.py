"""What is done with an order at the counter: given out, put aside, missed, kept longer, given a new code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from kiosk.checkout.basketline import ONE
from kiosk.i18n import _, date, quantity, time
from kiosk.pickup import cancelling, desk, handover, holds, messages, tokens
from kiosk.pickup.codes import make_secret
from kiosk.pickup.order import Stage
from kiosk.pickup.staff import at_counter
from kiosk.tui.orderwords import goods
from kiosk.tui.screens.listplace import ListPlace
from kiosk.tui.screens.prompts import ChoiceDialogue, ConfirmDialogue, NumberDialogue, Option
from kiosk.tui.text import clean

if TYPE_CHECKING:
    from kiosk.pickup.orders import Order
    from kiosk.pickup.standing import Standing
    from kiosk.tui.orderwords import Line

T = TypeVar("T")


class Handing(ListPlace):
    """The part of the counter that does something."""

    OTHERS: Final = ("partly", "missing", "longer", "code", "restock", "money_back", "paper", "kept")
    """What stands behind "more"."""
    chosen: Standing | None = None
    """The order that is marked."""
    lines: Sequence[Line] = ()
    """What is in it."""

    async def look(self) -> None:
        """Read what stands now."""

    def keys(self) -> tokens.Keys | None:
        """What codes and labels are checked with here."""
        pickup = self.station.settings.pickup
        if pickup is None:
            return None
        return tokens.Keys(pickup.hub, make_secret(self.station.settings.folder), pickup.shop_keys)

    @staticmethod
    def ended_words(order: Order) -> str:
        """What is said of an order that nobody waits for any more."""
        if order.stage in {Stage.REFUNDED, Stage.RELEASED, Stage.RETURNED_TO_STOCK}:
            return _("{ref} was given up, or its money went back.").format(ref=order.ref)
        at = f"{date(order.done_ms)} {time(order.done_ms)}" if order.done_ms is not None else "?"
        return _("{ref} was collected already, {moment}.").format(ref=order.ref, moment=at)

    async def served(self, function: Callable[..., T], *args: object, **options: object) -> T | None:
        """Have something done by who is signed in, if they may; a refusal is said, and gives None."""
        return await self.tried(at_counter, self.person, function, *args, **options)

    async def do_other(self) -> None:
        """Everything else that makes sense with this order."""
        rows = {row.id: row for row in self.commands()}
        options = [Option(name, rows[name].title) for name in self.OTHERS if self.can(name)]
        chosen = await self.ask(ChoiceDialogue(_("What else?"), options))
        if chosen is not None:
            self.action_do(chosen)

    # -- giving out ----------------------------------------------------------------------------------------

    async def do_hand_over(self) -> None:
        """Give it out, after a question that says what, and what to look at."""
        one = self.chosen
        if one is None or not await self._agreed(one, _("Hand {ref} over?"), goods(self.lines)):
            return
        await self._gave(one, None)

    async def do_partly(self) -> None:
        """One line of it, or some of a line; the rest waits on."""
        one = self.chosen
        if one is None:
            return
        options = [
            Option(at, clean(name), detail=f"{quantity(there - handed)} ×")
            for at, (_sku, name, there, handed) in enumerate(self.lines)
            if handed < there
        ]
        at = await self.ask(ChoiceDialogue(_("What is handed over now?"), options, columns=1))
        if at is None:
            return
        sku, name, there, handed = self.lines[at]
        milli = await self._how_much(clean(name), there - handed)
        what = f"{quantity(milli)} × {clean(name)}" if milli else ""
        if milli and await self._agreed(one, _("Hand a part of {ref} over?"), what):
            await self._gave(one, {sku: milli})

    async def _how_much(self, name: str, left: int) -> int | None:
        """How much of a line, in thousandths; a single piece, or what is weighed, is not asked about."""
        if left <= ONE or left % ONE:
            return left

        def wrong(count: int) -> str:
            return "" if 0 < count * ONE <= left else _("at most {n}").format(n=quantity(left))

        words = _("{n} are left of it.").format(n=quantity(left))
        count = await self.ask(NumberDialogue(name, unit="×", words=words, check=wrong))
        return None if count is None else count * ONE

    async def _agreed(self, one: Standing, title: str, what: str) -> bool:
        """Ask; where a look at the name is wanted, that is part of the question."""
        order, words = one.order, what
        if order.checked:
            whose = f"{order.name} ··{order.tail}" if order.tail else order.name or _("no name was given")
            words = _("Look at the name or the age first: {name}. {goods}").format(name=whose, goods=what)
        yes = _("I looked: hand it over") if order.checked else _("Hand it over")
        question = ConfirmDialogue(title.format(ref=order.ref), words=words, yes=yes, no=_("Not now"))
        return await self.ask(question) is True

    async def _gave(self, one: Standing, part: dict[str, int] | None) -> None:
        order = await self.served(handover.hand_over, one.order.id, self.person.name, part, looked=True)
        if order is None:
            return
        await self.look()
        if order.stage is Stage.COLLECTED:
            self.say(_("{ref} was handed over.").format(ref=order.ref), "good")
        else:
            self.say(_("{ref}: the rest waits on.").format(ref=order.ref), "good")

    # -- what else comes of it -------------------------------------------------------------------------------

    async def do_ready(self) -> None:
        """It lies at the counter."""
        one = self.chosen
        if one is None:
            return
        order = await self.served(handover.set_aside, one.order.id, self.person.name)
        if order is not None:
            await self.look()
            self.say(_("{ref} is ready: its code counts now.").format(ref=order.ref), "good")

    async def do_told(self) -> None:
        """The customer knows."""
        one = self.chosen
        if one is not None and await self.served(messages.told, one.order.id, self.person.name):
            await self.look()

    async def do_missing(self) -> None:
        """It is not here: that is said aloud, and its money can go back."""
        one = self.chosen
        if one is None:
            return
        title = _("Is {ref} not here?").format(ref=one.order.ref)
        words = _("Its code opens nothing until it turns up and is set aside, or its money goes back.")
        sure = await self.ask(
            ConfirmDialogue(title, words=words, yes=_("It is not here"), no=_("Look again"), hue="warn")
        )
        order = await self.served(handover.miss, one.order.id, self.person.name) if sure else None
        if order is not None:
            await self.look()
            offer = "money_back" if order.sale is not None else ""
            self.say(_("{ref} is missing.").format(ref=order.ref), "warn", offer, _("money back"))

    async def do_restock(self) -> None:
        """Nobody came for it: its goods can be sold again; its money is the customer's still."""
        one = self.chosen
        if one is None:
            return
        title = _("Is {ref} as good as new, and back on the shelf?").format(ref=one.order.ref)
        words = _("{goods} can be sold again. Its receipt gives the money back whenever its customer comes.")
        question = ConfirmDialogue(
            title, words=words.format(goods=goods(self.lines)), yes=_("Back on the shelf"), no=_("Not now")
        )
        sure = await self.ask(question)
        order = await self.served(cancelling.restock, one.order.id, self.person.name) if sure else None
        if order is not None:
            await self.look()
            self.say(_("{ref} is back on the shelf.").format(ref=one.order.ref), "good")

    async def do_longer(self) -> None:
        """One more day, once and free."""
        one = self.chosen
        if one is None:
            return
        order = await self.served(holds.extend, one.order.id)
        if order is not None:
            await self.look()
            until = f"{date(order.until_ms)} {time(order.until_ms)}"
            self.say(_("{ref} is kept until {moment}.").format(ref=order.ref, moment=until), "good")

    async def do_code(self) -> None:
        """The slip is lost: a new code, and the old one opens nothing any more."""
        from kiosk.tui.screens.ticket import TicketScreen

        one, keys = self.chosen, self.keys()
        if one is None or keys is None:
            return
        title = _("A new code for {ref}?").format(ref=one.order.ref)
        words = _("The old one opens nothing any more. Be sure whose order it is.")
        if not await self.ask(ConfirmDialogue(title, words=words, yes=_("Give it out"), no=_("Leave it"))):
            return
        ticket = await self.served(desk.give_code, one.order.id, keys.secret, keys.hub, self.person.name)
        if ticket is not None:
            await self.ask(TicketScreen(ticket))
            await self.look()

    async def do_money_back(self) -> None:
        """Give its money back: the return of its receipt lets go of goods, box and code."""
        from kiosk.tui.screens.refund import RefundScreen

        one = self.chosen
        if one is not None and one.order.sale is not None:
            await self.app.push_screen(RefundScreen(one.order.sale))

    async def do_paper(self) -> None:
        """Print what is to be collected, to pick by or to hang up."""
        from kiosk.station.picklist import queue_list

        if await self.did(partial(queue_list, settings=self.station.settings)):
            self.say(_("The list is being printed."))

    async def do_kept(self) -> None:
        """How promises were kept, and which lock will fail next."""
        from kiosk.station.kept import kept_rows, queue_kept
        from kiosk.tui.screens.slipview import SlipScreen

        title = _("Promises kept")
        await self.app.push_screen(SlipScreen(title, kept_rows, printing=queue_kept))
