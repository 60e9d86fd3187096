"""Staff at the cabinet: every box and its state, opening with a reason, deposits, the weekly walk."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.i18n import _, ngettext
from kiosk.pickup import boxes, deposit, openings, orders
from kiosk.pickup.compartment import Compartment, Event, Purpose, State
from kiosk.tui.boxwords import HUES, box_words, state_words
from kiosk.tui.commands import bindings
from kiosk.tui.screens.depositing import Depositing
from kiosk.tui.screens.prompts import ChoiceDialogue, Option
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.pickup.orders import Order
    from kiosk.tui.commands import Command
    from kiosk.tui.messages import BoxMoved

COLUMNS = 4
WIDE = 96
"""Columns from which the accented key of the bar may be twice as wide."""
TO_LOOK_AT = frozenset({State.CHECK, State.LEFT_OPEN, State.FAILED, State.OVERDUE})
"""What the walk stops at."""


class BoxesScreen(Depositing):
    """The cabinet, one box chosen."""

    PLACE = "boxes"
    BINDINGS = bindings("boxes")
    CSS_PATH: ClassVar = ["place.tcss", "boxes.tcss"]

    boxes: tuple[Compartment, ...] = ()
    order: Order | None = None
    """What is in the chosen box, or is to come into it."""
    number = ""
    """Digits typed for a box's number."""

    def content(self) -> ComposeResult:
        """The cabinet, and what there is to know of the chosen box."""
        with Horizontal(id="content"):
            yield KeyGrid(id="boxes")
            with Vertical(id="side"):
                yield Title("", surface="ground")

    async def enter_place(self) -> None:
        """Read every box."""
        await self.look()

    async def look(self) -> None:
        """Read every box, and the order of the chosen one."""
        self.boxes = tuple(await self.read(boxes.boxes))
        box = self.box
        self.order = await self.looked_up(orders.order_of, box.order) if box and box.order else None
        self.show_state()

    @property
    def box(self) -> Compartment | None:
        """The chosen box."""
        return next((one for one in self.boxes if one.number == self.chosen), None)

    # -- showing -------------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show the cabinet, the chosen box and what can be done."""
        wanted = sum(one.state in TO_LOOK_AT for one in self.boxes)
        words = ngettext("{n} box to look into", "{n} boxes to look into", wanted).format(n=wanted)
        self.query(Title).first().show(_("Boxes"), words)
        keys = [self._key(one) for one in self.boxes]
        self.query_one("#boxes", KeyGrid).show(keys, columns=COLUMNS, rows=max(-(-len(keys) // COLUMNS), 1))
        box = self.box
        side = self.query_one("#side Title", Title)
        if box is not None:
            side.show(_("Box {number}").format(number=box.number), box_words(box, self.order))
        self.show_bar()

    def bar_keys(self, rows: Sequence[Command]) -> list[TouchKey]:
        """What makes sense now, and what always does; on a narrow screen all are of one width."""
        always = {"open", "deposit", "walk"}
        shown = [row for row in rows if row.id in always or self.can(row.id)]
        return super().bar_keys(shown) if self.size.width >= WIDE else [self.key(row.id) for row in shown]

    def _key(self, box: Compartment) -> TouchKey:
        hue = "accent" if box.number == self.chosen else HUES.get(box.state, "plain")
        detail = f"{box.size}{' ▁' if box.low else ''}"
        label = f"{box.number} {state_words(box)}"
        return TouchKey(f"box:{box.number}", label, detail=detail, hue=hue, tile=True)

    def can(self, name: str, /) -> bool:
        """What makes sense with the chosen box."""
        box = self.box
        if name in {"open", "empty", "full", "clear", "service"} and box is None:
            return False
        state = box.state if box is not None else None
        if name == "full":
            return state is State.CHECK or (state is State.CLOSING and box is not None)
        if name == "empty":
            return state in {State.CHECK, State.SERVICE, State.CLOSING}
        if name == "clear":
            return self.order is not None and self.order.stage in {"overdue", "reported"}
        if name == "service":
            return state in {State.FREE, State.CHECK, State.FAILED, State.UNKNOWN}
        if name == "open":
            return state not in {State.OPENING, State.OPEN, State.LEFT_OPEN, State.UNKNOWN}
        return super().can(name)

    # -- choosing ------------------------------------------------------------------------------------------

    def pressed(self, key: TouchKey, /) -> None:
        """A box."""
        kind, _colon, number = key.id.partition(":")
        if kind == "box":
            self._choose(int(number))

    def typed(self, character: str, /) -> bool:
        """Digits choose a box by its number."""
        if not (character.isdecimal() and character.isascii()):
            return False
        numbers = {one.number for one in self.boxes}
        self.number = next((n for n in (self.number + character, character) if int(n) in numbers), "")
        if self.number:
            self._choose(int(self.number), keep=True)
        return True

    def _choose(self, number: int, *, keep: bool = False) -> None:
        self.number = self.number if keep else ""
        if any(one.number == number for one in self.boxes):
            self.chosen = number
            self.work_on(self.look(), "look")

    def do_left(self) -> None:
        """The box before."""
        self._choose(self.chosen - 1)

    def do_right(self) -> None:
        """The next box."""
        self._choose(self.chosen + 1)

    def do_up(self) -> None:
        """The box above."""
        self._choose(self.chosen - COLUMNS)

    def do_down(self) -> None:
        """The box below."""
        self._choose(self.chosen + COLUMNS)

    def do_walk(self) -> None:
        """The next one to look into, from the chosen one on and round again."""
        wanted = [one.number for one in self.boxes if one.state in TO_LOOK_AT]
        later = [number for number in wanted if number > self.chosen]
        if wanted:
            self._choose((later or wanted)[0])
        else:
            self.say(_("No box needs a look."), "good")

    # -- doing ---------------------------------------------------------------------------------------------

    async def do_open(self) -> None:
        """Open the chosen box with a reason, which the journal keeps with the person's name."""
        reasons = (
            _("the code is lost"), _("look inside"), _("the door is stuck"), _("test the lock"),
            _("the weekly walk"),
        )  # fmt: skip
        options = [Option(reason, reason) for reason in reasons]
        reason = await self.ask(ChoiceDialogue(_("Why is it opened?"), options, columns=1))
        if reason is not None:
            await self._open(self.chosen, Purpose.STAFF, "", f"{self.person.name}: {reason}")

    async def do_empty(self) -> None:
        """Staff looked: it is empty."""
        await self._said(Event.STAFF_EMPTY)

    async def do_full(self) -> None:
        """Staff looked: the parcel is inside. One that was being put in counts from now on."""
        await self._said(Event.STAFF_FULL)
        await self.did(deposit.announce_inside)

    async def _said(self, event: Event) -> None:
        if await self.did(openings.said, self.chosen, event, self.person.name):
            await self.look()

    async def do_clear(self) -> None:
        """Take an overdue order out: back to the shelf, and the box is opened for it."""
        box = self.box
        if box is not None and await self.did(deposit.cleared, box, self.person.name):
            await self._open(box.number, Purpose.STAFF, "", f"{self.person.name}: clear")
            await self.look()

    async def do_service(self) -> None:
        """Take the box out of use."""
        if await self.did(boxes.change, self.chosen, Event.TAKE_OUT, self.person.name):
            await self.look()

    def box_moved(self, moved: BoxMoved) -> None:
        """News of a box: shown, and asked about when a deposit's door was shut."""
        if not self.is_attached or self.app.current_mode != "boxes":
            return
        box = moved.box
        if moved.what in {"stuck", "refused", "lost"}:
            words = _("Box {number}: {state} {reason}")
            self.say(
                words.format(number=box.number, state=state_words(box), reason=moved.reason).strip(), "bad"
            )
        if moved.what == "shut" and box.state is State.CLOSING and box.purpose is Purpose.DEPOSIT:
            self.work_on(self._ask_inside(box), "inside")
        else:
            self.work_on(self.look(), "look")

    def do_back(self) -> None:
        """Sign out at a locker; at a till, back to it."""
        if self.app.is_locker:
            self.app.sign_out()
        else:
            super().do_back()
