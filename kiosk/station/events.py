"""What a station tells its subscribers, in any thread, as frozen values. Device events pass unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kiosk.pickup.compartment import Compartment
    from kiosk.power.view import PowerView


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """The print queue grew, shrank, or holds something a person must look at."""

    waiting: int
    """Jobs that will be printed by themselves as soon as the printer can."""
    doubtful: int
    """Jobs cut off in the middle: printed again whole, or given up, by a person."""


@dataclass(frozen=True, slots=True)
class OrdersChanged:
    """Something is to be said to customers, or somebody has said it."""

    untold: int
    """Customers to be told something."""
    overdue: int
    """Orders whose days are over and that staff have not cleared."""


@dataclass(frozen=True, slots=True)
class DrawerPulsed:
    """The drawer was told to open, and the printer took it. Whether it did is for its own contact to say."""


@dataclass(frozen=True, slots=True)
class DrawerStuck:
    """The drawer could not be told to open, or did not. It is never tried again by itself."""

    reason: str


@dataclass(frozen=True, slots=True)
class HeadroomChanged:
    """The numbers of the stall's power are new. Only the newest matters."""

    view: PowerView


@dataclass(frozen=True, slots=True)
class DemoChanged:
    """A demonstration began or ended, and is written down."""


EndingWord = Literal["notice", "written", "ordered", "refused", "unheard", "kept", "stubborn"]
"""`notice`: it ends, in `seconds`, or (0) when somebody switches the box off. `written`: all is on disk, and
nothing here switches off by itself. `ordered`: something will, within `seconds`. `refused`: it did not take
the order; `unheard`: it took it and did nothing. `kept`: nothing is switched off after all. `stubborn`: the
same, but what took the order does not take it back."""


@dataclass(frozen=True, slots=True)
class PowerEnding:
    """The battery is at its end, and what becomes of that."""

    what: EndingWord
    seconds: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BoxNews:
    """Something happened to a box of the cabinet, and is written down."""

    box: Compartment
    """As the records have it now."""
    what: BoxWord
    seconds: float = 0.0
    """`cooling` and `press`: until the next pulse."""
    reason: str = ""
    """`refused` and `lost`: why, for staff."""


BoxWord = Literal[
    "opening",
    "cooling",
    "press",
    "stuck",
    "refused",
    "lost",
    "open",
    "remind",
    "alarm",
    "left",
    "shut",
    "seen",
]
"""`press`: the first pulse did not do it, and leaning on the door frees a loaded latch. `shut`: seen shut,
and `box` says whether its contents are known. `seen`: any other change that contacts brought."""
