"""What the doctor knows of meters and outlets: once opened, they say a figure in a moment or they do not."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from hardware.device import Event, StateChanged
from hardware.power.hats.hat import Hat
from hardware.power.outlets.outlet import SmartOutlet
from hardware.power.outlets.reading import OutletRead, OutletReading
from hardware.power.reading import PowerRead, Reading
from kiosk.doctor.finding import Finding
from kiosk.doctor.listening import Listening
from kiosk.i18n import _
from kiosk.station.reasons import words
from kiosk.station.sampling import sampled

if TYPE_CHECKING:
    from hardware.device import Device
    from kiosk.settings import Settings

ROLES = ("battery", "solar", "outlet")
ANSWER_S = 3.0
"""Deadline for the first figure: a VE.Direct wire speaks every second, the others answer when asked."""
GAP_S = 300.0
"""Readings taken within one visit of the doctor are compared, however many meters there are."""
NO_CUTOFF_V = 8.0
"""Below the cut-off of every stall's battery, above the computer's own cells; where the shop tells none."""


def look(made: Device, name: str, heard: dict[str, PowerRead]) -> Finding:
    """Open one and listen, put what it says into `heard`; ``OSError`` when it cannot be opened or is lost."""
    with Listening(made) as ear:
        said = ear.wait(Event, fits=lambda event: not isinstance(event, StateChanged), within_s=ANSWER_S)
    if isinstance(said, OutletRead):
        return _outlet(made, name, said.reading)
    if isinstance(said, PowerRead):
        heard[said.device] = said
        return Finding("device", "found", _answers(name, _figures(said.reading)))
    if isinstance(made, Hat):
        fix = _("Does it sit well on the pins, is its battery in, and is kind its own?")
    else:
        fix = _("Is it switched on, and is this its port? `kiosk decode` explains a captured frame of it.")
    return Finding("device", "missing", _("{name}: opened, says nothing").format(name=name), fix)


def compared(settings: Settings, heard: Mapping[str, PowerRead]) -> Iterator[Finding]:
    """Name the sources that contradict the one that is believed."""
    cutoff_v = settings.power.stall.pack.cutoff_v if settings.power is not None else NO_CUTOFF_V
    _sample, sources = sampled(time.monotonic(), heard, {}, cutoff_v, GAP_S)
    for source in sources:
        if source.problem:
            fix = _(
                "They were read one after the other: look once more. If it stays: which cable does not go "
                "through the shunt, and is one of them mounted the other way round (flip = true)?"
            )
            yield Finding("power", "wrong", f"{source.name}: {source.problem}", fix)


def _answers(name: str, figures: list[str]) -> str:
    return ", ".join([_("{name}: answers").format(name=name), *figures])


def _figures(reading: Reading) -> list[str]:
    """What a source says, in so many words as there are figures."""
    parts = ((reading.volts, "{0:.1f} V"), (reading.amps, "{0:.1f} A"))
    figures = [form.format(value) for value, form in parts if value is not None]
    if reading.solar_w is not None:
        figures.append(_("sun {watts} W").format(watts=round(reading.solar_w)))
    return figures


def _outlet(made: Device, name: str, reading: OutletReading) -> Finding:
    """How an outlet is, and what becomes of it when the till dies while it is off."""
    figures = [{True: _("on"), False: _("off"), None: _("no answer")}[reading.on]]
    if reading.watts is not None:
        figures.append(_("{watts} W").format(watts=round(reading.watts)))
    figures += map(words, reading.alarms)
    back_s = made.dead_man_s if isinstance(made, SmartOutlet) else 0
    if back_s:
        figures.append(_("comes on again {seconds} s after the till died").format(seconds=back_s))
        return Finding("device", "found", _answers(name, figures))
    figures.append(_("stays off if the till dies"))
    fix = _("For what must not stay off, such as a fridge: dead_man = 600 under [devices.{name}].")
    return Finding("device", "found", _answers(name, figures), fix.format(name=made.name))
