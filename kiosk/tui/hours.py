"""What time brings: the minute, night after day, power that runs short, rest for a till nobody uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from kiosk.tui.daylight import night_at
from kiosk.tui.incoming import Incoming, monotonic_ms
from kiosk.tui.screens.frame import Frame
from kiosk.tui.theme import NIGHT, faces, theme_of
from kiosk.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from kiosk.power.shedding import Proposal

REST_AFTER_MS = 120_000
"""Without a scan, a touch or a key for this long the till rests: devices are looked at once a minute."""


class Hours(Incoming, inherit_bindings=False):
    """The part of the application that goes by the clock."""

    def __init__(self, theme: str) -> None:
        """Begin by day or by night, in use."""
        super().__init__()
        self._used_ms = monotonic_ms()
        self._resting = False
        self.faces = faces(self.console.color_system)
        for palette in self.faces:
            self.register_theme(theme_of(palette))
        self._night = theme == NIGHT.name
        """Which half of the day it was when the theme was last set by the hour."""
        self._proposed: Proposal | None = None
        """What of the gauge's proposals was said last."""
        self._dimmed = self._dark = False
        """Whether the theme was last set for want of power or people, and whether nobody is there."""
        self.set_reactive(App.theme, self.faces[self._night].name)  # without parsing all styles again
        self.stylesheet.set_variables(self.get_css_variables())

    def _next_minute(self) -> None:
        """The one timer of the screen: wake when the shown minute changes."""
        left_ms = 60_000 - self.station.clock.now().wall_ms % 60_000
        self.set_timer(left_ms / 1000 + 0.05, self._minute, name="minute")

    def _minute(self) -> None:
        self._next_minute()
        self._follow_hour()
        self.follow_power()
        unused_ms = self.unused_ms
        self._rest(unused_ms > REST_AFTER_MS)
        self.minute_passed(unused_ms)

    def minute_passed(self, unused_ms: int, /) -> None:
        """Show the new minute; nobody has scanned, touched or typed for `unused_ms`."""
        raise NotImplementedError

    def _follow_hour(self) -> None:
        """Change the theme when day or night begins; one chosen by hand holds until then.

        With a payment or a question in front it waits for the minute after that is over.
        """
        night = night_at(self.station.settings.ui, self.station.clock.now().wall_ms)
        if night is not None and night != self._night and len(self.screen_stack) == 1:
            self._night = night
            if not self._dimmed:
                self.theme = self.faces[night].name

    def follow_power(self) -> None:
        """Dim while power is short or nobody is there, and be bright again; a theme chosen by hand holds.

        With a payment or a question in front it waits until that is over.
        """
        short = bool(self.station.thrift) or self._dark
        if short == self._dimmed or len(self.screen_stack) > 1:
            return
        self._dimmed = short
        self.theme = self._dim() if short else self.faces[self._night].name

    def tell_proposal(self) -> None:
        """Say on the till what the gauge proposes, once for each proposal; behind a question it waits."""
        view = self.station.headroom
        proposal = view.proposal if view is not None else None
        if proposal == self._proposed or self.current_mode != "till" or len(self.screen_stack) > 1:
            return
        self._proposed = proposal
        if proposal is not None and isinstance(self.screen, Frame) and self.screen.is_mounted:
            from kiosk.tui.powernews import words

            self.screen.say(words(proposal), "note" if proposal.act == "restore" else "warn", "power")

    def go_dark(self, dark: bool) -> None:
        """Nobody is before the screen, or somebody is again."""
        if dark != self._dark:
            self._dark = dark
            self.follow_power()

    def _dim(self) -> str:
        from kiosk.tui.themedim import DIM

        if DIM.name not in self.available_themes:
            self.register_theme(theme_of(DIM))
        return DIM.name

    def _rest(self, resting: bool) -> None:
        """Have the devices wake up less often while nobody sells."""
        if resting != self._resting:
            self._resting = resting
            self.station.rest(resting)

    @property
    def unused_ms(self) -> int:
        """Milliseconds since somebody scanned, touched or typed."""
        return monotonic_ms() - self._used_ms

    def used(self) -> None:
        """Somebody scanned, touched or typed."""
        self._used_ms = monotonic_ms()
        self._rest(False)

    def change_theme(self) -> None:
        """From day to night or back."""
        day, night = self.faces
        self.theme = night.name if self.theme == day.name else day.name

    def _watch_theme(self, theme_name: str) -> None:
        """Painted widgets do not follow style sheets: draw them again."""
        super()._watch_theme(theme_name)
        for screen in self.screen_stack if self._running else ():
            for widget in screen.query(Painted):
                widget.refresh()
