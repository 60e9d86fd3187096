"""Looking into a box: what staff found there is asked when they shut it, and a walk goes from box to box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n import _, ngettext
from kiosk.pickup import handover, looked, openings, orders, walk
from kiosk.pickup.compartment import Compartment, Event, Purpose, State
from kiosk.pickup.deposit import announce_inside, named
from kiosk.pickup.looked import EXPECTED, Fate
from kiosk.pickup.order import Stage
from kiosk.tui.orderwords import goods
from kiosk.tui.screens.depositing import Depositing
from kiosk.tui.screens.prompts import ChoiceDialogue, Option, TextDialogue

if TYPE_CHECKING:
    from kiosk.pickup.orders import Order

ASKABLE = frozenset({State.CHECK, State.CLOSING})
"""States in which what somebody saw inside can be written down."""


class Looking(Depositing):
    """The part of the boxes' screen that asks what was seen."""

    boxes: tuple[Compartment, ...] = ()
    round: tuple[int, ...] = ()
    """The boxes of a walk under way."""
    seen: frozenset[int] = frozenset()
    """Those of them that were looked into."""

    async def ask_contents(self, box: Compartment) -> None:
        """What lies in a box that was opened to look."""
        order = await self.looked_up(orders.order_of, box.order) if box.order else None
        options = [Option("empty", _("it is empty"))]
        if order is not None:
            mine = _("{ref} lies inside").format(ref=order.ref)
            what = goods(await self.looked_up(handover.lines, order.id) or [])
            options.insert(0, Option("full", mine, detail=what, hue="accent"))
        else:
            options.append(Option("full", _("something lies inside")))
        options += [
            Option("other", _("another parcel lies inside")),
            Option("unsure", _("I am not sure")),
        ]
        pulses = await self.looked_up(openings.last, box.number)
        words = ""
        if pulses is not None and box.state is State.CLOSING:
            words = ngettext("It opened with {n} pulse.", "It opened with {n} pulses.", pulses.pulses)
            words = words.format(n=pulses.pulses)
        title = _("Box {number}: what is inside?").format(number=box.number)
        answer = await self.ask(ChoiceDialogue(title, options, words=words, columns=1))
        if answer is not None and await self._write(box, order, answer):
            self.seen |= {box.number}
            await self.look()
            await self.go_on()
            if answer == "empty" and order is not None and order.stage is Stage.TO_RETURN:
                words = _("{ref} is out. At the counter: back to the shelf, or money back.")
                self.say(words.format(ref=order.ref), "good")
        else:
            await self.look()

    async def _write(self, box: Compartment, order: Order | None, answer: str) -> bool:
        """Have it written down; whether it was."""
        name = self.by.name
        if answer == "full":
            done = await self.staffed(looked.found_full, box.number, name) is not None
            return done and await self.staffed(announce_inside) is not None
        if answer == "empty":
            fate = await self._ask_fate(order) if order is not None and order.stage in EXPECTED else None
            if fate is None and order is not None and order.stage in EXPECTED:
                return False
            return await self.staffed(looked.found_empty, box.number, name, fate) is not None
        if answer == "other":
            return await self._ask_whose(box)
        if box.state is not State.CLOSING:
            return True  # it waits for somebody who is sure, as it did
        return await self.staffed(openings.said, box.number, Event.UNSURE, name) is not None

    async def _ask_fate(self, order: Order) -> Fate | None:
        """Where a parcel is that does not lie in its box."""
        options = [
            Option(Fate.HANDED_OVER, _("handed over to who collects it")),
            Option(Fate.COUNTER, _("taken out: it waits at the counter")),
            Option(Fate.MISSING, _("it is missing"), hue="warn"),
        ]
        return await self.ask(ChoiceDialogue(_("Where is {ref}?").format(ref=order.ref), options, columns=1))

    async def _ask_whose(self, box: Compartment) -> bool:
        """Whose parcel it is, by its label."""
        words = _("Scan the parcel's label, or type the order.")
        text = await self.ask(TextDialogue(_("Whose parcel is it?"), words=words))
        if not text:
            return False
        other = await self.looked_up(named, text.strip(), self.keys())
        if other is None:
            return False
        done = await self.staffed(looked.found_other, box.number, other.id, self.by.name)
        return done is not None and await self.staffed(announce_inside) is not None

    # -- the walk ------------------------------------------------------------------------------------------

    async def do_walk(self) -> None:
        """Begin the walk, or leave a box of it out."""
        if self.round:
            self.seen |= {self.chosen}
            self.say(_("Box {number} was left out.").format(number=self.chosen), "warn")
        else:
            self.round, self.seen = walk.round_of(self.boxes), frozenset()
            if not self.round:
                self.say(_("No box needs a look."), "good")
        await self.go_on()

    async def go_on(self) -> None:
        """The next box of the walk; the walk is written down when there is none."""
        left = [number for number in self.round if number not in self.seen]
        if left:
            self.chosen = left[0]
            await self.look()
        elif self.round:
            count = len(self.round)
            await self.staffed(walk.done, self.round, self.by.name)
            self.round = ()
            await self.look()
            words = ngettext("The walk is done: {n} box.", "The walk is done: {n} boxes.", count)
            self.say(words.format(n=count), "good")

    async def do_open(self) -> None:
        """Open the chosen box with a reason, which the journal keeps with the person's name."""
        if self.chosen in self.round:
            await self.open(self.chosen, Purpose.STAFF, "", "the weekly walk")
            return
        reasons = (
            ("the code is lost", _("the code is lost")),
            ("look inside", _("look inside")),
            ("the door is stuck", _("the door is stuck")),
            ("test the lock", _("test the lock")),
        )
        options = [Option(reason, words) for reason, words in reasons]
        reason = await self.ask(ChoiceDialogue(_("Why is it opened?"), options, columns=1))
        if reason is not None:
            await self.open(self.chosen, Purpose.STAFF, "", reason)
