"""A day planned before it is bought: does this kit carry these devices from opening to closing?

The same reckoning as in the stall, from a full pack that nothing is known of but its label. Nothing here is
measured, so the answer is a probability: of the pack's yield, of the load, of the sky.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.power.advisor import reserve_wh
from kiosk.power.belief import full
from kiosk.power.capacity import supposed
from kiosk.power.chemistry import LFP
from kiosk.power.estimate import EVEN, SAFE, word
from kiosk.power.estimator import State
from kiosk.power.free import MARGIN
from kiosk.power.headroom import Word
from kiosk.power.inverter import USUAL
from kiosk.power.load import Expected
from kiosk.power.outlook import MOST_S, outlook
from kiosk.power.pack import Pack
from kiosk.power.sky import clear_day
from kiosk.power.sun import Site

CELLS, CELL_V, CUTOFF_V = 4, 3.2, 10.8
"""A 12 V pack of LFP cells: what such kits are made of."""
DIRECT_YIELD = 0.92
"""What a DC-DC converter passes on to the till and the router."""
SCATTER = 0.66
"""How far five minutes' load lies from a day's mean, part of it, 1 sd: fridge, printer, demonstrations. It is
0.53 in a day that was seen; no two days are alike, hence a quarter more."""
LIKE_MINUTES = 120
"""A plan is worth about as much as two hours of watching the load."""


@dataclass(frozen=True, slots=True)
class Device:
    """Something the stall uses."""

    name: str
    watts: float  # while it is on
    share: float = 1.0  # part of the day it is on, 0 to 1
    direct: bool = False  # fed from the battery without the inverter


@dataclass(frozen=True, slots=True)
class Kit:
    """A battery with its inverter and its panel, by their labels."""

    wh: float
    inverter_w: float
    panel_w: float = 0.0

    @property
    def name(self) -> str:
        """How people call it."""
        sun = f" + {self.panel_w:.0f} W PV" if self.panel_w else ""
        return f"{self.wh:.0f} Wh + {self.inverter_w:.0f} W{sun}"


@dataclass(frozen=True, slots=True)
class Opening:
    """When and where the stall is open."""

    opens: datetime  # with a time zone
    closes: datetime
    latitude: float | None = None  # None: no sun is counted on
    longitude: float | None = None

    @property
    def seconds(self) -> float:
        """How long it is open."""
        return (self.closes - self.opens).total_seconds()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a kit lasts."""

    kit: Kit
    probability: float  # of lasting until closing time
    word: Word
    safe_s: float  # from opening; nine ways out of ten last longer
    even_s: float
    missing_wh: float  # that would make it a yes
    load_w: float  # mean, at the battery
    most_w: float  # everything on at once, at the inverter
    over_w: float  # of that, above what the inverter may give for good; 0: it bears it
    lasts: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lasts", self.word == "yes" and self.over_w == 0)


USUAL_STALL = (
    Device("till", 5.5, direct=True),
    Device("router", 9.5, direct=True),
    Device("lights", 20),
    Device("card reader", 1),
    Device("printer", 2),
    Device("fridge", 48, 0.35),
    Device("blender", 85, 0.06),
)
"""A stall with a fridge and demonstrations: 70 to 75 W at the battery."""
SUN_W = 500.0
KITS = (
    Kit(600, 200),
    *(Kit(wh, watts, sun) for wh, watts in ((1000, 300), (2000, 600), (3000, 1000)) for sun in (0.0, SUN_W)),
)
"""The smallest kit, and modular ones with inverters of the size such kits come with."""


def planned(kit: Kit, opening: Opening, devices: Iterable[Device]) -> Verdict:
    """Return whether a full kit carries the devices through the day, a clean shutdown's Wh kept back."""
    devices = tuple(devices)
    behind = [device for device in devices if not device.direct]
    mean_w = USUAL.taken(sum(one.watts * one.share for one in behind)) if behind else 0.0
    mean_w += sum(one.watts * one.share for one in devices if one.direct) / DIRECT_YIELD
    pack = Pack(LFP, CELLS, kit.wh / (CELLS * CELL_V), CUTOFF_V)
    usable, sd = supposed(pack)
    ways = outlook(
        State(full(usable, sd)),
        pack,
        Expected(mean_w, SCATTER * mean_w, LIKE_MINUTES),
        _sky(kit, opening),
        reserve_wh(usable * pack.nominal_v, mean_w / 2),
    )
    most_w = sum(device.watts for device in behind)
    probability = ways.reaches(opening.seconds)
    return Verdict(
        kit,
        probability,
        word(probability),
        min(MOST_S, ways.lasts(SAFE)),
        min(MOST_S, ways.lasts(EVEN)),
        max(0.0, opening.seconds - ways.lasts(SAFE)) / 3600 * mean_w,
        mean_w,
        most_w,
        max(0.0, most_w - MARGIN * kit.inverter_w),
    )


def _sky(kit: Kit, opening: Opening) -> tuple[float, ...]:
    """Return a clear sky's watts on the kit's panel from opening on; nothing without panel or place."""
    if not kit.panel_w or opening.latitude is None or opening.longitude is None:
        return ()
    site = Site(opening.latitude, opening.longitude, kit.panel_w)
    return clear_day(site, opening.opens.timestamp())
