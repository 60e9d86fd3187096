"""The demo shop's devices: a simulated stall, seen by the till as devices on the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from hardware.printer.profile import choose, for_columns
from hardware.simulated.stall import SimulatedStall
from kiosk.demo.morning import KIT, write_morning
from kiosk.ledger.clock import SystemClock
from kiosk.settings import DeviceSettings, Settings
from kiosk.settings.equipment import DRIVERS

DOORS_SHUT_S = 6.0
"""In the demo somebody comes to every door that opens, takes the parcel or puts one in, and shuts it."""
DRAWER_SHUTS_S = 6.0
"""In the demo somebody pushes the drawer in, as everybody at a stall does without thinking."""


@contextmanager
def running_stall(settings: Settings) -> Iterator[Settings]:
    """Run a stall for a shop; gives the settings with the stall's devices in place of the configured ones."""
    receipt = settings.receipt
    if receipt.profile:
        profile = choose(receipt.profile, page=receipt.code_page)
    else:
        profile = for_columns(receipt.columns, page=receipt.code_page)
    with SimulatedStall(
        settings.folder, profile, drawer_shuts_s=DRAWER_SHUTS_S, doors_shut_s=DOORS_SHUT_S
    ) as stall:
        write_morning(settings.folder, SystemClock())
        tables = stall.devices() | (stall.cabinet() if settings.pickup is not None else {})
        screen = DeviceSettings("screen", "display", "screen")  # for `kiosk customer`; nothing to simulate
        yield replace(settings, devices=(*devices(tables), screen), power=KIT)


def devices(tables: Mapping[str, Mapping[str, object]]) -> Iterable[DeviceSettings]:
    """Turn the stall's tables, which are those of the drivers, into devices of the shop."""
    for name, table in tables.items():
        role, _, driver = str(table["kind"]).partition("-")
        if driver in DRIVERS.get(role, ()):
            own = {key: value for key, value in table.items() if key != "kind"}
            yield DeviceSettings(name, role, driver, options=own)
            continue
        if "host" in table:
            address = f"{table['host']}:{table['port']}"
        else:
            address = str(table["port"]).removeprefix("socket://")
        yield DeviceSettings(name, name, "tcp", address, drawer_pin=2 if name == "printer" else 0)
