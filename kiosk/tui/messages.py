"""What travels inside the screen. A message wraps a frozen value; the value is what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from concurrent.futures import Future

    from kiosk.catalogue.resolve import Found
    from kiosk.pickup.compartment import Compartment


@dataclass
class CodeScanned(Message):
    """A whole code arrived, from a scanner's thread or from a wedge scanner's keys.

    Never merged, never dropped.
    """

    raw: str
    """As the scanner sent it, without its ending."""
    scanner: str
    """Which scanner read it: two scanners may read the same code at once, one of them may read an echo."""
    at_ms: int
    """Monotonic milliseconds when its last character came: the echo rule is measured from here."""
    meaning: Future[Found] | None = None
    """What it stands for, where that was looked up on the way; its error says what is wrong with it."""


@dataclass
class StationSaid(Message):
    """Something happened below: a device changed, a job was printed, a sale was committed."""

    event: object
    """A frozen event of the station or of a device."""


@dataclass
class BoxMoved(Message):
    """Something happened to a box of the cabinet and is written down. Never merged, never dropped."""

    box: Compartment
    what: str
    """A word of `kiosk.station.events.BoxWord`."""
    reason: str = ""


@dataclass
class ButtonPushed(Message):
    """A button on the counter was pressed. Never merged, never dropped."""

    role: str
    """What the button is for: pay, plus, void, help or page."""
    long: bool


@dataclass
class WeightSeen(Message):
    """The scale was asked and said something. Only the newest matters, so a waiting one is replaced."""

    grams: int | None
    """A steady weight; None where there is none to sell by."""
    why: str
    """Why there is none, in the scale's own word; empty where there is one."""
    at_ms: int
    """Monotonic milliseconds: a weight grows old."""
    net: bool = False
    tare: int | None = None

    def can_replace(self, message: Message) -> bool:
        """Tell that a newer word makes this one superfluous."""
        return isinstance(message, WeightSeen)


@dataclass
class LampsChanged(Message):
    """The status line has something new to say. Only the newest matters, so a waiting one is replaced."""

    def can_replace(self, message: Message) -> bool:
        """Tell that a newer one makes this one superfluous."""
        return isinstance(message, LampsChanged)


@dataclass
class PowerSampled(Message):
    """A power reading. Only the newest matters: power never queues behind a scan."""

    read: object
    """The frozen reading with its time; None inside where unknown."""

    def can_replace(self, message: Message) -> bool:
        """Tell that a newer reading makes this one superfluous."""
        return isinstance(message, PowerSampled)


def of_station(event: Any) -> Message:
    """The message that carries a station event; told by its name, so that no device type is imported here."""
    match type(event).__name__:
        case "ButtonPressed":
            return ButtonPushed(event.role, event.long)
        case "Weighed":
            return WeightSeen(event.grams, "", event.at_ms, event.net, event.tare)
        case "NotWeighed":
            return WeightSeen(None, str(event.why), event.at_ms)
        case "BoxNews":
            return BoxMoved(event.box, event.what, event.reason)
        case "PowerRead":
            return PowerSampled(event)
        case "ScanLost" | "DrawerStuck" | "ContactWild" | "PowerEnding":
            return StationSaid(event)
        case _:
            return LampsChanged()
