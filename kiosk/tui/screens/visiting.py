"""What a visit at the locker asks of the services, and what is shown when one refuses."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.pickup import disowning
from kiosk.pickup.compartment import Event, Purpose, State
from kiosk.pickup.desk import AlreadyCollected
from kiosk.pickup.visit import Page, Visit, Waiting
from kiosk.power.thrift import Level
from kiosk.tui import lockerdesk
from kiosk.tui.app import monotonic_ms
from kiosk.tui.screens.frame import Frame

if TYPE_CHECKING:
    from kiosk.pickup.compartment import Compartment
    from kiosk.pickup.returns import Proof
    from kiosk.tui.lockershown import Here


class Visiting(Frame[None]):
    """The part of the locker's screen that has things done."""

    visit = Visit()
    proof: Proof | None = None
    """The receipt of what is brought back, once it was shown."""
    waiting: Waiting | None = None
    """Who is next, while a box is somebody's."""
    _code = ""
    """What the visit was begun with."""

    @staticmethod
    def now() -> float:
        """Monotonic seconds."""
        return monotonic_ms() / 1000

    def here(self) -> Here:
        """What a page must know of this place."""
        raise NotImplementedError

    @property
    def collection_only(self) -> bool:
        """Whether the battery is so low that boxes are only emptied."""
        return self.station.thrift >= Level.COLLECTING

    # -- collecting ----------------------------------------------------------------------------------------

    async def look_up(self, text: str) -> None:
        """Whose code it is, and have their box opened."""
        self._code = text
        if self.waiting is not None and self.waiting.code == text:
            self.waiting = None
        self.visit = Visit(Page.LOOK, typed=text, since_s=self.now())
        self.show_state()
        try:
            order, box = await self.work(lockerdesk.find, text, self.station.settings)
        except AlreadyCollected as gone:
            order = gone.order
            self.visit = Visit(Page.GONE, box=gone.box, order=order.id, ref=order.ref, by_code=True,
                               words=str(gone), since_s=self.now())  # fmt: skip
            self.show_state()
        except lockerdesk.refusals() as refused:
            self._refuse(refused)
        else:
            if order.checked:
                self.sorry(_("Please ask the staff: they look at your name for this order."))
            elif box is None:
                self.sorry(_("Your order {ref} waits at the counter.").format(ref=order.ref))
            else:
                await self.open(Visit(box=box.number, order=order.id, ref=order.ref))

    async def wait_in_line(self, text: str) -> None:
        """A code that is shown while a box is somebody's: theirs once more, or of whoever is next."""
        try:
            order = await self.work(lockerdesk.order_in, text, self.station.settings)
        except lockerdesk.refusals() as refused:
            self.say(lockerdesk.polite(refused), "warn")
            return
        if not self.visit.is_under_way:
            await self.look_up(text)
        elif text == self._code or (order and order == self.visit.order):
            self.say(self.wait_words(), "warn")
        else:
            if self.waiting is None or self.waiting.code == text or not self.waiting.is_there(self.now()):
                self.waiting = Waiting(text, self.now())
            self.show_state()

    def wait_words(self) -> str:
        """Why nothing opens for a code just now."""
        words = _("Please wait: box {box} is open.") if self.visit.box else _("One moment, please.")
        return words.format(box=self.visit.box)

    def start_over(self) -> None:
        """The visit ends."""
        raise NotImplementedError

    async def make_room(self) -> None:
        """A page closes for whoever is next; of a box that nobody said anything of, nobody will."""
        if self.visit.page is Page.ASK:
            with suppress(*lockerdesk.refusals()):  # the cabinet has given them up already
                await lockerdesk.said(self.station, self.visit, Event.SILENT)
        self.start_over()

    async def open(self, visit: Visit) -> None:
        """Have a box opened; what becomes of it is told."""
        self.visit = visit.to(Page.WAIT, self.now())
        self.show_state()
        try:
            await lockerdesk.opened(self.station.lockers, visit)
        except lockerdesk.refusals() as refused:
            self._refuse(refused)

    # -- bringing back -------------------------------------------------------------------------------------

    async def bring_back(self, size: str, larger_than: str = "") -> None:
        """Somebody brings something back: the smallest free box from that size on."""
        low, proof = self.visit.low, self.proof
        if self.collection_only:
            self.sorry(_("Low power: collecting works, nothing can be brought back today."))
            return
        try:
            box, ref = await self.work(lockerdesk.announce_return, size, larger_than, low, proof)
        except lockerdesk.refusals() as refused:
            self._refuse(refused)
            return
        await self.open(Visit(purpose=Purpose.RETURN, box=box.number, ref=ref, low=low))

    async def show_proof(self, text: str) -> None:
        """The receipt of what is brought back."""
        try:
            self.proof = await self.work(lockerdesk.proof_of, text, self.station.settings)
        except lockerdesk.refusals():
            words = _("This is no receipt of ours. Go on without it, or hold another one to the reader.")
        else:
            words = _("{receipt} is noted. Now choose the size of the box.").format(receipt=self.proof.words)
        self.visit = self.visit.to(Page.SIZE, self.now(), words)
        self.show_state()

    async def bring_back_larger(self) -> None:
        """It did not fit; the box it did not go into is empty."""
        try:
            box = await lockerdesk.said(self.station, self.visit, Event.EMPTY)
        except lockerdesk.refusals() as refused:
            self._refuse(refused)
            return
        await self.bring_back(box.size, box.size)

    async def look_for_more(self) -> None:
        """A box was emptied: does another parcel of the order wait?"""
        visit = self.visit
        more = await self.read(lockerdesk.next_box, visit.order)
        if self.visit is visit and more and more != visit.box:
            self.visit = visit.with_more(more)
            self.show_state()

    # -- before the box ------------------------------------------------------------------------------------

    async def tell_contents(self, what: Event) -> None:
        """What the person says is inside."""
        visit = self.visit
        try:
            box = await lockerdesk.said(self.station, visit, what)
        except lockerdesk.refusals() as refused:
            self._refuse(refused)
            return
        self._end(visit, box, _("Staff look at it before anything else happens."))

    def _end(self, visit: Visit, box: Compartment, words: str) -> None:
        if box.state is not State.CLOSING:
            self.visit = visit.to(Page.DONE, self.now(), words if box.state is State.CHECK else "")
            self.show_state()
            if visit.purpose is Purpose.PICKUP:
                self.work_on(self.look_for_more(), "more")

    async def disown(self) -> None:
        """Somebody else's parcel: it goes back, and staff look at it."""
        visit, lies_inside = self.visit, self.visit.words == "inside"
        visit = replace(visit, purpose=Purpose.PUT_BACK, again=True)
        try:
            box = await self.work(disowning.disown, visit.box, visit.order, "customer")
        except lockerdesk.refusals() as refused:
            self._refuse(refused)
            return
        if box.state is State.OPEN or lies_inside:
            self.visit = visit.to(Page.DONE if lies_inside else Page.DOOR, self.now())
            self.show_state()
        else:
            await self.open(visit)

    async def name_owner(self, label: str) -> None:
        """Whose parcel it is, by its own label."""
        try:
            await self.work(lockerdesk.name_owner, self.visit.box, label, self.station.settings)
        except lockerdesk.refusals() as refused:
            self.say(lockerdesk.polite(refused), "warn")
        else:
            self.say(_("Thank you, that is noted."), "good")

    async def report_theft(self) -> None:
        """Somebody else collected it: staff are told, and nothing opens."""
        visit = self.visit
        try:
            await self.work(disowning.report, visit.order, "customer")
        except lockerdesk.refusals() as refused:
            self._refuse(refused)
            return
        self.visit = replace(visit, purpose=Purpose.PUT_BACK).to(Page.DONE, self.now())
        self.show_state()

    # -- refusals ------------------------------------------------------------------------------------------

    def _refuse(self, refused: Exception) -> None:
        """Say why not; after a wrong code the pad is there again."""
        if lockerdesk.is_wrong_code(refused):
            self.visit = Visit(Page.CODE, words=str(refused), since_s=self.now())
            self.app.bell()
            self.show_state()
        else:
            self.sorry(lockerdesk.polite(refused))

    def sorry(self, words: str) -> None:
        """Say that it did not work, and why."""
        self.visit = Visit(
            Page.SORRY, self.visit.purpose, box=self.visit.box, words=words, since_s=self.now()
        )
        self.app.bell()
        self.show_state()


def once_more(visit: Visit) -> Visit:
    """The same box once more: one that was emptied is opened for what was forgotten."""
    again = visit.page in {Page.DONE, Page.GONE} and visit.words != "inside"
    return Visit(
        purpose=Purpose.AGAIN if again else visit.purpose,
        box=visit.box,
        order=visit.order,
        ref=visit.ref,
        again=True,
        by_code=visit.by_code,
    )
