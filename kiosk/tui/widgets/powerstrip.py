"""The power strip: what the battery says, in one row, and how old that is. Unknown is never empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from kiosk.i18n import _
from kiosk.tui.widgets.flash import Flash
from kiosk.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from textual import events

STALE_MS = 120_000
"""A reading older than two minutes is told with its age: a full battery from noon means nothing at four."""


@dataclass(frozen=True, slots=True)
class Power:
    """What the strip shows; every part can be unknown by itself."""

    charge: int | None = None
    """State of charge in whole percent."""
    milliwatts: int | None = None
    """Drawn now, in mW."""
    left_minutes: int | None = None
    """Minutes until the battery is at its reserve, at the present load."""
    age_ms: int = 0
    """How old the reading is."""
    configured: bool = True
    """False where the shop has no battery meter: the strip is then empty, not unknown."""


def told(power: Power) -> list[str]:
    """The parts of the strip in words, most important first."""
    if power.charge is None:
        parts = [_("battery unknown")]
    else:
        parts = [_("{percent} %").format(percent=power.charge)]
    if power.left_minutes is not None:
        hours, minutes = divmod(power.left_minutes, 60)
        parts.append(_("{hours} h {minutes:02d} left").format(hours=hours, minutes=minutes))
    if power.age_ms > STALE_MS:
        parts.append(_("{minutes} min ago").format(minutes=power.age_ms // 60_000))
    if power.milliwatts is not None:
        parts.append(_("{watts} W").format(watts=(power.milliwatts + 500) // 1000))
    return parts


class PowerStrip(Painted):
    """One row at the foot of the till: a bar and words."""

    DEFAULT_CSS = "PowerStrip { height: 1; width: 1fr; }"
    surface = "panel"
    BAR = 8  # cells: one is 12 %

    power = Power(configured=False)
    """What is shown now: at first, no meter."""

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """A touch asks for the power screen."""
        event.stop()
        self.post_message(Flash.Offered("power"))

    def show(self, power: Power) -> None:
        """Show a reading; the row is painted again only when its words change."""
        old, self.power = self.power, power
        if (told(old), old.configured) != (told(power), power.configured):
            self.repaint(0, self.size.height)

    def row(self, _y: int, width: int, /) -> list[Segment]:
        """The bar, then the words."""
        if not self.power.configured:
            return []
        parts = told(self.power)
        while len(parts) > 1 and cell_len(" · ".join(parts)) > width - self.BAR - 4:
            parts.pop()
        words = " · ".join(parts)
        quiet = self.power.age_ms > STALE_MS
        return [
            Segment(" ", self.ink()),
            *self._bar(),
            Segment(f"  {words}", self.ink("quiet" if quiet else "ink")),
        ]

    def _bar(self) -> list[Segment]:
        charge = self.power.charge
        if charge is None:
            return [Segment("?" + "·" * (self.BAR - 1), self.ink("quiet"))]
        full = max(0, min(self.BAR, (charge * self.BAR + 50) // 100))
        tone = "good" if charge > 30 else "warn" if charge > 15 else "bad"
        rest = self.BAR - full
        return [Segment("▄" * full, self.ink(tone)), Segment("▄" * rest, self.ink("line"))]
