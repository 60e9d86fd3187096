"""What each page of the locker's screen says and which keys it has: one table, from a visit to words.

The keys are those of a 12-key pad with its raised 5, so that hands, fingers and eyes find the same ones:
digits, `*` and `#`.
"""

from __future__ import annotations

from typing import NamedTuple

from kiosk.i18n import _
from kiosk.pickup.codes import DIGITS
from kiosk.pickup.compartment import Purpose
from kiosk.pickup.visit import Page, Visit
from kiosk.tui.widgets.touchkey import TouchKey

OTHER = {"en": "Deutsch", "de": "English"}
"""What the language key says: the other language's own name."""


class Shown(NamedTuple):
    """One page."""

    title: str
    words: str = ""
    keys: tuple[TouchKey | None, ...] = ()
    columns: int = 1
    big: str = ""


def page(
    visit: Visit, language: str, sizes: tuple[str, ...], *, collection_only: bool, speaks: bool
) -> Shown:
    """What a visit's page shows, in the language spoken now."""
    if visit.page is Page.IDLE:
        return _idle(language, collection_only=collection_only, speaks=speaks)
    if visit.page is Page.CODE:
        return _code(visit)
    if visit.page is Page.SIZE:
        keys = [_key(str(n), size, "accent") for n, size in enumerate(sizes, 1)]
        return Shown(_("How large is it?"), _("Choose the size of the box."), (*keys, _back()), 2)
    if visit.page is Page.ASK:
        return _ask(visit)
    if visit.page is Page.DONE:
        return _done(visit)
    if visit.page is Page.HELP:
        return Shown(_("Help"), _help(), (_back(), _key("9", _("staff"))), 2)
    if visit.page is Page.SORRY:
        return Shown(
            _("That did not work"), _sorry(visit), (_key("1", _("start again"), "accent"), _help_key()), 2
        )
    return _moving(visit)


def _idle(language: str, *, collection_only: bool, speaks: bool) -> Shown:
    """The calm screen."""
    low = _("Low power: collecting works, nothing can be brought back today.")
    words = low if collection_only else _("Hold your QR code to the reader, or type the code on your slip.")
    spoken = _("help · read aloud") if speaks else _("help")
    keys = (
        _key("1", _("PICK UP"), "accent"),
        _key("2", _("RETURN"), "blue")._replace(enabled=not collection_only),
        _key("3", OTHER.get(language, "English")),
        _key("*", spoken),
    )
    return Shown(_("Collect here"), words, keys, 2)


def _code(visit: Visit) -> Shown:
    """The code so far, and the pad."""
    shown = visit.typed.ljust(DIGITS, "-")
    pad = [TouchKey(digit, digit) for digit in "123456789"]
    keys = (
        *pad,
        _key("*", "←"),
        TouchKey("0", "0"),
        _key("#", _("OK"), "accent")._replace(enabled=visit.complete),
    )
    words = visit.words or _("Type the eight digits, or hold the QR code to the reader.")
    return Shown(_("Your code"), words, keys, 3, f"{shown[:4]} {shown[4:]}")


def _moving(visit: Visit) -> Shown:
    """A door that is to open, or is open."""
    door, number = _("Door {number}").format(number=visit.box), str(visit.box)
    if visit.page is Page.LOOK:
        return Shown(_("One moment"), _("Your code is being looked at."))
    if visit.page is Page.PRESS:
        return Shown(door, _("It is stuck. Push against it now; it is tried once more."), (), 1, number)
    if visit.page is Page.WAIT:
        return Shown(door, _("It opens in a moment."), (), 1, number)
    do = {
        Purpose.PICKUP: _("Take your parcel, then push the door shut."),
        Purpose.RETURN: _("Put it in, then push the door shut."),
        Purpose.DEPOSIT: _("Put the parcel in, then push the door shut."),
    }.get(visit.purpose, _("Push the door shut when you are done."))
    late = _("The door is still open. Please push it shut.") if visit.words else do
    return Shown(_("Door {number} is open").format(number=number), late, (), 1, number)


def _ask(visit: Visit) -> Shown:
    """The door is shut, and no sensor says what is inside."""
    words = visit.words or _("The door is shut. Thank you.")
    if visit.purpose is Purpose.PICKUP:
        keys = [_key("1", _("I have everything"), "accent"), _again(visit), _key("3", _("this is not mine"))]
    elif visit.purpose is Purpose.DEPOSIT:
        keys = [_key("1", _("it is inside"), "accent"), _again(visit), _key("3", _("it does not fit")),
                _key("4", _("the box was not empty"))]  # fmt: skip
    else:
        keys = [_key("1", _("it is inside"), "accent"), _again(visit), _key("3", _("I kept it"))]
    return Shown(_("Is all well?"), words, (*keys, _help_key()), 2)


def _done(visit: Visit) -> Shown:
    """The end."""
    if visit.purpose is Purpose.PICKUP:
        keys = [_key("#", _("done"), "accent"), _again(visit), _key("3", _("this is not mine")), _help_key()]
        return Shown(_("Thank you!"), visit.words or _("Something wrong? Say so here."), tuple(keys), 2)
    words = _("We look at it and tell you what can be mended.") if visit.purpose is Purpose.RETURN else ""
    return Shown(_("Thank you!"), words, (_key("#", _("done"), "accent"), _help_key()), 2)


def _sorry(visit: Visit) -> str:
    """Why, and what is still good; a reason of the service's own is in words already."""
    known = {
        "stuck": _("Door {number} is stuck. Your code stays good; please ask the staff."),
        "refused": _("Door {number} cannot be opened just now. Your code stays good; try again in a minute."),
        "lost": _("Door {number} does not answer just now. Your code stays good; please ask the staff."),
        "left": _("Door {number} was left open; please push it shut."),
    }
    return known.get(visit.words, visit.words).format(number=visit.box)


def _help() -> str:
    """How it goes."""
    return _(
        "Key 1: type the eight digits of your slip; a door opens. Take your parcel and push the door shut. "
        "Key 2: bring something back. Staff help you at the counter."
    )


def _key(key: str, label: str, hue: str = "plain") -> TouchKey:
    """A key of the pad with a meaning."""
    return TouchKey(key, label, hint=key, hue=hue)


def _again(visit: Visit) -> TouchKey:
    """Open once more, which everybody may once."""
    return _key("2", _("open again"))._replace(enabled=not visit.again)


def _back() -> TouchKey:
    return _key("#", _("back"))


def _help_key() -> TouchKey:
    return _key("*", _("help"))
