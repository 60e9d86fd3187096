"""The application: modes, who is signed in. `incoming` hears what comes in, `hours` goes by the clock.

Nothing here waits for anything. Screens are imported when they are first shown; this module pulls in what the
first frame needs and no more.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, Final

from kiosk.i18n import set_language
from kiosk.i18n import time as clock_text
from kiosk.tui.bounce import Bounce
from kiosk.tui.hours import Hours
from kiosk.tui.incoming import monotonic_ms
from kiosk.tui.keys import Wedge
from kiosk.tui.leaving import going
from kiosk.tui.places import MODES
from kiosk.tui.screens.frame import Frame
from kiosk.tui.theme import DAY
from kiosk.tui.widgets.statusline import Standing

if TYPE_CHECKING:
    from concurrent.futures import Future

    from textual import events
    from textual.driver import Driver
    from textual.screen import Screen

    from kiosk.checkout.rights import Person
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings
    from kiosk.station.events import PowerEnding
    from kiosk.station.voice import Voice
    from kiosk.tui.keeper import Keeper
    from kiosk.tui.ports import Station

__all__ = ["BarrowApp", "monotonic_ms"]

WIDTHS: Final[list[tuple[int, str]]] = [(0, "-w80"), (96, "-w100"), (120, "-w128")]
HEIGHTS: Final[list[tuple[int, str]]] = [(0, "-h24"), (28, "-h30"), (42, "-h50")]
"""Classes on the screen from these columns and rows on: designed for 80x24, 100x30 and 128x50."""


class BarrowApp(Hours, inherit_bindings=False):
    """The till's screen."""

    TITLE = "Barrow"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "base.tcss",
        "screens/lock.tcss",
    ]  # what the first frame needs
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False
    NOTIFICATION_TIMEOUT = 0
    DEFAULT_MODE = "lock"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    MODES: ClassVar[dict[str, str | Callable[[], Screen[object]]]] = MODES

    def __init__(
        self,
        station: Station,
        *,
        theme: str = DAY.name,
        wedge: Wedge[events.Key] | None = None,
        bounce: Bounce | None = None,
        save_after_s: float | None = None,
    ) -> None:
        """Make the application for a station; nothing is started before `run`."""
        super().__init__(theme)
        self.station = station
        self._save_after_s = save_after_s
        self.wedge = wedge or Wedge()
        self.bounce = bounce or Bounce()
        self._disable_tooltips = self._disable_notifications = True  # hints and a flash line take their place
        self.trouble: BaseException | None = None
        """Why the shop could not be opened, for whoever ran the screen."""
        self._unsubscribe: Callable[[], None] | None = None

    @cached_property
    def keeper(self) -> Keeper:
        """What keeps the open basket in the ledger; the first frame does without it."""
        from kiosk.tui.keeper import PAUSE_S, Keeper

        pause_s = PAUSE_S if self._save_after_s is None else self._save_after_s
        return Keeper(self.station, self.tell_trouble, pause_s)

    def get_driver_class(self) -> type[Driver]:
        """Our driver on a Linux terminal; elsewhere, and where TEXTUAL_DRIVER names one, Textual's choice."""
        here = sys.platform == "linux" and "TEXTUAL_DRIVER" not in os.environ
        if not here or sys.__stdin__ is None or not sys.__stdin__.isatty():
            return super().get_driver_class()
        from kiosk.tui.driver import BarrowDriver

        return BarrowDriver

    def on_mount(self) -> None:
        """Listen to the station and start taking scans."""
        self._unsubscribe = self.station.subscribe(self._station_says)
        self.run_worker(self._take_scans(), name="scans", group="app")
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """After the first frame: open the shop and its devices."""
        self.station.start().add_done_callback(lambda shop: self.call_later(self._opened, shop))

    def _opened(self, shop: Future[tuple[Settings, Ledger]]) -> None:
        """The shop is open: fill the screen that is there already. Or it is not: make way for the reason."""
        gc.freeze()  # what was imported stays for good: no collection need look at it again
        gc.enable()
        self.trouble = shop.exception()
        if self.trouble is not None:
            self.exit(return_code=1)
            return
        self._next_minute()
        if "NOTIFY_SOCKET" in os.environ:
            self._live()
        if self.station.person is not None:
            self.go("till")
        elif self.is_locker:
            self.go("locker")
        elif isinstance(self.screen, Frame):
            self.screen.arrived()

    def _live(self) -> None:
        """Tell systemd that the screen stands, and again and again that its loop turns."""
        from kiosk import lifesign

        self._say_alive("READY=1")
        if period_s := lifesign.period_s():
            self.set_interval(period_s, lambda: self._say_alive("WATCHDOG=1"), name="lifesign")

    def _say_alive(self, state: str) -> None:
        from kiosk import lifesign

        with suppress(lifesign.NobodyListens):  # it will notice its silence itself; the till sells on
            lifesign.say(state)

    def on_unmount(self) -> None:
        """Save what stands in the basket and stop listening; the station is closed by whoever opened it."""
        if "keeper" in self.__dict__:
            self.keeper.flush()
        if self.__dict__.get("voice"):
            self.__dict__["voice"].close()
        if self._unsubscribe:
            self._unsubscribe()

    def size_classes(self) -> str:
        """The classes of a screen for the terminal's present size, as Textual sets them when it changes."""
        sized = ((self.size.width, WIDTHS), (self.size.height, HEIGHTS))
        return " ".join(max(step for step in steps if step[0] <= cells)[1] for cells, steps in sized)

    # -- standing ------------------------------------------------------------------------------------------

    def standing(self) -> Standing:
        """What the status line of any screen says now."""
        stamp = self.station.clock.now()
        person = self.station.person
        return Standing(
            place=self.station.name,
            person=person.name if person else "",
            lamps=tuple(self.station.lamps),
            time=clock_text(stamp.wall_ms),
            clock_trusted=stamp.trusted,
        )

    def minute_passed(self, unused_ms: int, /) -> None:
        """Show the new minute; at a locker make way for the next who collects."""
        self.on_lamps_changed()
        asking = len(self.screen_stack) > 1
        match going(self.current_mode, locker=self.is_locker, asking=asking, unused_ms=unused_ms):
            case "to the locker":
                self.go("locker")
            case "give up the question":  # and a minute later who was asked is signed out
                self.screen.dismiss(None)
            case "sign out":
                self.sign_out()

    def on_lamps_changed(self) -> None:
        """Something in the status line changed; behind a dialogue it stays in sight."""
        if not self.is_running:
            return
        self.follow_power()
        self.tell_proposal()
        for screen in self.frames_that_stand():
            screen.refresh_standing()

    def on_power_sampled(self) -> None:
        """A meter was read: what shows power looks at the newest reading, not at this one."""
        self.on_lamps_changed()

    def sign_in(self, person: Person) -> None:
        """Somebody's PIN was right: the till is theirs, in their language."""
        from kiosk.checkout.rights import Right

        self.station.register.person = person
        set_language(person.language or self.station.settings.language)
        self.go("boxes" if self.is_locker or not person.may(Right.SELL) else "till")

    def sign_out(self) -> None:
        """Lock the till; what is in the basket stays."""
        self.station.register.person = None
        set_language(self.station.settings.language)
        self.go("locker" if self.is_locker else "lock")

    @property
    def is_locker(self) -> bool:
        """Whether this screen is a locker's, where nobody has to sign in."""
        pickup = self.station.settings.pickup
        return pickup is not None and pickup.locker_mode

    @cached_property
    def voice(self) -> Voice | None:
        """What reads the locker's screen aloud; None where the shop has no speaker for it."""
        pickup = self.station.settings.pickup
        if pickup is None or not pickup.voice:
            return None
        from kiosk.station.voice import Voice

        return Voice(pickup.voice, device=pickup.voice_device, speed=pickup.voice_speed)

    def power_ends(self, ending: PowerEnding) -> None:
        """As everywhere; what stands in the basket is on disk before it."""
        if "keeper" in self.__dict__:
            self.keeper.flush()
        super().power_ends(ending)

    def tell_trouble(self, trouble: BaseException) -> None:
        """Something below failed where nobody waited for it."""
        self.say_in_front(str(trouble), "bad")

    def go(self, mode: str) -> None:
        """Go to another mode, which is imported and made when it is first shown."""
        self.call_next(self._arrive, mode)

    async def _arrive(self, mode: str) -> None:
        await self.switch_mode(mode)
        if isinstance(self.screen, Frame):
            self.screen.arrived()
