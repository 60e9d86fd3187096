"""What is plugged in, by names that last over a start, and what each thing may be (Linux)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hardware.inputs.find import InputNode, nodes, stable
from kiosk.doctor.boards import is_board
from kiosk.settings import Settings

SERIAL_ROLES = ("printer", "scanner", "scale", "display", "battery", "solar")
BUS = "i2c-1"
"""The one on a Raspberry Pi's pins."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that could be a device of the shop."""

    address: str
    """As the settings want it."""
    name: str
    """As its maker calls it, where it says."""
    wire: str
    """usblp, serial, evdev, or i2c for the bus that a battery board may sit on."""
    roles: tuple[str, ...]
    """What it may be; one word where that is certain."""


def connected(dev: Path = Path("/dev"), inputs: Iterable[InputNode] | None = None) -> list[Thing]:
    """Printers, serial ports, touch panels, a bus. What only types is asked for by a scan instead."""
    printers = [Thing(str(node), "", "usblp", ("printer",)) for node in sorted(dev.glob("usb/lp*"))]
    by_id = sorted(dev.glob("serial/by-id/*"))
    lines = [Thing(str(node), "", "serial", SERIAL_ROLES) for node in by_id]
    known = nodes() if inputs is None else inputs
    panels = [Thing(stable(node), node.name, "evdev", ("touch",)) for node in known if node.touch]
    buses = [Thing(str(node), "", "i2c", ("battery",)) for node in sorted(dev.glob(BUS))]
    return [*printers, *lines, *panels, *buses]


def owner(thing: Thing, settings: Settings) -> str | None:
    """The name of the device that this thing is in the settings; None for a stranger."""
    for device in settings.devices:
        address = str(device.address or device.options.get("address", "auto"))
        same = address == thing.address or Path(address).resolve() == Path(thing.address).resolve()
        if thing.wire == "i2c" and is_board(device):
            return device.name
        if same or (device.role == "touch" == thing.roles[0] and address == "auto"):
            return device.name
    return None
