"""A page of the locker's screen as values: a line, words, a number, and the keys of a 12-key pad.

Hands, fingers and eyes find the same keys: digits, `*` and `#`. Each names what it does, so that a page is
one list and nothing else has to know which digit means what where.
"""

from __future__ import annotations

from typing import NamedTuple

from kiosk.tui.widgets.touchkey import TouchKey


class PadKey(NamedTuple):
    """A key of the pad with a meaning."""

    char: str
    """What is on the pad: a digit, `*` or `#`."""
    label: str
    act: str
    """What it does: the screen's `act_…` of this name; with a colon, what comes behind it is its argument."""
    hue: str = "plain"
    enabled: bool = True

    def touch(self) -> TouchKey:
        """The same for a finger."""
        hint = self.char if self.label != self.char else ""
        return TouchKey(
            self.char,
            self.label,
            hint=hint,
            hue=self.hue,
            enabled=self.enabled,
            large=True,
            opened=self.char == self.label == "5",  # the pad's own 5 is raised
        )


class Shown(NamedTuple):
    """One page."""

    title: str
    words: str = ""
    keys: tuple[PadKey, ...] = ()
    columns: int = 1
    big: str = ""
    """In huge digits."""
    tone: str = "accent"
    door: bool = False
    """The cabinet is drawn, with the visit's door in it."""

    def act(self, char: str) -> str:
        """What a key of the pad does here; empty for one that does nothing."""
        return next((key.act for key in self.keys if key.char == char and key.enabled), "")


class Here(NamedTuple):
    """What a page must know of the place."""

    language: str
    sizes: tuple[str, ...] = ()
    low_boxes: bool = False
    """Some boxes are within reach of somebody who sits."""
    collection_only: bool = False
    """So little power is left that boxes are only emptied."""
    speaks: bool = False
    """A voice reads the page aloud after `*`."""
    help_line: str = ""
    """Whom to call, as the shop's settings say."""
    time: str = ""
