"""The demo shop's devices: a simulated stall, seen by the till as devices on the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from hardware.printer.profile import choose, for_columns
from hardware.simulated.sky import LATITUDE, PANEL_W, clear_w
from hardware.simulated.stall import SimulatedStall
from hardware.simulated.stalltime import StallTime
from kiosk.demo.morning import kit, write_morning
from kiosk.ledger.clock import Clock, SystemClock
from kiosk.power.sun import Site
from kiosk.settings import DeviceSettings, Settings
from kiosk.settings.equipment import DRIVERS

DOORS_SHUT_S = 6.0
"""In the demo somebody comes to every door that opens, takes the parcel or puts one in, and shuts it."""
DRAWER_SHUTS_S = 6.0
"""In the demo somebody pushes the drawer in, as everybody at a stall does without thinking."""


@contextmanager
def running_stall(
    settings: Settings, time: StallTime | None = None, clock: Clock | None = None
) -> Iterator[Settings]:
    """Run a stall for a shop; gives the settings with the stall's devices in place of the configured ones.

    `time` is the stall's own, and `clock` what the till goes by: see `clock_of`.
    """
    receipt, goes_by = settings.receipt, clock or SystemClock()
    site = _site(settings, goes_by.now().wall_ms)
    if receipt.profile:
        profile = choose(receipt.profile, page=receipt.code_page)
    else:
        profile = for_columns(receipt.columns, page=receipt.code_page)
    with SimulatedStall(
        settings.folder,
        profile,
        time=time,
        longitude=site.longitude,
        drawer_shuts_s=DRAWER_SHUTS_S,
        doors_shut_s=DOORS_SHUT_S,
    ) as stall:
        stall.do("sun", sky="clear")
        write_morning(settings.folder, goes_by, kit(site), lambda wall_s: clear_w(wall_s, site.longitude))
        tables = stall.devices() | (stall.cabinet() if settings.pickup is not None else {})
        screen = DeviceSettings("screen", "display", "screen")  # for `kiosk customer`; nothing to simulate
        yield replace(settings, devices=(*devices(tables), screen), power=kit(site))


def stall_time(at: str = "", speed: float = 1) -> StallTime:
    """Return the stall's time: what it is now, or today at a time such as `9:00`, at a speed.

    In this machine's zone, which is the demo shop's too.
    """
    now = datetime.now(UTC).astimezone()
    if at:
        hour, minute = map(int, at.split(":"))
        now = now.replace(hour=hour, minute=minute, second=0)
    time = StallTime(wall_s=now.timestamp)
    time.speed = speed
    return time


def _site(settings: Settings, wall_ms: int) -> Site:
    """Return where the demo's panel lies: at a longitude where its zone's noon is noon."""
    offset = datetime.fromtimestamp(wall_ms / 1000, UTC).astimezone(settings.zone).utcoffset()
    longitude = offset.total_seconds() / 240 if offset is not None else 0.0
    return Site(LATITUDE, longitude, PANEL_W, 0.0)


def clock_of(time: StallTime) -> SystemClock:
    """A till's clock that goes with the stall's time, in a boot of its own that nothing real belongs to.

    It is right by definition, also where nothing has set this machine's own.
    """
    return SystemClock(
        wall=lambda: int(time.wall_s * 1000),
        boot=lambda: int(time.passed_s * 1000),
        was_set=lambda _wall_ms: True,
        boot_id=str(uuid4()),
    )


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
