"""Reads `[devices.*]`: what hangs on the till, by a name of the shop's own.

`kind` says which driver it is; the other keys are the driver's own and are checked by it when the device is
made, because a driver may come from another package. A printer's paper is that of `[receipt]` unless it says
otherwise.
"""

from __future__ import annotations

import re

from kiosk.i18n import _
from kiosk.settings.section import Section
from kiosk.settings.shop import DeviceSettings, ReceiptSettings

KINDS = ("printer-tcp", "printer-serial", "printer-usb", "printer-file", "scanner-serial", "meter-lines")
"""The kinds that come with the product; a test compares them with the hardware's own list."""
PLUG_INS = "barrow.devices"
"""Entry points by which other packages add kinds."""
PROFILES = {32: "58mm", 42: "80mm-42", 48: "80mm"}
"""The usual printer for so many columns, by the name of its profile."""
DEVICE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,23}")


def devices(root: Section, receipt: ReceiptSettings) -> tuple[DeviceSettings, ...]:
    """Read every `[devices.NAME]`, in the order of the file."""
    table = root.section("devices")
    return tuple(_device(name, table.section(name), receipt) for name in table.names())


def _device(name: str, section: Section, receipt: ReceiptSettings) -> DeviceSettings:
    """Read one device."""
    if DEVICE_NAME.fullmatch(name) is None:
        section.findings.add(section.path, None, _("a device's name is letters, digits, - and _"))
    kind = section.text("kind", None, _("one of {options}").format(options=", ".join(KINDS)))
    if kind and kind not in KINDS and not _is_plug_in(kind):
        section.wrong(
            "kind",
            _("one of {options}, or a kind that an installed package adds").format(options=", ".join(KINDS)),
        )
    role = section.text("role", kind.partition("-")[0], _("printer, scanner or meter"), form="[a-z]+")
    options = {key: section.raw(key) for key in section.names() if key not in {"kind", "role", "drawer_pin"}}
    if role == "printer":
        options = _paper(receipt) | options
        return DeviceSettings(name, role, kind, options, section.number_of("drawer_pin", 2, (0, 2, 5)))
    return DeviceSettings(name, role, kind, options)


def _is_plug_in(kind: str) -> bool:
    """Tell whether an installed package adds this kind."""
    from importlib.metadata import entry_points  # 15 ms, only for a kind that is not ours

    return bool(entry_points(group=PLUG_INS, name=kind))


def _paper(receipt: ReceiptSettings) -> dict[str, object]:
    """Return the printer options that follow from `[receipt]`."""
    return {"profile": receipt.profile or PROFILES[receipt.columns], "page": receipt.code_page}
