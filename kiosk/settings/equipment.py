"""Reads `[devices.*]`: what hangs on the till, by a name of the shop's own, and on which wire.

`kind` is the wire, or a driver of its own with keys of its own (`DRIVERS`; from another package: entry points
`barrow.devices`, named `role-kind`). Those keys are handed to the driver as they are, and it checks them when
the device is made: a device it refuses is a faulty device, and the till sells on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast, get_args

from kiosk.i18n import _
from kiosk.settings.section import Section
from kiosk.settings.shop import DeviceSettings, Flow

KINDS = {
    "printer": ("tcp", "serial", "usblp", "file"),
    "scanner": ("serial", "tcp"),
    "battery": ("serial", "tcp"),
}
"""Which wires each role can hang on, with the keys read here: address, baud, flow."""
DRIVERS: dict[str, tuple[str, ...]] = {
    "scanner": ("evdev",),
    "touch": ("evdev",),
    "battery": (
        "vedirect", "jbd", "daly", "ina219", "upsplus", "max17040", "max17048", "cw2015", "waveshare-e",
        "pijuice", "pisugar2", "pisugar2-pro", "pisugar3", "sunfounder", "lifepo4wered", "wittypi",
    ),
    "solar": ("vedirect", "epever", "renogy"),
    "outlet": (
        "shelly2", "shelly1", "tasmota", "kasa", "shelly2-mqtt", "shelly1-mqtt", "tasmota-mqtt",
    ),
    "locks": ("cu16", "cu48b", "8a", "wkly", "winnsen", "5a5a", "r421a08", "gpio"),
    "scale": ("toledo8217", "sma", "cas", "generic"),
    "display": ("escpos", "cd5220", "screen"),
    "panel": ("gpio",),
}  # fmt: skip
"""Which of our own drivers each role can have besides, each with keys of its own (`hardware.registry`)."""
ROLES = tuple(dict.fromkeys((*KINDS, *DRIVERS)))
PLUG_INS = "barrow.devices"
BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
ADDRESS = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})")
DEVICE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,23}")
RAW_PORT = 9100
"""Where network printers listen for raw bytes."""
EXAMPLES = {"tcp": "192.168.1.50:9100", "serial": "/dev/serial/by-id/...", "usblp": "/dev/usb/lp0"}


def devices(root: Section) -> tuple[DeviceSettings, ...]:
    """Read every `[devices.NAME]`, in the order of the file."""
    table = root.section("devices")
    return tuple(_device(name, table.section(name)) for name in table.names())


def printer_at(where: str) -> dict[str, str | int | bool]:
    """A printer's keys from `usb`, `host`, `host:port` or a port's path; empty for `none`."""
    if where.lower() in {"", "none", _("none")}:
        return {}
    if where.lower() == "usb":
        return {"kind": "usblp", "address": "/dev/usb/lp0"}
    if where.startswith("/dev/usb/"):
        return {"kind": "usblp", "address": where}
    if "/" in where or where.upper().startswith("COM"):
        return {"kind": "serial", "address": where}
    host, colon, port = where.rpartition(":")
    named = colon and port.isdigit() and (":" not in host or host.endswith("]"))
    return {"kind": "tcp", "address": where if named else f"{where}:{RAW_PORT}"}


def _device(name: str, section: Section) -> DeviceSettings:
    """Read one device. Its role may be left out where its name begins with it."""
    if DEVICE_NAME.fullmatch(name) is None:
        section.findings.add(section.path, None, _("a device's name is letters, digits, - and _"))
    guess = next((role for role in ROLES if name.startswith(role)), "")
    role = section.choice("role", guess, ROLES) or "printer"
    kind = section.text("kind", None, _("one of {options}").format(options=", ".join(_kinds(role))))
    if kind not in KINDS.get(role, ()):
        return _driven(DeviceSettings(name, role, kind), section)
    device = DeviceSettings(name, role, kind, _address(section, kind))
    if kind == "serial":
        baud = section.number_of("baud", 9600, BAUDS)
        flow = cast("Flow", section.choice("flow", "none", get_args(Flow)))
        device = replace(device, baud=baud, flow=flow)
    if role == "printer":
        answers = section.truth("answers", kind != "file")
        device = replace(device, answers=answers, drawer_pin=section.number_of("drawer_pin", 2, (0, 2, 5)))
    section.finish()
    return device


def _address(section: Section, kind: str) -> str:
    """Read where the device is."""
    allowed = _("where it is, such as {example}").format(example=EXAMPLES.get(kind, "paper.bin"))
    text = section.text("address", None, allowed, form=".+")
    if kind == "tcp" and text:
        match = ADDRESS.fullmatch(text)
        if match is None or not 1 <= int(match[1]) <= 65535:
            section.wrong("address", allowed)
    return text


def _kinds(role: str) -> tuple[str, ...]:
    """Return every kind of our own that a role can have."""
    return KINDS.get(role, ()) + DRIVERS.get(role, ())


def _driven(device: DeviceSettings, section: Section) -> DeviceSettings:
    """Take a device whose keys are its driver's business, if there is such a driver."""
    if device.kind and device.kind not in DRIVERS.get(device.role, ()) and not _added(device):
        options = ", ".join(_kinds(device.role))
        section.wrong(
            "kind", _("one of {options}, or one that an installed package adds").format(options=options)
        )
    own = {key: section.raw(key) for key in section.names() if key not in {"role", "kind", "drawer_pin"}}
    pin = section.number_of("drawer_pin", 2, (0, 2, 5)) if device.role == "printer" else 0
    address = own.get("address", own.get("port"))  # a cabinet's wire is its port
    return replace(device, options=own, drawer_pin=pin, address=address if isinstance(address, str) else "")


def _added(device: DeviceSettings) -> bool:
    """Tell whether another package brings the driver."""
    from importlib.metadata import entry_points  # 15 ms, only for a kind that is not ours

    return bool(entry_points(group=PLUG_INS, name=f"{device.role}-{device.kind}"))
