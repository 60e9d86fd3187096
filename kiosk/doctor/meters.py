"""What the doctor knows of meters and outlets: once opened, they say a figure in a moment or they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.device import Event, StateChanged
from kiosk.doctor.finding import Finding
from kiosk.doctor.listening import Listening
from kiosk.i18n import _

if TYPE_CHECKING:
    from hardware.device import Device

ROLES = ("battery", "solar", "outlet")
ANSWER_S = 3.0
"""Deadline for the first figure: a VE.Direct wire speaks every second, the others answer when asked."""


def look(made: Device, name: str) -> Finding:
    """Open one and listen; ``OSError`` when it cannot be opened or is lost."""
    with Listening(made) as ear:
        said = ear.wait(Event, fits=lambda event: not isinstance(event, StateChanged), within_s=ANSWER_S)
    if said is not None:
        return Finding("device", "found", _("{name}: answers").format(name=name))
    fix = _("Is it switched on, and is this its port? `kiosk decode` explains a captured frame of it.")
    return Finding("device", "missing", _("{name}: opened, says nothing").format(name=name), fix)
