"""What the seller sees of the stall's power: the numbers, where they come from, what may be switched."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.power.advisor import Advice, Kind, Rescue
from kiosk.power.headroom import Headroom
from kiosk.power.shedding import Proposal
from kiosk.power.thrift import Thrift


@dataclass(frozen=True, slots=True)
class SourceSeen:
    """One source of power readings."""

    name: str
    age_s: float
    volts: float | None
    amps: float | None  # out of the battery is positive
    solar_w: float | None
    believed: bool = False  # the numbers rest on its volts and amps
    problem: str = ""  # how it contradicts the believed one


@dataclass(frozen=True, slots=True)
class OutletSeen:
    """One outlet, and whether it may be switched on."""

    name: str
    on: bool | None  # None: it does not answer
    watts: float | None  # now, or while it was on
    load_class: int
    kind: Kind = "other"
    advice: Advice | None = None  # None: it is on
    resting: bool = False  # a compressor that went off a moment ago
    alarms: tuple[str, ...] = ()
    shed: bool = False  # this till switched it off to save power


@dataclass(frozen=True, slots=True)
class Minute:
    """What a minute was like."""

    wall_s: int
    load_w: float | None
    solar_w: float | None


@dataclass(frozen=True, slots=True)
class PowerView:
    """Everything of one moment."""

    headroom: Headroom
    at_ms: int  # monotonic
    sources: tuple[SourceSeen, ...] = ()
    outlets: tuple[OutletSeen, ...] = ()
    shed: tuple[str, ...] = ()  # what would go off, first what matters least
    proposal: Proposal | None = None
    rescue: Rescue | None = None
    closing_s: float | None = None  # from this moment; None: over, or the clock is not to be trusted
    reserve_wh: float = 0.0
    learned_ah: tuple[float, float] | None = None  # what the battery gives, and its label; None: not learned
    ohm: float | None = None
    day: tuple[Minute, ...] = ()  # the last day's minutes, oldest first
    worn: tuple[str, ...] = ()  # why the battery should be swapped: capacity, resistance
    outage: str = ""  # how the inverter seems to be off; `kiosk.power.outage`
    thrift: Thrift = field(default_factory=Thrift)  # how sparing the till must be
