"""The part of `kiosk sim` that plays with the stall's power: battery, outlets and inverter."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]

EXAMPLE = """\
  kiosk sim battery --watts 40 --speed 60 draw 40 W besides the outlets, with time sixty times as fast
  kiosk sim battery --solar 120           the sun shines on the panel
  kiosk sim battery --fault checksum      spoil every block of its shunt
  kiosk sim outlet lamp off               switch an outlet by hand; fridge and blender are others
  kiosk sim outlet fridge vanish          it is gone from the network; `clear` brings it back
  kiosk sim inverter on                   switch the inverter on again after its third overload
"""
WIRE_FAULTS = ("silent", "truncate", "checksum", "hex", "sign", "unknown", "clear")
APPLIANCES = ("lamp", "fridge", "blender")
OUTLET_ACTS = ("on", "off", "vanish", "silent", "stuck", "deaf", "reset", "clear")
"""What can happen to the shunt, which outlets there are, what can happen to one; a test compares them."""
DEVICES = ("battery", "outlet", "inverter")


def add_devices(devices: Parsers) -> None:
    """Declare what belongs to the power."""
    battery = devices.add_parser("battery", help=_("change load, sun and charge"))
    battery.add_argument("--watts", type=float, metavar="W", help=_("watts drawn by the stall"))
    battery.add_argument("--solar", type=float, metavar="W", help=_("watts from the panel"))
    battery.add_argument("--charge", type=float, metavar="PERCENT", help=_("state of charge, 0 to 100"))
    battery.add_argument("--speed", type=float, metavar="TIMES", help=_("how much faster time passes"))
    battery.add_argument(
        "--fault", choices=WIRE_FAULTS, help=_("what is wrong with the shunt's wire; `clear` mends it")
    )
    outlet = devices.add_parser("outlet", help=_("switch an outlet, let it vanish, change what it draws"))
    outlet.add_argument("name", choices=APPLIANCES)
    outlet.add_argument("act", nargs="?", choices=OUTLET_ACTS)
    outlet.add_argument("--draws", type=float, metavar="W", help=_("watts of what is plugged into it"))
    inverter = devices.add_parser("inverter", help=_("switch the inverter on or off by hand"))
    inverter.add_argument("act", choices=("on", "off"))


def fields(args: argparse.Namespace) -> dict[str, object]:
    """The fields of a command, without those that were left out."""
    charge = getattr(args, "charge", None)
    found = {
        "name": getattr(args, "name", None),
        "act": getattr(args, "act", None),
        "watts": getattr(args, "draws", None),
        "load_w": getattr(args, "watts", None),
        "solar_w": getattr(args, "solar", None),
        "soc": None if charge is None else charge / 100,
        "speed": getattr(args, "speed", None),
        "fault": getattr(args, "fault", None),
    }
    return {name: value for name, value in found.items() if value is not None}


def words(_device: str, answer: Mapping[str, object]) -> str:
    """An answer for people."""
    spoken = {True: _("yes"), False: _("no")}
    rows = ((key, spoken[value] if isinstance(value, bool) else value) for key, value in answer.items())
    return "\n".join(f"{key:<20} {value}" for key, value in rows)
