"""Refuses to queue a slip for a printer that the shop does not have: it would wait for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.where import stall_is_open

if TYPE_CHECKING:
    from kiosk.settings import Settings


class NoPrinter(LookupError):
    """The shop has no printer; nothing was done."""


def require_printer(settings: Settings, instead: str) -> None:
    """Raise NoPrinter, with what to do instead, unless the shop has a printer or is a demo that runs."""
    if not (settings.has_printer or stall_is_open(settings.folder)):
        words = _("shop.toml names no printer; nothing was done; {instead}")
        raise NoPrinter(words.format(instead=instead))
