"""What each key of the locker's pages does: `act_` and the name the page gives it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.i18n import _, language, languages, set_language
from kiosk.pickup.compartment import Event, Purpose
from kiosk.pickup.visit import Page, Visit, is_plain
from kiosk.tui.readaloud import ReadAloud
from kiosk.tui.screens.visiting import Visiting, once_more

if TYPE_CHECKING:
    from kiosk.tui.messages import CodeScanned


class LockerActs(Visiting):
    """The part of the locker's screen that a key of the pad reaches."""

    @cached_property
    def aloud(self) -> ReadAloud:
        """What is said of the screen after `*`."""
        return ReadAloud(self.app.voice)

    # -- the idle screen and the code ----------------------------------------------------------------------

    def act_collect(self) -> None:
        """Somebody collects."""
        self.visit = self.visit.to(Page.CODE, self.now())

    def act_bring(self) -> None:
        """Somebody brings something back."""
        self.visit, self.proof = Visit(Page.SIZE, Purpose.RETURN, since_s=self.now()), None

    def act_language(self) -> None:
        """The next language, until this visit ends."""
        known = languages()
        set_language(known[(known.index(language()) + 1) % len(known)])

    def act_help(self) -> None:
        """How it goes; read aloud from now on where there is a voice."""
        self.aloud.begin()
        self.visit = self.visit.to(Page.HELP, self.now())

    def act_home(self) -> None:
        """Back from the help: who has not begun yet goes on in their language, and is read to still."""
        if self.visit.box:
            self.start_over()
        else:
            self.visit = Visit()

    def act_staff(self) -> None:
        """Staff sign in."""
        self.app.go("lock")

    def act_leave(self) -> None:
        """This visit is over."""
        self.start_over()

    def act_digit(self, digit: str) -> None:
        """One more digit; the eighth has the code looked up."""
        self.visit = self.visit.digit(digit, self.now())
        if self.visit.complete:
            self.act_use_code()

    def act_rub_out(self) -> None:
        """One digit less; without any the visit ends."""
        self.visit = self.visit.rubbed_out(self.now())

    def act_use_code(self) -> None:
        """Have the code looked up."""
        self.work_on(self.look_up(self.visit.typed), "code")

    # -- bringing back -------------------------------------------------------------------------------------

    def act_low(self) -> None:
        """A box within reach, or any."""
        self.visit = self.visit.with_low(not self.visit.low, self.now())

    def act_size(self, number: str) -> None:
        """A box of that size opens."""
        self.work_on(self.bring_back(self.here().sizes[int(number) - 1]), "return")

    def act_larger(self) -> None:
        """It did not fit: the box is empty, and a larger one opens."""
        self.work_on(self.bring_back_larger(), "larger")

    # -- before the box ------------------------------------------------------------------------------------

    def act_all_well(self) -> None:
        """It is as it should be: taken out, or put in."""
        full = self.visit.purpose is Purpose.RETURN
        self.work_on(self.tell_contents(Event.FULL if full else Event.EMPTY), "say")

    def act_kept(self) -> None:
        """What was to be brought back was not put in."""
        self.work_on(self.tell_contents(Event.EMPTY), "say")

    def act_left_inside(self) -> None:
        """Something lies in a box that should be empty."""
        self.work_on(self.tell_contents(Event.FULL), "say")

    def act_ask_staff(self) -> None:
        """Help where the page cannot be left for it."""
        self.aloud.begin()
        self.visit = self.visit.to(Page.ASK, self.now(), _("Please ask the staff; your code stays good."))

    def act_again(self) -> None:
        """The same door once more."""
        self.work_on(self.open(once_more(self.visit)), "again")

    def act_next(self) -> None:
        """The box of the order's next parcel."""
        visit = self.visit
        self.work_on(self.open(Visit(box=visit.more, order=visit.order, ref=visit.ref)), "next")

    def act_not_mine(self) -> None:
        """It is somebody else's parcel."""
        self.work_on(self.disown(), "not mine")

    def act_not_me(self) -> None:
        """Somebody else collected it."""
        self.work_on(self.report_theft(), "not me")

    # -- the reader ----------------------------------------------------------------------------------------

    async def take_code(self, scan: CodeScanned, /) -> None:
        """A code held to the reader: looked up and nothing else. While a door is open others wait."""
        plain = is_plain(scan.raw)
        if self.visit.page is Page.DOOR and self.visit.purpose is Purpose.PUT_BACK and plain:
            await self.name_owner(scan.raw)
        elif self.visit.page is Page.SIZE and plain:
            await self.show_proof(scan.raw)
        elif self.visit.is_under_way:
            if plain:
                await self.wait_in_line(scan.raw)
            else:
                self.say(_("This code is not for this locker."), "warn")
        elif not plain:
            self.sorry(_("This code is not for this locker."))
        else:
            await self.look_up(scan.raw)
