"""What comes in: keys, pastes, and the events of device threads, told apart and put in order.

Scans are taken strictly one after the other, in the order they came, whatever they came from.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.app import App

from kiosk.i18n import _
from kiosk.tui.bounce import Bounce
from kiosk.tui.keys import Scan, Wedge
from kiosk.tui.messages import BoxMoved, ButtonPushed, CodeScanned, StationSaid, WeightSeen, of_station
from kiosk.tui.screens.frame import Frame
from kiosk.tui.touching import Touch, message_of, release_nowhere
from kiosk.tui.widgets.flash import Tone

if TYPE_CHECKING:
    from kiosk.station.events import PowerEnding
    from kiosk.tui.ports import Station


HUSH_MS = 30_000
"""While power is short the screen follows figures of power only so often: it wakes up a tenth as often."""
FIGURES = frozenset({"PowerRead", "OutletRead", "HeadroomChanged"})
"""What comes every few seconds whether anybody looks or not."""


def monotonic_ms() -> int:
    """Milliseconds of a clock that never jumps."""
    return time.monotonic_ns() // 1_000_000


class Incoming(App[int], inherit_bindings=False):
    """The part of the application that listens."""

    station: Station
    wedge: Wedge[events.Key]
    """Tells a wedge scanner's keys from a person's."""
    bounce: Bounce
    """Tells what a person meant twice from what only came twice."""

    def __init__(self) -> None:
        """Begin with no scan waiting."""
        super().__init__()
        self._scans: asyncio.Queue[CodeScanned] = asyncio.Queue()
        self._figures_ms: int | None = None
        """When figures of power were last shown, and how sparing the till was then."""
        self._figures_thrift = 0
        self._ignores_lift = False
        """The finger that is down now came down once too often."""

    def bell(self) -> None:
        """Sound on the terminal, and on the counter's buzzer where there is one."""
        super().bell()
        self.station.counter.beep("error")

    def used(self) -> None:
        """Somebody scanned, touched or typed."""

    def _station_says(self, event: object) -> None:
        """Any thread: hand a station event to the loop."""
        match type(event).__name__:
            case "Touched":
                self.post_message(message_of(cast("Touch", event), *self.size))
            case "CodeScanned":
                self._look_up(event)
            case name if name in FIGURES and self._is_hushed():
                pass  # whoever looks next sees the newest all the same
            case _:
                self.post_message(of_station(event))

    def _is_hushed(self) -> bool:
        """Whether the screen sleeps on: power is short, as before, and it was told of power a while ago."""
        now_ms, thrift = monotonic_ms(), int(self.station.thrift)
        told_ms, before = self._figures_ms, self._figures_thrift
        lately = told_ms is not None and now_ms - told_ms < HUSH_MS
        if lately and thrift and thrift == before and self.current_mode != "power":
            return True
        self._figures_ms, self._figures_thrift = now_ms, thrift
        return False

    def _look_up(self, event: Any) -> None:
        """A scanner's thread: look the code up on its way, so that the loop hears of it once."""
        meaning = self.station.found(event.raw)
        scan = CodeScanned(event.raw, event.device, event.at_ms, meaning)
        if (loop := self._loop) is not None:
            loop.call_soon_threadsafe(self.on_code_scanned, scan)

    def on_finger_slid(self) -> None:
        """Let go of what was touched, behind its own press: only then does it hold the finger."""
        if (touched := self._mouse_down_widget) is not None:
            touched.call_later(self.post_message, release_nowhere())

    async def on_event(self, event: events.Event) -> None:
        """Every key passes the wedge collector first; all else is Textual's."""
        if isinstance(event, events.InputEvent):
            self.used()
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._collect(event)
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            if event.text.strip():
                self.post_message(CodeScanned(event.text.strip(), "paste", monotonic_ms()))
        elif isinstance(event, events.MouseDown) and (self._touched_again(event) or self._only_wakes()):
            self._ignores_lift = True
        elif isinstance(event, events.MouseUp) and self._ignores_lift:
            self._ignores_lift = False
        else:
            await super().on_event(event)

    @property
    def _here(self) -> object:
        """The screen in front; None before there is one."""
        return next(reversed(self.screen_stack), None)

    def _touched_again(self, event: events.MouseDown) -> bool:
        at_ms = int(event.time * 1000)
        return not event.is_forwarded and self.bounce.touch(event.x, event.y, self._here, at_ms)

    def _only_wakes(self) -> bool:
        """Whether a touch or a key does nothing but wake a screen that rests."""
        return isinstance(self._here, Frame) and self._here.woken()

    async def _press(self, event: events.Key) -> None:
        """One key of a person's, unless it is the last one once more on a screen that was not there then."""
        at_ms = int(event.time * 1000)
        again = self.bounce.key(event.key, self._here, at_ms, printable=event.is_printable)
        if not again and not self._only_wakes():
            await super().on_event(event)

    async def _collect(self, event: events.Key) -> None:
        at_ms = int(event.time * 1000)
        for item in self.wedge.feed(event, event.key, event.character, at_ms):
            if isinstance(item, Scan):
                self.post_message(CodeScanned(item.raw, "wedge", at_ms))
            else:
                await self._press(item)
        if self.wedge.waiting:
            self.set_timer(self.wedge.gap_ms / 1000 + 0.005, self.flush_keys, name="wedge")

    async def flush_keys(self, at_ms: int | None = None) -> None:
        """Hand on the keys that turned out to be a person's."""
        for key in self.wedge.flush(monotonic_ms() if at_ms is None else at_ms):
            await self._press(key)

    def on_code_scanned(self, event: CodeScanned) -> None:
        """Queue a scan behind those before it."""
        self.used()
        self._scans.put_nowait(event)

    async def _take_scans(self) -> None:
        while True:
            scan = await self._scans.get()
            screen = await self._front()
            if screen is not None:
                await screen.take_code(scan)

    async def _front(self) -> Frame[object] | None:
        """The screen in front, once it is there: one just entered has no line to say anything on yet."""
        while not self.screen.is_mounted:
            await asyncio.sleep(0.005)
        screen = self.screen
        return screen if isinstance(screen, Frame) else None

    def frames_that_stand(self) -> Iterator[Frame[object]]:
        """The screens that can be told something: not one just entered, none once the app is taken down.

        Textual clears a screen of its widgets before the app stops listening.
        """
        for screen in self.screen_stack if self.is_running else ():
            if isinstance(screen, Frame) and screen.is_mounted:
                yield screen

    async def on_button_pushed(self, event: ButtonPushed) -> None:
        """A button on the counter does what the screen in front makes of it."""
        self.used()
        screen = await self._front()
        if screen is not None:
            screen.take_button(event.role, event.long)

    def on_box_moved(self, event: BoxMoved) -> None:
        """Whoever looks at boxes hears of it, in front or behind a dialogue."""
        for screen in self.frames_that_stand():
            screen.box_moved(event)

    def on_weight_seen(self, event: WeightSeen) -> None:
        """Whoever waits for a weight stands in front."""
        for screen in self.frames_that_stand():
            if screen is self.screen:
                screen.weight_seen(event)

    def on_station_said(self, event: StationSaid) -> None:
        """Something a seller must know happened to a scan, to the drawer or to a button."""
        said = event.event
        match type(said).__name__:
            case "ScanLost":
                self.say_in_front(_("Scan again: part of the code is missing"), "warn")
            case "ContactWild":
                words = _("A button or its wire is broken ({button}): it is off for a minute.")
                self.say_in_front(words.format(button=getattr(said, "contact", "")), "warn")
            case "PowerEnding":
                self.power_ends(cast("PowerEnding", said))
            case _:
                reason = getattr(said, "reason", "")
                self.say_in_front(_("The drawer did not open: {reason}").format(reason=reason), "bad")

    def power_ends(self, ending: PowerEnding) -> None:
        """The battery is at its end, or no longer: say what becomes of it on whatever screen is in front."""
        from kiosk.tui.power import ending_words

        self.say_in_front(*ending_words(ending))

    def say_in_front(self, text: str, tone: Tone) -> None:
        """Say something that happened below on whatever screen is in front, as soon as it can."""

        async def say() -> None:
            screen = await self._front()
            if screen is not None:
                screen.say(text, tone)
            self.bell()

        self.run_worker(say(), name="say", group="app")
