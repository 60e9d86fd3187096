"""Fits the buttons: each is pressed when it is called, and those that are wired crosswise are renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.panel.events import ROLES, ButtonPressed, ContactWild
from hardware.panel.panel import Panel
from kiosk.doctor.listening import Listening
from kiosk.fitting.person import Person, agrees
from kiosk.i18n import _
from kiosk.station.wiring import device

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.fitting.draft import Draft
    from kiosk.settings import DeviceSettings


def fit(draft: Draft, person: Person, chosen: DeviceSettings) -> None:
    """Have every button pressed."""
    made = device(draft.settings, chosen)
    if not isinstance(made, Panel):
        return
    pins: dict[str, int] = {role: pin for role in ROLES if isinstance(pin := chosen.options.get(role), int)}
    heard: dict[str, str | None] = {}
    with Listening(made) as board:
        for role in pins:
            heard[role] = _pressed(board, person, role)
            if heard[role] is None and not agrees(person, _("Nothing was heard. Go on with the next one?")):
                break
    if None in heard.values():
        silent = ", ".join(role for role, which in heard.items() if which is None)
        person.tell(_("Not heard: {buttons}. Look at their wires.").format(buttons=silent))
        return
    renamed = _renamed(pins, heard)
    if renamed is None:
        person.tell(_("One button answered for two names; nothing was changed. Look at the wires."))
    elif renamed == pins:
        person.tell(_("Every button is what it is called."))
    elif agrees(person, _("Some answer to another name. Rename them as they were pressed?")):
        draft.put(f"devices.{chosen.name}", renamed)


def _pressed(board: Listening, person: Person, role: str) -> str | None:
    """Which button is heard when this one is called."""
    person.tell(_("Press {button}.").format(button=role.upper()))
    event = board.wait(ButtonPressed, ContactWild)
    return event.role if isinstance(event, ButtonPressed) else None


def _renamed(pins: Mapping[str, int], heard: Mapping[str, str | None]) -> dict[str, int] | None:
    """The pin of each role as it was pressed; None where two roles would share a pin."""
    new = {role: pins[which] for role, which in heard.items() if which is not None}
    return new if len(set(new.values())) == len(pins) else None
