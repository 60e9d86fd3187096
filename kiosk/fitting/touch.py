"""Fits the touch panel: four marks are touched, and where the touches came down says how it is turned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.panel.calibration import Affine, NoCalibration, Point
from hardware.panel.calibration import fit as calibrated
from hardware.panel.touch import Touched
from hardware.panel.touchpanel import TouchPanel
from kiosk.doctor.listening import Listening
from kiosk.fitting.person import Person, agrees
from kiosk.i18n import _
from kiosk.settings import DeviceSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.fitting.draft import Draft

MARKS: tuple[Point, ...] = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))
FARTHEST = 0.05
"""A touch this part of the screen away from its mark means that a wrong place was touched."""
SIZE_MM = (154, 86)
"""Where the panel does not tell its size: only what is a slide depends on it, and here every touch counts."""


def fit(draft: Draft, person: Person, chosen: DeviceSettings) -> None:
    """Touch the four marks until they fit, and write the six numbers down."""
    address = str(chosen.options.get("address", "auto"))
    with Listening(TouchPanel(chosen.name, address, Affine(), SIZE_MM)) as panel:
        while True:
            pairs = _touch_marks(panel, person)
            found = None if pairs is None else _plausible(*pairs)
            if found is not None:
                break
            if not agrees(person, _("The four touches do not fit together. Again?"), pairs is not None):
                return
    six = [round(number, 6) for number in (found.a, found.b, found.c, found.d, found.e, found.f)]
    draft.put(f"devices.{chosen.name}", {"rotation": None, "calibration": six})
    person.tell(_("The panel is calibrated."))


def _touch_marks(panel: Listening, person: Person) -> tuple[list[Point], list[Point]] | None:
    """Where was touched and where the marks were; None when nobody touches."""
    touched, shown = [], []
    for number, mark in enumerate(MARKS, 1):
        words = _("Touch the mark with a pen or a fingernail ({n} of {all})")
        shown.append(person.point(*mark, words.format(n=number, all=len(MARKS))))
        event = panel.wait(Touched, fits=lambda touch: touch.phase == "down")
        if event is None:
            return None
        touched.append((event.x, event.y))
    return touched, shown


def _plausible(touched: Sequence[Point], shown: Sequence[Point]) -> Affine | None:
    """The map, unless a touch is far from its mark even after it."""
    try:
        found = calibrated(touched, shown)
    except NoCalibration:
        return None
    for touch, mark in zip(touched, shown, strict=True):
        x, y = found.map(touch)
        if max(abs(x - mark[0]), abs(y - mark[1])) > FARTHEST:
            return None
    return found
