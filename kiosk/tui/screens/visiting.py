"""What a visit at the locker asks of the services, and what is shown when one refuses."""

from __future__ import annotations

from kiosk.i18n import _
from kiosk.pickup.compartment import Event, Purpose, State
from kiosk.pickup.visit import Page, Visit
from kiosk.tui import lockerdesk
from kiosk.tui.app import monotonic_ms
from kiosk.tui.screens.frame import Frame


class Visiting(Frame[None]):
    """The part of the locker's screen that has things done."""

    visit = Visit()

    @staticmethod
    def _now() -> float:
        return monotonic_ms() / 1000

    async def _look_up(self, text: str) -> None:
        """Whose code it is, and have their box opened."""
        self.visit = Visit(Page.LOOK, typed=text, since_s=self._now())
        self.show_state()
        try:
            order, box = await self.work(lockerdesk.find, text, self.station.settings)
        except lockerdesk.refusals() as refused:
            self._refuse(refused)
            return
        if order.checked:
            self._sorry(_("Please ask the staff: they look at your name for this order."))
        elif box is None:
            self._sorry(_("Your order {ref} waits at the counter.").format(ref=order.ref))
        else:
            await self._open(Visit(box=box.number, order=order.id))

    async def _open(self, visit: Visit) -> None:
        """Have a box opened; what becomes of it is told."""
        self.visit = visit.to(Page.WAIT, self._now())
        self.show_state()
        try:
            await lockerdesk.opened(self.station.lockers, visit)
        except lockerdesk.refusals() as refused:
            self._refuse(refused)

    async def _bring_back(self, at: int) -> None:
        """Somebody brings something back: the smallest free box of that size."""
        pickup = self.station.settings.pickup
        try:
            box = await self.work(lockerdesk.free_box, pickup.sizes[at] if pickup is not None else "")
        except lockerdesk.refusals() as refused:
            self._refuse(refused)
            return
        await self._open(Visit(purpose=Purpose.RETURN, box=box.number))

    async def _say(self, character: str) -> None:
        """What the person says is inside."""
        visit = self.visit
        full = visit.purpose is not Purpose.PICKUP
        what = Event.UNSURE
        if character == "1":
            what = Event.FULL if full else Event.EMPTY
        elif character == "3" and full:
            what = Event.EMPTY
        await self._write(visit, what)

    async def _write(self, visit: Visit, what: Event) -> None:
        try:
            box = await lockerdesk.said(self.station, visit, what)
        except lockerdesk.refusals() as refused:
            self._refuse(refused)
            return
        if box.state is not State.CLOSING:
            words = _("Staff look at it before anything else happens.") if what is Event.UNSURE else ""
            self.visit = visit.to(Page.DONE, self._now(), words)
            self.show_state()

    async def _not_mine(self) -> None:
        """Somebody else's parcel: put it back; staff look at it."""
        try:
            await self.work(lockerdesk.report, self.visit.order)
        except lockerdesk.refusals() as refused:
            self._refuse(refused)
            return
        await self._open(Visit(purpose=Purpose.RETURN, box=self.visit.box, again=True))

    def _refuse(self, refused: Exception) -> None:
        """Say why not; after a wrong code the pad is there again."""
        if lockerdesk.is_wrong_code(refused):
            self.visit = Visit(Page.CODE, words=str(refused), since_s=self._now())
            self.app.bell()
            self.show_state()
        else:
            self._sorry(lockerdesk.polite(refused))

    def _sorry(self, words: str) -> None:
        self.visit = Visit(Page.SORRY, box=self.visit.box, words=words, since_s=self._now())
        self.app.bell()
        self.show_state()


def replace_again(visit: Visit) -> Visit:
    """The same box once more, which is the last time; a box that is empty again is opened as for a return."""
    purpose = Purpose.RETURN if visit.page is Page.DONE else visit.purpose
    return Visit(purpose=purpose, box=visit.box, order=visit.order, again=True)
