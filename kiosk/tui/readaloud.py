"""What is read aloud of the locker's screen, from `*` on until the visit ends.

Others listen: of a code only how many digits were typed is said, and after the visit nothing more. That a
page closes soon is said as well: a time limit must reach more than one sense (EN 301 549, WCAG 2.2.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n import _, language
from kiosk.pickup.visit import WARN_S, Page, Visit

if TYPE_CHECKING:
    from kiosk.station.voice import Voice
    from kiosk.tui.lockershown import PadKey, Shown


class ReadAloud:
    """One screen's reading; where there is no voice it does nothing."""

    def __init__(self, voice: Voice | None) -> None:
        """Read through a voice; nothing is said before `begin`."""
        self._voice = voice
        self._reading = False
        self._page = ""
        self._warned = False

    @property
    def reads(self) -> bool:
        """Whether this visit is read aloud, which takes longer than reading."""
        return self._reading

    def begin(self) -> None:
        """Somebody pressed `*`."""
        self._reading = self._voice is not None

    def end(self) -> None:
        """The visit is over: what is being said is cut off."""
        if self._reading and self._voice is not None:
            self._voice.hush()
        self._reading, self._page, self._warned = False, "", False

    def read(self, visit: Visit, shown: Shown, now_s: float) -> None:
        """Say what is new on the screen."""
        if not self._reading or self._voice is None:
            return
        page, warns = spoken(visit, shown), visit.warns(now_s)
        new = [page] if page != self._page else []
        if warns and not self._warned:
            new.append(_("This page closes in {n} seconds; any key keeps it.").format(n=round(WARN_S)))
        self._page, self._warned = page, warns
        if new:
            self._voice.say(" ".join(new), language())


def spoken(visit: Visit, shown: Shown) -> str:
    """A page in words, without a digit of a code."""
    if visit.page is Page.CODE and visit.typed:
        return ", ".join([_("star")] * len(visit.typed))
    keys = [_key(key) for key in shown.keys if key.label != key.char and key.enabled]
    return ". ".join(part.rstrip(".") for part in (shown.title, shown.words, *keys) if part) + "."


def _key(key: PadKey) -> str:
    """A key of the pad and what it does, as a person would say it."""
    names = {"*": _("star key"), "#": _("hash key")}
    label = _("one digit back") if key.label == "←" else key.label.replace("·", ",")
    return f"{names.get(key.char, key.char)}: {label}"
