"""The question before something is switched on that is not known to be safe: its reason, and Enter is no."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.power.advisor import advice_words
from kiosk.tui.screens.prompts import ConfirmDialogue

if TYPE_CHECKING:
    from kiosk.power.view import OutletSeen


def switch_on_dialogue(one: OutletSeen, clock: Callable[[float], str]) -> ConfirmDialogue:
    """Return the question about an outlet; `clock` tells seconds from now as a time of day."""
    return ConfirmDialogue(
        _("Switch {name} on?").format(name=one.name),
        words=advice_words(one.advice, clock) if one.advice is not None else "",
        yes=_("Switch it on all the same"),
        no=_("Leave it off"),
        hue="warn",
    )
