"""Makes the shop's devices from its settings: role and kind choose a driver, only that one is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.registry import make
from kiosk.where import customer_feed

if TYPE_CHECKING:
    from hardware.device import Device
    from kiosk.settings import DeviceSettings, Settings

KINDS = {
    ("printer", "tcp"): "printer-tcp",
    ("printer", "serial"): "printer-serial",
    ("printer", "usblp"): "printer-usb",
    ("printer", "file"): "printer-file",
    ("scanner", "serial"): "scanner-serial",
    ("scanner", "tcp"): "scanner-serial",
    ("battery", "serial"): "meter-lines",
    ("battery", "tcp"): "meter-lines",
}
"""The driver of a role on a wire; any other is `role-kind` in the registry, with keys of its own."""


def device(settings: Settings, chosen: DeviceSettings) -> Device:
    """One configured device, not yet opened. ValueError when its settings do not fit its driver."""
    kind = KINDS.get((chosen.role, chosen.kind), f"{chosen.role}-{chosen.kind}")
    return make(kind, chosen.name, _options(settings, chosen))


def _options(settings: Settings, chosen: DeviceSettings) -> dict[str, object]:
    """The driver's own table, from the shop's words."""
    if (chosen.role, chosen.kind) not in KINDS:
        here: dict[str, object] = {}
        if (chosen.role, chosen.kind) == ("display", "screen"):
            here["path"] = str(customer_feed(settings.folder))
        return {**here, **chosen.options}
    if chosen.role != "printer":
        if chosen.kind == "tcp":
            return {"port": f"socket://{chosen.address}"}
        return {"port": chosen.address, "baud": chosen.baud}
    table: dict[str, object] = {"profile": _profile(settings), "page": settings.receipt.code_page}
    if settings.receipt.page_number is not None:
        table["number"] = settings.receipt.page_number
    if chosen.kind == "tcp":
        return table | {"host": chosen.host, "port": chosen.port, "status": chosen.answers}
    if chosen.kind == "serial":
        return table | {
            "path": chosen.address,
            "baud": chosen.baud,
            "flow": chosen.flow,
            "status": chosen.answers,
        }
    if chosen.kind == "usblp":
        return table | {"path": chosen.address, "status": chosen.answers}
    return table | {"path": chosen.address}


def _profile(settings: Settings) -> str:
    """The printer profile the shop names, or the usual one of its paper."""
    from hardware.printer.profile import for_columns

    return settings.receipt.profile or for_columns(settings.receipt.columns).name
