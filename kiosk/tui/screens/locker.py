"""The locker's own screen: idle, code, door, done. By the pad's twelve keys, by touch, by the reader.

Nothing in here ends the program, signs anybody in or tells what is wrong with the stall; a scan does nothing
but look a code up. While it is idle no timer runs but the minute's.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.i18n import _, language, languages, set_language
from kiosk.pickup.compartment import Purpose
from kiosk.pickup.visit import UNDER_WAY, Page, Visit, is_plain
from kiosk.tui.commands import bindings
from kiosk.tui.lockerpages import Shown, page
from kiosk.tui.readaloud import ReadAloud
from kiosk.tui.screens.visiting import Visiting, replace_again
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.flash import Flash
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.statusline import StatusLine
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.tui.messages import BoxMoved, CodeScanned

MAP_COLUMNS = 4
COLLECTING = 2  # of `kiosk.power.thrift.Level`
DENIED = frozenset({"theme", "palette", "help"})
"""Commands of other screens that a passer-by has no business with."""


class LockerScreen(Visiting):
    """One visit at a time."""

    PLACE = "locker"
    BINDINGS = bindings("locker")
    CSS_PATH = "locker.tcss"

    lit = True
    """Whether the blinking door is lit now."""
    _ticking = _warned = _told_low = False

    def body(self) -> ComposeResult:
        """Words above, one huge number, the cabinet and the keys below."""
        with Vertical(id="page"):
            yield Title("", surface="ground")
            yield BigDigits(id="big")
            with Horizontal(id="lower"):
                yield KeyGrid(id="map")
                yield KeyGrid(id="keys")
        yield Flash(id="flash")

    @cached_property
    def aloud(self) -> ReadAloud:
        """What is said of the screen after `*`."""
        return ReadAloud(self.app.voice)

    # -- what is shown -------------------------------------------------------------------------------------

    def refresh_standing(self) -> None:
        """Place and time; how the devices are is nobody's business here."""
        self.query_one(StatusLine).show(self.app.standing()._replace(lamps=(), person=""))
        if self.visit.page is Page.IDLE and self._told_low != self.collection_only:
            self.show_state()

    def arrived(self) -> None:
        """Begin anew, in the shop's language."""
        self.start_over()

    def show_state(self) -> None:
        """Show the visit's page."""
        visit, self._told_low = self.visit, self.collection_only
        shown = self._page()
        self.set_class(visit.page is Page.CODE, "-code")
        self.set_class(bool(shown.big) and visit.page is not Page.CODE, "-door")
        self.query_one(Title).show(shown.title, shown.words)
        big = self.query_one(BigDigits)
        big.align = "centre"
        big.show(shown.big, "accent" if self.lit or visit.page is Page.CODE else "quiet")
        rows = max(-(-len(shown.keys) // shown.columns), 1)
        self.query_one("#keys", KeyGrid).show(shown.keys, columns=shown.columns, rows=rows)
        if shown.big and visit.box:
            self._show_map()
        if visit.warns(self._now()):
            left = round(visit.left_s(self._now()) or 0)
            self.say(_("This page closes in {n} s; any key keeps it.").format(n=left), "warn")
        elif self._warned:
            self.say("")
        self._warned = visit.warns(self._now())
        self.aloud.read(visit, shown, self._now())
        self._tick_on()

    def _page(self) -> Shown:
        pickup, low, speaks = self.station.settings.pickup, self.collection_only, self.app.voice is not None
        sizes = pickup.sizes if pickup is not None else ()
        return page(self.visit, language(), sizes, collection_only=low, speaks=speaks)

    def _show_map(self) -> None:
        """The cabinet as it stands there; the door that is meant blinks once a second."""
        pickup = self.station.settings.pickup
        numbers = [number for number, _size, _low in pickup.boxes] if pickup is not None else []
        keys = [
            TouchKey(
                f"box:{number}",
                str(number),
                enabled=number == self.visit.box,
                hue="accent" if number == self.visit.box and self.lit else "plain",
            )
            for number in numbers
        ]
        self.query_one("#map", KeyGrid).show(keys, columns=MAP_COLUMNS, rows=-(-len(keys) // MAP_COLUMNS))

    @property
    def collection_only(self) -> bool:
        """Whether the battery is so low that boxes are only emptied."""
        return self.station.thrift >= COLLECTING

    # -- time ----------------------------------------------------------------------------------------------

    def _tick_on(self) -> None:
        """One tick a second while somebody is there; none on the idle screen."""
        if self.visit.page is not Page.IDLE and not self._ticking:
            self._ticking = True
            self.set_timer(1.0, self._tick, name="visit")

    def _tick(self) -> None:
        self._ticking = False
        blinks = self.visit.page in {Page.DOOR, Page.PRESS} and not self.station.thrift
        self.lit = not self.lit if blinks else True
        if self.visit.left_s(self._now()) == 0:
            self.start_over()
            return
        if self.visit.warns(self._now()) and not self._warned:
            self.app.bell()
        self.show_state()

    def start_over(self) -> None:
        """The visit ends; the next one begins in the shop's language."""
        self.visit = Visit()
        self.aloud.end()
        self.say("")
        set_language(self.station.settings.language)
        self.show_state()

    # -- keys ----------------------------------------------------------------------------------------------

    def can(self, name: str, /) -> bool:
        """Nothing but what is on the screen."""
        return name not in DENIED

    def do_back(self) -> None:
        """Escape: the visit ends, unless a door moves."""
        if self.visit.page not in UNDER_WAY:
            self.start_over()

    def do_enter(self) -> None:
        """Enter is the pad's `#`."""
        self.typed("#")

    def do_star(self) -> None:
        """The pad's `*`."""
        self.typed("*")

    def do_rub_out(self) -> None:
        """Backspace takes a digit back, as `*` does while a code is typed."""
        if self.visit.page is Page.CODE:
            self.typed("*")

    def pressed(self, key: TouchKey, /) -> None:
        """A touch key's id is the key of the pad."""
        self.typed(key.id)

    def typed(self, character: str, /) -> bool:
        """One key of the pad."""
        visit = self.visit = self.visit.touched(self._now())
        shown = {key.id: key for key in self._page().keys if key is not None and key.enabled}
        if character not in shown:
            pass  # it kept the page, which is all a key does that is not shown
        elif visit.page in {Page.IDLE, Page.CODE}:
            self._start(character)
        else:
            self._answer(character)
        self.show_state()
        return True

    def _start(self, character: str) -> None:
        """A key of the idle screen or of the pad."""
        visit, now = self.visit, self._now()
        if visit.page is Page.CODE:
            if character == "#":
                self.work_on(self._look_up(visit.typed), "code")
            elif character == "*":
                self.visit = visit.rubbed_out(now)
            else:
                self.visit = visit.digit(character, now)
                if self.visit.complete:
                    self.work_on(self._look_up(self.visit.typed), "code")
        elif character == "1":
            self.visit = visit.to(Page.CODE, now)
        elif character == "2" and not self.collection_only:
            self.visit = Visit(Page.SIZE, Purpose.RETURN, since_s=now)
        elif character == "3":
            spoken = languages()
            set_language(spoken[(spoken.index(language()) + 1) % len(spoken)])
        elif character == "*":
            self.aloud.begin()
            self.visit = visit.to(Page.HELP, now)

    def _answer(self, character: str) -> None:
        """A key of any later page."""
        visit, now = self.visit, self._now()
        if character == "*":
            self.aloud.begin()
            asked = visit.page is Page.ASK  # which cannot be left for the help
            words = _("Please ask the staff; your code stays good.") if asked else ""
            self.visit = visit.to(Page.ASK if asked else Page.HELP, now, words)
        elif character == "#" or (visit.page is Page.SORRY and character == "1"):
            self.start_over()
        elif visit.page is Page.HELP and character == "9":
            self.app.go("lock")
        elif visit.page is Page.SIZE:
            self.work_on(self._bring_back(int(character) - 1), "return")
        elif character == "2":
            self.work_on(self._open(replace_again(visit)), "again")
        elif visit.page is Page.ASK:
            self.work_on(self._say(character), "say")
        elif visit.page is Page.DONE and character == "3":
            self.work_on(self._not_mine(), "not mine")

    # -- work ----------------------------------------------------------------------------------------------

    async def take_code(self, scan: CodeScanned, /) -> None:
        """A code held to the reader: looked up and nothing else."""
        if self.visit.page in UNDER_WAY:
            words = _("Please wait: box {box} is open.") if self.visit.box else _("One moment, please.")
            self.say(words.format(box=self.visit.box), "warn")
        elif not is_plain(scan.raw):
            self._sorry(_("This code is not for this locker."))
        else:
            await self._look_up(scan.raw)

    def box_moved(self, moved: BoxMoved) -> None:
        """News of a box."""
        before = self.visit
        self.visit = before.told(moved.what, moved.box, self._now())
        if moved.what in {"remind", "alarm"} and self.visit.page is Page.DOOR:
            self.app.bell()
        if self.visit != before and self.is_current:
            self.lit = True
            self.show_state()
