"""The pages before a door: what to do now, is all well, and the end."""

from __future__ import annotations

from kiosk.i18n import _
from kiosk.pickup.compartment import Purpose
from kiosk.pickup.visit import Page, Visit
from kiosk.tui.lockershown import Here, PadKey, Shown


def moving(visit: Visit, _here: Here) -> Shown:
    """A door that is to open, or is open."""
    door, number = _("Door {number}").format(number=visit.box), str(visit.box)
    if visit.page is Page.LOOK:
        return Shown(_("One moment"), _("Your code is being looked at."))
    if visit.page is Page.PRESS:
        words = _("The door is stuck. Push against it now; it is tried once more.")
        return Shown(
            _("Push door {number}").format(number=visit.box), words, (), 1, number, "warn", door=True
        )
    if visit.page is Page.WAIT:
        return Shown(door, _("It opens in a moment."), (), 1, number, door=True)
    title, words = _to_do(visit)
    keys = (_not_mine(),) if visit.purpose is Purpose.PICKUP else ()
    if visit.words:
        return Shown(_("Shut the door"), words, keys, 1, number, "warn", door=True)
    return Shown(title, words, keys, 1, number, door=True)


def _to_do(visit: Visit) -> tuple[str, str]:
    """What to do now before an open door."""
    door = _("Door {number} is open.").format(number=visit.box)
    if visit.purpose is Purpose.PICKUP:
        return _("Take your parcel"), f"{door} " + _("Push it shut when you have your parcel.")
    if visit.purpose is Purpose.RETURN:
        return _("Put it in"), f"{door} " + _("Push it shut when it is inside.")
    if visit.purpose is Purpose.PUT_BACK:
        words = _("Push it shut when it is inside. Has it a label? Hold that to the reader first.")
        return _("Put it back"), f"{door} {words}"
    return _("Door {number}").format(number=visit.box), f"{door} " + _("Push it shut when you are done.")


def ask(visit: Visit, _here: Here) -> Shown:
    """The door is shut, and no sensor says what is inside."""
    words = visit.words or _("The door is shut. Thank you.")
    if visit.purpose is Purpose.PICKUP:
        keys = [_yes(_("I have everything")), _again(visit), _not_mine()]
    elif visit.purpose is Purpose.RETURN:
        keys = [_yes(_("it is inside")), _again(visit), _key("3", _("I kept it"), "kept"),
                _key("4", _("too small: a larger box"), "larger")]  # fmt: skip
    else:
        keys = [
            _yes(_("the box is empty")),
            _again(visit),
            _key("3", _("something is inside"), "left_inside"),
        ]
    return Shown(_("All well?"), words, (*keys, _staff()), 2)


def done(visit: Visit, here: Here) -> Shown:
    """The end."""
    if visit.more:
        number = visit.more
        words = _("Another parcel of your order lies behind door {number}.").format(number=number)
        following = _key("1", _("open door {number}").format(number=number), "next", "accent")
        return Shown(_("One more"), words, (following, _not_mine(), _help()), 2)
    keys = [_key("#", _("done"), "leave", "accent")]
    if visit.purpose is Purpose.PICKUP:
        keys += [_again(visit), _not_mine()]
    keys.append(_help())
    if visit.purpose is Purpose.PUT_BACK:
        ref = _("Your order {ref} is on their list. Its code opens nothing until they have looked.")
        words = " ".join(part for part in (_sorry_for(), ref.format(ref=visit.ref), here.help_line) if part)
        return Shown(_("Thank you!"), words, tuple(keys), 2)
    if visit.words == "inside":
        words = _("Your parcel is still inside door {number}. Your code stays good.")
        return Shown(_("Not taken"), words.format(number=visit.box), (*keys,), 2, tone="warn")
    if visit.words == "empty" and visit.purpose is Purpose.RETURN:
        return Shown(_("Nothing inside"), _("Nothing was put into the box."), (*keys,), 2, tone="warn")
    if visit.purpose is Purpose.RETURN and not visit.words:
        words = _("Thank you! Keep this number. We look at what can be mended and tell you.")
        return Shown(visit.ref, words, tuple(keys), 2)
    words = _("Something wrong? Say so here.") if visit.purpose is Purpose.PICKUP else ""
    return Shown(_("Thank you!"), visit.words or words, tuple(keys), 2)


def _sorry_for() -> str:
    return _("We are sorry for the mix-up. Staff look at it before anything else happens.")


def _key(char: str, label: str, act: str, hue: str = "plain") -> PadKey:
    return PadKey(char, label, act, hue)


def _yes(label: str) -> PadKey:
    return _key("1", label, "all_well", "accent")


def _again(visit: Visit) -> PadKey:
    """Open once more, which everybody may once."""
    return _key("2", _("open again"), "again")._replace(enabled=not visit.again)


def _not_mine() -> PadKey:
    return _key("3", _("this is not mine"), "not_mine")


def _help() -> PadKey:
    return _key("*", _("help"), "help")


def _staff() -> PadKey:
    """Help on a page that cannot be left for the help."""
    return _key("*", _("help"), "ask_staff")
