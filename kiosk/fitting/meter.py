"""Fits a meter of the battery or of the sun: a person compares what it says with what it shows itself.

A port is only listened to. A question is written to it when a person has said what hangs there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.power.reading import PowerRead, Quality, Reading
from hardware.registry import make
from kiosk.doctor.listening import Listening
from kiosk.doctor.meters import ANSWER_S
from kiosk.fitting import pack
from kiosk.fitting.person import Person, agrees
from kiosk.i18n import _
from kiosk.settings.equipment import DRIVERS
from kiosk.station.wiring import device

if TYPE_CHECKING:
    from hardware.device import Device
    from kiosk.fitting.draft import Draft
    from kiosk.settings import DeviceSettings

ASKED = {"battery": ("jbd", "daly"), "solar": ("epever", "renogy")}
"""What speaks only when it is asked, by role."""
HEARD_S = 3.0
"""VE.Direct sends a block a second (a BMV two), and the first one was cut off by opening the port."""


def overheard(address: str) -> tuple[str, dict[str, str]] | None:
    """Role and keys of a meter that talks by itself at a port; None where nothing of that kind is heard."""
    keys = {"kind": "vedirect", "address": address}
    reading = _heard(make("battery-vedirect", "battery", keys), HEARD_S)
    if reading is None:
        return None
    return "solar" if reading.quality is Quality.CHARGER else "battery", keys


def spoken(role: str, address: str) -> dict[str, str] | None:
    """The keys of a meter that somebody says is there, found by asking in one language after the other."""
    for kind in ASKED[role]:
        keys = {"kind": kind, "address": address}
        if _heard(make(f"{role}-{kind}", role, keys), ANSWER_S) is not None:
            return keys
    return None


def fit(draft: Draft, person: Person, chosen: DeviceSettings) -> None:
    """Compare what it says now; then ask what stands on the labels."""
    with Listening(device(draft.settings, chosen)) as ear:
        said = ear.wait(PowerRead, within_s=ANSWER_S)
    if said is None:
        person.tell(_("{name} says nothing now: come again when it does.").format(name=chosen.name))
        return
    reading = said.reading
    words = _("It says {figures}. Does its own display or app show the same?")
    if not agrees(person, words.format(figures=figures(reading))):
        turns = bool(reading.amps) and chosen.kind in DRIVERS.get(chosen.role, ())
        if not turns or not agrees(person, _("Is only the direction of the current wrong?")):
            person.tell(_("Then do not rely on it: compare kind, address and shunt, and come again."))
            return
        draft.put(f"devices.{chosen.name}", {"flip": chosen.options.get("flip") is not True})
    if chosen.role == "solar":
        pack.describe_panel(draft, person)
    else:
        pack.describe(draft, person, chosen, reading)


def figures(reading: Reading) -> str:
    """What flows where, as far as it is known."""
    parts = []
    if reading.volts is not None:
        parts.append(f"{reading.volts:.1f} V")
    if reading.amps is not None:
        amps = f"{abs(reading.amps):.1f}"
        words = _("{amps} A into the battery") if reading.amps < 0 else _("{amps} A out of the battery")
        parts.append(words.format(amps=amps) if float(amps) else f"{amps} A")
    if reading.soc is not None:
        parts.append(f"{reading.soc:.0%}")
    if reading.solar_w is not None:
        parts.append(_("sun {watts} W").format(watts=round(reading.solar_w)))
    return ", ".join(parts) or _("unknown")


def _heard(made: Device, within_s: float) -> Reading | None:
    """The first reading of a device, None when none comes in time or it cannot be opened."""
    try:
        with Listening(made) as ear:
            said = ear.wait(PowerRead, within_s=within_s)
    except OSError:
        return None
    return None if said is None else said.reading
