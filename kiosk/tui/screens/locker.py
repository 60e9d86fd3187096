"""The locker's own screen: idle, code, door, done. By the pad's twelve keys, by touch, by the reader.

Nothing in here ends the program, signs anybody in or tells what is wrong with the stall; a scan does nothing
but look a code up. While it is idle no timer runs but the minute's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.i18n import _, language, set_language
from kiosk.pickup.compartment import Purpose
from kiosk.pickup.visit import Page, Visit
from kiosk.tui.commands import bindings
from kiosk.tui.lockerpages import page
from kiosk.tui.lockershown import Here, Shown
from kiosk.tui.screens.lockeracts import LockerActs
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.cabinetmap import CabinetMap
from kiosk.tui.widgets.flash import Flash
from kiosk.tui.widgets.headline import Headline
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.statusline import StatusLine
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.tui.messages import BoxMoved

DENIED = frozenset({"theme", "palette"})
"""Commands of other screens that a passer-by has no business with."""
REST_AFTER_MS = 120_000
"""Without a key, a touch or a scan for so long the screen goes dark. The minute's tick looks."""


class LockerScreen(LockerActs):
    """One visit at a time."""

    PLACE = "locker"
    BINDINGS = bindings("locker")
    CSS_PATH = "locker.tcss"

    lit = True
    """Whether the blinking door is lit now."""
    _ticking = _warned = _told_low = False

    def body(self) -> ComposeResult:
        """The line above, one huge number with the cabinet beside it, the keys below."""
        with Vertical(id="page"):
            yield Headline(id="head")
            with Horizontal(id="door"):
                yield BigDigits(id="big")
                yield CabinetMap(id="map")
            yield KeyGrid(id="keys")
        yield Flash(id="flash")

    # -- what is shown -------------------------------------------------------------------------------------

    def refresh_standing(self) -> None:
        """Place and time; how the devices are is nobody's business here. Each minute: is anybody there?"""
        self.query_one(StatusLine).show(self.app.standing()._replace(lamps=(), person=""))
        if self.visit.page is Page.REST or self._told_low != self.collection_only:
            self.show_state()  # its time has changed, or what the power allows
        if self.visit.page is Page.IDLE and self.app.unused_ms > REST_AFTER_MS:
            self.visit = Visit(Page.REST)
            self.aloud.end()
            self.show_state()

    def arrived(self) -> None:
        """Begin anew, in the shop's language; whoever waited has seen staff come and go."""
        self.waiting = None
        self.start_over()

    def here(self) -> Here:
        """What a page must know of this place."""
        pickup = self.station.settings.pickup
        return Here(
            language(),
            pickup.sizes if pickup is not None else (),
            pickup is not None and any(low for _number, _size, low in pickup.boxes),
            self.collection_only,
            speaks=self.app.voice is not None,
            help_line=pickup.help if pickup is not None else "",
            time=self.app.standing().time,
        )

    def shown(self) -> Shown:
        """The visit's page."""
        return page(self.visit, self.here())

    def show_state(self) -> None:
        """Show the visit's page."""
        visit, shown, self._told_low = self.visit, self.shown(), self.collection_only
        for name, wanted in (
            ("-code", visit.page is Page.CODE),
            ("-door", shown.door),
            ("-rest", visit.page is Page.REST),
            ("-keys", bool(shown.keys)),
        ):
            self.set_class(wanted, name)
        tall = 8 if self.size.height >= 40 else 4
        self.query_one(Headline).show(shown.title, shown.words, shown.tone, tall)
        big = self.query_one(BigDigits)
        big.align = "centre"
        big.show(shown.big, "quiet" if visit.page is Page.REST else shown.tone)
        self._show_keys(shown)
        self.app.go_dark(visit.page is Page.REST)
        if shown.door:
            pickup = self.station.settings.pickup
            rows = pickup.rows if pickup is not None else ()
            self.query_one(CabinetMap).point_at(rows, visit.box, lit=self.lit)
        self._show_time_left()
        self.aloud.read(visit, shown, self.now())
        self._tick_on()

    def _show_keys(self, shown: Shown) -> None:
        keys = [key.touch() for key in shown.keys]
        rows = max(-(-len(keys) // shown.columns), 1)
        self.query_one("#keys", KeyGrid).show(keys, columns=shown.columns, rows=rows)

    @property
    def hurried(self) -> bool:
        """Whether somebody waits for this visit's end; who listens to the screen is given the whole time."""
        return self.waiting is not None and not self.aloud.reads

    def _show_time_left(self) -> None:
        now, waiting = self.now(), self.waiting
        warns = self.visit.warns(now, hurried=self.hurried)
        if warns:
            left = round(self.visit.left_s(now, hurried=self.hurried) or 0)
            self.say(_("This page closes in {n} s; any key keeps it.").format(n=left), "warn")
        elif waiting is not None:
            words = (
                _("You are next.") if waiting.is_there(now) else _("Whoever is next: show the code again.")
            )
            self.say(f"{self.wait_words()} {words}", "warn")
        elif self._warned:
            self.say("")
        self._warned = warns

    # -- time ----------------------------------------------------------------------------------------------

    def _tick_on(self) -> None:
        """One tick a second while somebody is there; none on the idle screen."""
        if self.visit.page not in {Page.IDLE, Page.REST} and not self._ticking:
            self._ticking = True
            self.set_timer(1.0, self._tick, name="visit")

    def _tick(self) -> None:
        self._ticking = False
        blinks = self.visit.page in {Page.DOOR, Page.PRESS} and not self.station.thrift
        self.lit = not self.lit if blinks else True
        if self.visit.left_s(self.now(), hurried=self.hurried) == 0:
            if self.waiting is not None:
                self.work_on(self.make_room(), "room")
            else:
                self.start_over()
            return
        if self.visit.warns(self.now(), hurried=self.hurried) and not self._warned:
            self.app.bell()
        self.show_state()

    def start_over(self) -> None:
        """The visit ends; the next one begins in the shop's language, at once where somebody waits for it."""
        self.visit, waiting, self.waiting = Visit(), self.waiting, None
        self.aloud.end()
        self.say("")
        set_language(self.station.settings.language)
        if waiting is not None and waiting.is_there(self.now()):
            self.work_on(self.look_up(waiting.code), "code")
        self.show_state()

    def woken(self) -> bool:
        """The first touch of a dark screen only wakes it."""
        if self.visit.page is not Page.REST:
            return False
        self.start_over()
        return True

    # -- keys ----------------------------------------------------------------------------------------------

    def can(self, name: str, /) -> bool:
        """Nothing but what is on the screen."""
        return name not in DENIED

    def do_back(self) -> None:
        """Escape: the visit ends, unless a door moves."""
        if self.visit.page is Page.HELP:
            self.act_home()
            self.show_state()
        elif not self.visit.is_under_way:
            self.start_over()

    def do_enter(self) -> None:
        """Enter is the pad's `#`."""
        self.typed("#")

    def do_star(self) -> None:
        """The pad's `*`."""
        self.typed("*")

    def do_help(self) -> None:
        """F1, the HELP button and the line's right end: the pad's `*`, where that is help; `#` leads back."""
        if self.visit.page is Page.HELP:
            self.do_back()
        elif self.visit.page is Page.CODE:
            self.act_help()
        elif self.shown().act("*") in {"help", "ask_staff"}:
            self.typed("*")

    def do_rub_out(self) -> None:
        """Backspace takes a digit back, as `*` does while a code is typed."""
        if self.visit.page is Page.CODE:
            self.typed("*")

    def pressed(self, key: TouchKey, /) -> None:
        """A touch key's id is the key of the pad."""
        self.typed(key.id)

    def typed(self, character: str, /) -> bool:
        """One key of the pad; one that means nothing here still keeps the page."""
        self.visit = self.visit.touched(self.now())
        name, _colon, argument = self.shown().act(character).partition(":")
        if name:
            act = getattr(self, f"act_{name}")
            act(argument) if argument else act()
        self.show_state()
        return True

    def box_moved(self, moved: BoxMoved) -> None:
        """News of a box."""
        before = self.visit
        self.visit = before.told(moved.what, moved.box, self.now())
        if moved.what in {"remind", "alarm"} and self.visit.page is Page.DOOR:
            self.app.bell()
        if self.visit != before and self.is_current:
            self.lit = True
            self.show_state()
            if self.visit.page is Page.DONE and self.visit.purpose is Purpose.PICKUP:
                self.work_on(self.look_for_more(), "more")
