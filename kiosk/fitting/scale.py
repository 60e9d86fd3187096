"""Fits the scale: something is weighed, and a person says whether its own display shows the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.scale.scale import Scale
from hardware.scale.weight import Trouble, Weighed
from kiosk.doctor.listening import Listening
from kiosk.fitting.person import Person, agrees
from kiosk.i18n import _, quantity
from kiosk.station.wiring import device

if TYPE_CHECKING:
    from kiosk.fitting.draft import Draft
    from kiosk.settings import DeviceSettings

LANGUAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("toledo8217", {}),
    ("sma", {"dialect": "sma"}),
    ("cas", {"mode": "ecr"}),
    ("sma", {"dialect": "nci"}),
    ("cas", {"mode": "w"}),
)
"""What a scale may speak, the most frequent first."""
DUMB = (Trouble.SILENT, Trouble.GARBAGE)
"""Answers of a scale that does not understand the question."""


def fit(draft: Draft, person: Person, chosen: DeviceSettings) -> None:
    """Weigh something."""
    made = device(draft.settings, chosen)
    if not isinstance(made, Scale):
        return
    with Listening(made) as plate:
        made.ask(True)
        while True:
            person.tell(_("Put something on the scale that weighs more than nothing."))
            weighed = plate.wait(Weighed, fits=lambda weight: weight.grams > 0)
            if weighed is not None:
                break
            if not agrees(person, _("No steady weight came. Again?"), False):
                return
    shown = quantity(weighed.grams, "kg")
    if agrees(person, _("It says {weight}. Does its own display show the same?").format(weight=shown)):
        person.tell(_("The scale is well."))
    else:
        person.tell(
            _("Then do not sell by it: compare kind, mode and decimals with its menu, and come again.")
        )


def spoken(address: str) -> dict[str, str] | None:
    """The kind and keys of a scale at an address, found by asking in one language after the other."""
    from hardware.registry import make

    for kind, more in LANGUAGES:
        keys = {"kind": kind, "address": address, **more}
        made = make(f"scale-{kind}", "scale", keys)
        if not isinstance(made, Scale):
            continue
        try:
            made.open()
            if made.read() not in DUMB:
                return keys
        finally:
            made.close()
    return None
