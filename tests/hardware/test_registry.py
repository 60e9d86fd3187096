"""Devices from settings: each kind makes its driver, wrong keys are named, strangers may add kinds."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import Any

import pytest

from hardware import registry
from hardware.options import BadOptions
from hardware.printer.printer import Printer


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ("printer-tcp", {"host": "192.0.2.7"}),
        ("printer-serial", {"path": "/dev/serial/by-id/x", "baud": 19200, "flow": "xonxoff"}),
        ("printer-usb", {}),
        ("printer-file", {"path": "jobs.bin", "profile": "58mm", "page": "CP437", "qr": "native"}),
        ("scanner-serial", {"port": "/dev/ttyACM0"}),
        ("scanner-evdev", {"address": "05e0:1200:S123", "layout": "de", "suffix": "none", "gs_key": "F12"}),
        ("touch-evdev", {"rotation": 180}),
        ("meter-lines", {"port": "socket://127.0.0.1:4000"}),
        ("battery-vedirect", {"address": "/dev/serial/by-id/x", "every": 10, "flip": True}),
        ("solar-vedirect", {"address": "socket://127.0.0.1:4000"}),
    ],
)
def test_every_kind_makes_a_device_without_opening_it(kind: str, table: dict[str, object]) -> None:
    assert registry.make(kind, "one", {"kind": kind, **table}).name == "one"


def test_a_printer_gets_its_profile_page_and_way_of_drawing() -> None:
    printer = registry.make(
        "printer-file", "p", {"path": "x", "profile": "pos-5890", "page": "CP852", "qr": "native"}
    )
    assert isinstance(printer, Printer)
    assert (printer.profile.columns, printer.profile.page, printer.profile.native_qr) == (32, "CP852", True)


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(BadOptions) as caught:
        registry.make("printer-tcp", "p", {"port": 70000, "profile": "a0", "status": 1, "colour": "red"})
    assert len(caught.value.problems) == 5
    text = str(caught.value)
    for part in (
        "host: missing",
        "port: 70000, must be a number from 1 to 65535",
        "80mm",
        "true or false",
        "colour: no such option",
    ):
        assert part in text
    with pytest.raises(BadOptions, match="CP858"):
        registry.make("printer-tcp", "p", {"host": "x", "page": "KOI8"})


def test_an_unknown_kind_lists_the_known_ones() -> None:
    with pytest.raises(registry.UnknownKind, match=r"meter-lines, .*printer-file"):
        registry.make("teleprinter", "t", {})


def test_another_package_may_add_a_kind_but_not_take_one_over(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        EntryPoint(name, "tests.hardware.test_registry:made", registry.GROUP)
        for name in ("bell", "printer-usb")
    ]

    def entry_points(group: str, name: str | None = None) -> list[EntryPoint]:
        return [point for point in points if group == registry.GROUP and name in {None, point.name}]

    monkeypatch.setattr("importlib.metadata.entry_points", entry_points)
    monkeypatch.setattr(EntryPoint, "load", lambda _self: made)
    assert registry.make("bell", "b", {"tone": 1}) == ("b", {"tone": 1})
    assert isinstance(registry.make("printer-usb", "p", {}), Printer)
    assert "bell" in registry.kinds()


def made(name: str, table: Any) -> Any:
    return name, table


def test_every_driver_the_settings_know_is_made_by_somebody_and_its_wire_can_be_explained() -> None:
    from hardware.power.kinds import KINDS
    from kiosk.settings.equipment import DRIVERS

    made = {f"{role}-{kind}" for role, kinds in DRIVERS.items() for kind in kinds}
    assert made <= registry.KINDS.keys()
    explained = {name for kind in KINDS for name in kind.names}
    assert {kind for role in ("battery", "solar", "outlet") for kind in DRIVERS[role]} <= explained
