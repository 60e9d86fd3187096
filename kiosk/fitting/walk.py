"""The walk through the devices: each is looked at and tried, and what is new is written down.

`route` says what there is to do, and is pure; `walk` does it, one stop after the other. A device that is in
trouble is said with its fix and does not end the walk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from kiosk.doctor.devices import look
from kiosk.doctor.finding import Finding, examined
from kiosk.fitting import board, display, meter, outlet, panel, printer, scale, scanner, touch
from kiosk.fitting.draft import Draft
from kiosk.fitting.found import Thing, owner
from kiosk.fitting.person import Person, agrees
from kiosk.i18n import _
from kiosk.settings.equipment import printer_at
from kiosk.station.reasons import reason

if TYPE_CHECKING:
    from kiosk.settings import DeviceSettings, Settings
    from kiosk.settings.edit import Keys

Fit = Callable[[Draft, Person, "DeviceSettings"], None]
FITS: Mapping[str, Fit] = MappingProxyType(
    {
        "printer": printer.fit,
        "scanner": scanner.fit,
        "touch": touch.fit,
        "scale": scale.fit,
        "display": display.fit,
        "panel": panel.fit,
        "battery": meter.fit,
        "solar": meter.fit,
        "outlet": outlet.fit,
    }
)
"""What is tried with a person, by role; every other device is looked at as the doctor does."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing to do."""

    do: Literal["meet", "network", "keyboard", "outlets", "visit"]
    """Ask what a stranger is; for a printer on the network; who types; for smart outlets; try a device."""
    thing: Thing | None = None
    name: str = ""
    """Of the device to visit."""


def route(settings: Settings, found: Sequence[Thing], only: Sequence[str] = ()) -> list[Stop]:
    """Everything there is to do; with names, only the visits to these devices."""
    visits = [
        Stop("visit", name=device.name) for device in settings.devices if device.name in only or not only
    ]
    if only:
        return visits
    strangers = [Stop("meet", thing) for thing in found if owner(thing, settings) is None]
    certain = any(stop.thing is not None and stop.thing.wire == "usblp" for stop in strangers)
    network = [] if settings.device("printer") is not None or certain else [Stop("network")]
    keyboard = [] if settings.device("scanner") is not None else [Stop("keyboard")]
    return [*visits, *strangers, *network, *keyboard, Stop("outlets")]


def walk(draft: Draft, person: Person, stops: Iterable[Stop]) -> None:
    """Go from stop to stop, changing the draft as the person says. What fails at one ends no other."""
    for stop in stops:
        if stop.do in {"network", "keyboard", "outlets"} and not person.present:
            continue
        person.tell("")
        try:
            _go(draft, person, stop)
        except (OSError, ValueError) as error:
            about = stop.name or (stop.thing.address if stop.thing else stop.do)
            person.tell(_("{name}: {reason}").format(name=about, reason=reason(error)))


def _go(draft: Draft, person: Person, stop: Stop) -> None:
    """Do what there is to do at one stop."""
    if stop.do == "visit":
        _visit(draft, person, draft.device(stop.name))
    elif stop.thing is not None:
        _meet(draft, person, stop.thing)
    elif stop.do == "network":
        _network(draft, person)
    elif stop.do == "outlets":
        _outlets(draft, person)
    else:
        _keyboard(draft, person)


def _meet(draft: Draft, person: Person, thing: Thing) -> None:
    """Ask what a stranger is, write it down, and try it."""
    person.tell(_("New: {address} {name}").format(address=thing.address, name=thing.name).rstrip())
    role, keys = _told(draft, person, thing)
    if keys is not None:
        _visit(draft, person, draft.add(role, keys))


def _told(draft: Draft, person: Person, thing: Thing) -> tuple[str, Keys | None]:
    """What a thing is, as it says by itself or as the person says, and its keys; None where it is nothing."""
    if thing.wire == "i2c":
        return "battery", board.asked(person)
    heard = meter.overheard(thing.address) if thing.wire == "serial" else None
    if heard is not None:
        person.tell(_("It talks by itself, as a meter of Victron does."))
    roles, nothing = thing.roles if heard is None else heard[:1], _("nothing")
    free = len(roles) == 1 and draft.settings.device(roles[0]) is None
    role = person.choose(_("What is it?"), (*roles, nothing), roles[0] if free else nothing)
    if role == nothing:
        return role, None
    if heard is not None:
        return role, heard[1]
    if role == "scale":
        return role, _asked(person, scale.spoken(thing.address))
    if role in meter.ASKED:
        return role, _asked(person, meter.spoken(role, thing.address))
    return role, {"kind": "escpos" if role == "display" else thing.wire, "address": thing.address}


def _asked(person: Person, keys: dict[str, str] | None) -> dict[str, str] | None:
    """What it was found to speak; None, and said, when it answers in no language."""
    if keys is None:
        person.tell(_("It answers in no language known here: look into its menu, and write it by hand."))
    return keys


def _network(draft: Draft, person: Person) -> None:
    """Ask for a printer that no cable shows."""
    none = _("none")
    where = person.write(_("A receipt printer on the network? Its address or name"), none)
    if where != none:
        _visit(draft, person, draft.add("printer", printer_at(where)))


def _outlets(draft: Draft, person: Person) -> None:
    """Ask for outlets, one after the other, until there is none."""
    none = _("none")
    while (where := person.write(_("A smart outlet on the network? Its address"), none)) != none:
        try:
            keys = outlet.spoken(where)
        except ValueError as error:
            person.tell(reason(error))
            continue
        if keys is None:
            person.tell(_("Nothing there answers as a Shelly, Tasmota or Kasa outlet does."))
        elif (placed := outlet.placed(draft, person, keys)) is not None:
            _visit(draft, person, draft.add("outlet", placed, outlet.named(draft, person)))


def _keyboard(draft: Draft, person: Person) -> None:
    """Find a scanner among what types."""
    if agrees(person, _("Is there a scanner that types like a keyboard?"), False):
        scanner.find(draft, person, None)


def _visit(draft: Draft, person: Person, chosen: DeviceSettings) -> None:
    """Look at a device until it is well or left alone, then try it."""
    while True:
        found = examined("device", lambda: look(draft.settings, chosen))
        for finding in found:
            _tell(person, finding)
        if not any(finding.is_bad for finding in found):
            break
        if not agrees(person, _("Put it right now, then look again?"), False):
            return
    fit = FITS.get(chosen.role)
    if fit is None:
        return
    if not person.present:
        person.tell(_("{name} was not tried: that takes hands.").format(name=chosen.name))
    elif agrees(person, _("Try {name} now?").format(name=chosen.name)):
        fit(draft, person, draft.device(chosen.name))


def _tell(person: Person, finding: Finding) -> None:
    """Say how it is, and the fix."""
    person.tell(("✗ " if finding.is_bad else "✓ ") + finding.words)
    if finding.fix:
        person.tell(f"  → {finding.fix}")
