"""Fits the pole display: it is spoken to in one language after the other until somebody can read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hardware.display.display import LineDisplay
from kiosk.doctor.listening import Listening
from kiosk.fitting.person import Person, agrees
from kiosk.i18n import _
from kiosk.station.wiring import device

if TYPE_CHECKING:
    from kiosk.fitting.draft import Draft
    from kiosk.settings import DeviceSettings

UPPER, LOWER = "Barrow 12.50", "€ äöüß éèñ"
KINDS = ("escpos", "cd5220")


def fit(draft: Draft, person: Person, chosen: DeviceSettings) -> None:
    """Show two lines, and ask."""
    if chosen.kind not in KINDS:
        person.tell(_("`kiosk customer` shows that one."))
        return
    for kind in (chosen.kind, *(kind for kind in KINDS if kind != chosen.kind)):
        if not _reads(draft, person, chosen, kind):
            continue
        keys: dict[str, str | None] = {"kind": kind}
        if not agrees(person, _("And its lower line, {letters}?").format(letters=LOWER)):
            keys["page"] = "ASCII"
        draft.put(f"devices.{chosen.name}", keys)
        return
    person.tell(_("Compare its baud rate with `baud`; the setting was left as it is."))


def _reads(draft: Draft, person: Person, chosen: DeviceSettings, kind: str) -> bool:
    """Whether somebody can read what is shown in a language."""
    trial = replace(chosen, kind=kind)
    made = device(draft.settings, trial)
    if not isinstance(made, LineDisplay):
        return False
    made.show(UPPER, LOWER)
    with Listening(made):
        return agrees(person, _("Does its upper line show {words}?").format(words=UPPER))
