"""Reads `[devices.*]`: what hangs on the till, by a name of the shop's own, and on which wire.

`kind` is the wire. A driver from another package has a kind of its own (entry points `barrow.devices`, named
`role-kind`); its other keys are handed to it as they are, and it checks them when the device is made.
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
"""Which wires each role can hang on."""
PLUG_INS = "barrow.devices"
BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
ADDRESS = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})")
DEVICE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,23}")
EXAMPLES = {"tcp": "192.168.1.50:9100", "serial": "/dev/serial/by-id/...", "usblp": "/dev/usb/lp0"}


def devices(root: Section) -> tuple[DeviceSettings, ...]:
    """Read every `[devices.NAME]`, in the order of the file."""
    table = root.section("devices")
    return tuple(_device(name, table.section(name)) for name in table.names())


def _device(name: str, section: Section) -> DeviceSettings:
    """Read one device. Its role may be left out where its name begins with it."""
    if DEVICE_NAME.fullmatch(name) is None:
        section.findings.add(section.path, None, _("a device's name is letters, digits, - and _"))
    guess = next((role for role in KINDS if name.startswith(role)), "")
    role = section.choice("role", guess, KINDS) or "printer"
    kind = section.text("kind", None, _("one of {options}").format(options=", ".join(KINDS[role])))
    if kind not in KINDS[role]:
        return _plug_in(DeviceSettings(name, role, kind), section)
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


def _plug_in(device: DeviceSettings, section: Section) -> DeviceSettings:
    """Take a device whose driver comes from another package, if there is one."""
    from importlib.metadata import entry_points  # 15 ms, only for a kind that is not ours

    if device.kind and not entry_points(group=PLUG_INS, name=f"{device.role}-{device.kind}"):
        options = ", ".join(KINDS[device.role])
        section.wrong(
            "kind", _("one of {options}, or one that an installed package adds").format(options=options)
        )
    own = {key: section.raw(key) for key in section.names() if key not in {"role", "kind", "drawer_pin"}}
    pin = section.number_of("drawer_pin", 2, (0, 2, 5)) if device.role == "printer" else 0
    return replace(device, options=own, drawer_pin=pin)
