"""Reads `[power]`: the battery, the inverter, the panel and its place, and what hangs on which outlet.

[power]
chemistry = "lfp"              # or "nmc"
cells = 4                      # in series
ah = 48                        # as on the label
cutoff_v = 10.5                # where the battery or the inverter switches off
most_w = 600                   # what the battery's protection lets out; left out: not known
inverter_w = 200               # for good; left out: not known
inverter_surge_w = 400         # for seconds
latitude = 52.5                # of the stall, for the sun
longitude = 13.4
panel_w = 200                  # rated; left out: no panel
tilt = 30                      # degrees from flat
direct_w = 15                  # on the battery beside the inverter: then what that takes idle is learned
price_kwh = 0.35               # what a kWh costs you, for the demonstrations' cost; left out: not known
locker_w = 8                   # of a locker's computer and screen: what is kept for those who collect
power_off = "systemctl poweroff"   # run at the very end, behind the battery board's own order; "no": neither

[power.outlets.fridge]         # a device of role outlet, by its name
class = 2                      # 0 never off, 1 printer and lights, 2 fridge, 3 demonstrations: goes off first
watts = 60                     # as on its plate, until it was seen to draw something; left out: not known
compressor = true              # rests five minutes before it starts again
idle_w = 2                     # what it takes when on and nothing is shown; left out: learned
demos = "switch"               # a product's appliance is shown while it is on; or "hand": as told on the till
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.checkout.money import MILLION, AmountError, parse_rate
from kiosk.i18n import _
from kiosk.power.chemistry import CHEMISTRIES
from kiosk.power.pack import Limits, Pack, Stall
from kiosk.power.sun import Site
from kiosk.settings.section import Section

MOST_PRICE = 10_000 * MILLION
"""Of a kWh: more than that, in whatever currency, is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class OutletSettings:
    """What hangs on an outlet."""

    load_class: int = 3
    """0: never off; 3: goes off first."""
    compressor: bool = False
    idle_w: float | None = None
    """What it takes while nothing is shown with it; None: as learned."""
    by_hand: bool = False
    """Demonstrations on it are begun and ended by hand, not by its switch."""
    watts: float | None = None
    """As on its plate, for the time before it was ever on; None: not known."""


@dataclass(frozen=True, slots=True)
class PowerSettings:
    """A stall's power as its owner describes it."""

    stall: Stall
    outlets: Mapping[str, OutletSettings] = field(default_factory=dict)
    """By the device's name; one that is not told of is a demonstration's."""
    locker_w: float | None = None
    """What a locker's computer and screen draw; None: `reserve_wh` of `[pickup]` is kept for those who
    collect."""
    power_off: str = ""
    """What is run to switch this computer off at the very end; `no`: nothing does it, not even a board."""
    direct_w: float | None = None
    """What hangs on the battery beside the inverter; None: not told, so that its idle is not learned."""
    price: int | None = None
    """Of a kWh, in millionths of the currency's unit; None: not known."""

    def outlet(self, name: str) -> OutletSettings:
        """Return what hangs on an outlet."""
        return self.outlets.get(name, OutletSettings())


def power(section: Section, devices: frozenset[str]) -> PowerSettings:
    """Read the whole table; `devices` are the names of the shop's outlets."""
    pack = _pack(section)
    continuous, surge = _number(section, "inverter_w", 10, 1e5), _number(section, "inverter_surge_w", 10, 2e5)
    if surge is not None and (continuous is None or surge < continuous):
        section.wrong("inverter_surge_w", _("at least inverter_w, which must be told too"))
    inverter = None if continuous is None else Limits(continuous, surge or continuous)
    found = PowerSettings(
        Stall(pack, _site(section), inverter),
        _outlets(section, devices),
        _number(section, "locker_w", 0, 1000),
        _power_off(section),
        _number(section, "direct_w", 0, 1000),
        _price(section),
    )
    section.finish()
    return found


def _power_off(section: Section) -> str:
    """Read what switches this computer off."""
    text = section.text("power_off", "")
    try:
        words = shlex.split(text)
    except ValueError:
        words = []
    if bool(words) is not bool(text):
        section.wrong("power_off", _('a command such as "systemctl poweroff", or "no"'))
        return ""
    return text


def _pack(section: Section) -> Pack:
    """Read the battery."""
    chemistry = CHEMISTRIES[section.choice("chemistry", "lfp", CHEMISTRIES)]
    cells = section.whole("cells", 4, 1, 100)
    ah = _number(section, "ah", 0.1, 1e5)
    if ah is None and "ah" not in section:
        section.wrong(
            "ah", _("is missing: {allowed}").format(allowed=_("what the battery's label says, in Ah"))
        )
    usual = round(cells * chemistry.rest_v(0.0) * 1.3, 1) if chemistry.name == "lfp" else cells * 3.0
    cutoff = _number(section, "cutoff_v", 0.1, 1000) or usual
    if cutoff >= cells * chemistry.full_v:
        section.wrong("cutoff_v", _("below the volts of the full battery"))
    return Pack(chemistry, cells, ah or 1.0, cutoff, _number(section, "most_w", 1, 1e5))


def _site(section: Section) -> Site | None:
    """Read the panel and where it stands; None without a panel or a place."""
    latitude = _number(section, "latitude", -90, 90)
    longitude = _number(section, "longitude", -180, 180)
    panel_w, tilt = _number(section, "panel_w", 1, 1e5), _number(section, "tilt", 0, 90)
    if panel_w is None:
        return None
    if latitude is None or longitude is None:
        section.wrong("panel_w", _("needs latitude and longitude, or the sun is not known"))
        return None
    return Site(latitude, longitude, panel_w, 30.0 if tilt is None else tilt)


def _outlets(section: Section, devices: frozenset[str]) -> dict[str, OutletSettings]:
    """Read what hangs on each outlet."""
    table = section.section("outlets")
    found = {}
    for name in table.names():
        own = table.section(name)
        found[name] = OutletSettings(
            own.whole("class", 3, 0, 3),
            own.truth("compressor", False),
            _number(own, "idle_w", 0, 1000),
            own.choice("demos", "switch", ("switch", "hand")) == "hand",
            _number(own, "watts", 0.1, 1e5),
        )
        own.finish()
        if name not in devices:
            table.wrong(name, _("a device whose role is outlet"))
    return found


def _price(section: Section) -> int | None:
    """Read the price of a kWh, as it was written: no float comes near it."""
    value = section.raw("price_kwh")
    if value is None:
        return None
    try:
        price = parse_rate(str(value)) if isinstance(value, int | str) and not isinstance(value, bool) else -1
    except AmountError:
        price = -1
    if not 0 <= price <= MOST_PRICE:
        section.wrong("price_kwh", _("an amount such as 0.35, with at most six decimals"))
        return None
    return price


def _number(section: Section, key: str, least: float, most: float) -> float | None:
    """Read a number; None where it is not told. Fractions come as text, as they were written."""
    value = section.raw(key)
    if value is None:
        return None
    try:
        number = float(value) if isinstance(value, int | str) and not isinstance(value, bool) else None
    except ValueError:
        number = None
    if number is None or not least <= number <= most:
        section.wrong(key, _("a number from {low} to {high}").format(low=f"{least:g}", high=f"{most:g}"))
        return None
    return number
