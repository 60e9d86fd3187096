"""What each page of the locker's screen says and which keys it has: one table, from a visit to words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kiosk.i18n import _
from kiosk.pickup.codes import DIGITS
from kiosk.pickup.compartment import Purpose
from kiosk.pickup.visit import Page, Visit
from kiosk.tui.lockerdoor import ask, done, moving
from kiosk.tui.lockershown import Here, PadKey, Shown

OTHER = {"en": "Deutsch", "de": "English"}
"""What the language key says: the other language's own name."""


def page(visit: Visit, here: Here) -> Shown:
    """What a visit's page shows, in the language spoken now."""
    return _PAGES.get(visit.page, moving)(visit, here)


def _rest(_visit: Visit, here: Here) -> Shown:
    """Dark, until somebody touches it."""
    words = _("Hold your QR code to the reader, or touch the screen.")
    return Shown(_("Collect here"), _low() if here.collection_only else words, big=here.time, tone="quiet")


def _idle(_visit: Visit, here: Here) -> Shown:
    """The calm screen."""
    words = _("Hold your QR code to the reader, or type the code on your slip.")
    keys = (
        *_begin(here),
        PadKey("3", OTHER.get(here.language, "English"), "language"),
        PadKey("*", _("help · read aloud") if here.speaks else _("help"), "help"),
    )
    return Shown(_("Collect here"), _low() if here.collection_only else words, keys, 2)


def _code(visit: Visit, _here: Here) -> Shown:
    """The code so far, and the pad."""
    shown = visit.typed.ljust(DIGITS, "-")
    keys = (
        *(PadKey(digit, digit, f"digit:{digit}") for digit in "123456789"),
        PadKey("*", "←", "rub_out"),
        PadKey("0", "0", "digit:0"),
        PadKey("#", _("OK"), "use_code", "accent", enabled=visit.complete),
    )
    words = _sentence(visit.words) or _("Type the eight digits, or hold the QR code to the reader.")
    return Shown("", words, keys, 3, f"{shown[:4]} {shown[4:]}")


def _size(visit: Visit, here: Here) -> Shown:
    """How large is what is brought back."""
    keys = [PadKey(str(n), size, f"size:{n}", "accent") for n, size in enumerate(here.sizes[:8], 1)]
    if here.low_boxes:
        label = _("a low box: yes") if visit.low else _("a low box: no")
        keys.append(PadKey("0", label, "low", "blue" if visit.low else "plain"))
    words = _("Have you the receipt? Hold it to the reader first. Then choose the size of the box.")
    return Shown(_("How large?"), visit.words or words, (*keys, _back()), 2)


def _gone(visit: Visit, _here: Here) -> Shown:
    """Collected before, by whoever had the code."""
    label = _("open door {number} again").format(number=visit.box)
    again = [PadKey("1", label, "again", "accent")] if visit.box else []
    more = _("Something forgotten? The door opens once more. That was not you? Say so here.")
    other = _("That was not you? Say so here.")
    words = _sentence(visit.words) + ". " + (more if visit.box else other)
    not_me = PadKey("3", _("that was not me"), "not_me")
    return Shown(_("Collected"), words, (*again, not_me, _back(), _help_key()), 2)


def _help(visit: Visit, here: Here) -> Shown:
    """How it goes; the keys it tells of are there."""
    words = _(
        "Key 1: type the eight digits of your slip; a door opens. Take your parcel and push the door shut. "
        "Key 2: bring something back."
    )
    whom = here.help_line or _("Staff help you at the counter.")
    keys: tuple[PadKey, ...] = (_back()._replace(act="home"), PadKey("9", _("staff"), "staff"))
    if not visit.box:
        keys = (*_begin(here), *keys)
    return Shown(_("Help"), f"{words} {whom}", keys, 2)


def _sorry(visit: Visit, here: Here) -> Shown:
    """Why, and what is still good; a reason of the service's own is in words already."""
    good = _("Your code stays good.") if visit.purpose is Purpose.PICKUP else ""
    back = _("Please bring it to the staff.") if visit.purpose is Purpose.PUT_BACK else ""
    known = {
        "stuck": _("Door {number} is stuck. Please ask the staff."),
        "refused": _("Door {number} cannot be opened just now. Try again in a minute."),
        "lost": _("Door {number} does not answer just now. Please ask the staff."),
        "left": _("Door {number} was left open; please push it shut."),
    }
    words = _sentence(visit.words)
    if visit.words in known:
        words = known[visit.words].format(number=visit.box)
        words = " ".join(part for part in (words, "" if visit.words == "left" else good, back) if part)
    keys = (PadKey("1", _("start again"), "leave", "accent"), _help_key())
    return Shown(_("Sorry"), f"{words} {here.help_line}".strip(), keys, 2, tone="warn")


_PAGES: Mapping[Page, Callable[[Visit, Here], Shown]] = MappingProxyType(
    {
        Page.REST: _rest,
        Page.IDLE: _idle,
        Page.CODE: _code,
        Page.SIZE: _size,
        Page.ASK: ask,
        Page.DONE: done,
        Page.GONE: _gone,
        Page.HELP: _help,
        Page.SORRY: _sorry,
    }
)


def _sentence(refusal: str) -> str:
    """What a service refused with, as a sentence of its own."""
    return refusal[:1].upper() + refusal[1:]


def _low() -> str:
    return _("Low power: collecting works, nothing can be brought back today.")


def _back() -> PadKey:
    return PadKey("#", _("back"), "leave")


def _begin(here: Here) -> tuple[PadKey, ...]:
    """What people come for."""
    return (
        PadKey("1", _("PICK UP"), "collect", "accent"),
        PadKey("2", _("RETURN"), "bring", "blue", enabled=not here.collection_only),
    )


def _help_key() -> PadKey:
    return PadKey("*", _("help"), "help")
