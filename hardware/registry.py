"""Makes a device from its settings: a ``kind`` names the factory, and only that one's module is imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from hardware.device import Device

Factory = Callable[[str, Mapping[str, object]], Device]
"""Takes the device's name and its table from the settings; raises ``ValueError`` when the table is wrong."""

GROUP = "barrow.devices"
"""Entry point group in which other distributions add kinds: ``my-kind = "my_package.module:make"``."""

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "printer-tcp": "hardware.printer.factory:tcp",
        "printer-serial": "hardware.printer.factory:serial",
        "printer-usb": "hardware.printer.factory:usb",
        "printer-file": "hardware.printer.factory:file",
        "scanner-serial": "hardware.scanner.serial:make",
        "scanner-evdev": "hardware.scanner.keys:make",
        "touch-evdev": "hardware.panel.touchpanel:make",
        "meter-lines": "hardware.power.lines:make",
        "battery-vedirect": "hardware.power.stream:make",
        "solar-vedirect": "hardware.power.stream:make",
        "solar-epever": "hardware.power.asked:epever_controller",
        "solar-renogy": "hardware.power.asked:renogy_controller",
        "battery-jbd": "hardware.power.asked:jbd_board",
        "battery-daly": "hardware.power.asked:daly_board",
        "battery-ina219": "hardware.power.hats.factory:ina219_board",
        "battery-upsplus": "hardware.power.hats.factory:upsplus",
        "battery-max17040": "hardware.power.hats.factory:max17040",
        "battery-max17048": "hardware.power.hats.factory:max17048",
        "battery-cw2015": "hardware.power.hats.factory:cw2015",
        "battery-waveshare-e": "hardware.power.hats.factory:hat_e",
        "battery-pijuice": "hardware.power.hats.factory:pijuice_hat",
        "battery-pisugar2": "hardware.power.hats.factory:pisugar2",
        "battery-pisugar2-pro": "hardware.power.hats.factory:pisugar2_pro",
        "battery-pisugar3": "hardware.power.hats.factory:pisugar3",
        "battery-sunfounder": "hardware.power.hats.factory:sunfounder",
        "battery-lifepo4wered": "hardware.power.hats.factory:lifepo4wered",
        "battery-wittypi": "hardware.power.hats.factory:wittypi",
        "outlet-shelly2": "hardware.power.outlets.factory:shelly2_outlet",
        "outlet-shelly1": "hardware.power.outlets.factory:shelly1_outlet",
        "outlet-tasmota": "hardware.power.outlets.factory:tasmota_outlet",
        "outlet-shelly2-mqtt": "hardware.power.outlets.factory:shelly2_mqtt",
        "outlet-shelly1-mqtt": "hardware.power.outlets.factory:shelly1_mqtt",
        "outlet-tasmota-mqtt": "hardware.power.outlets.factory:tasmota_mqtt",
        "outlet-kasa": "hardware.power.outlets.factory:kasa_outlet",
        "scale-toledo8217": "hardware.scale.factory:toledo",
        "scale-sma": "hardware.scale.factory:sma_scale",
        "scale-cas": "hardware.scale.factory:cas_scale",
        "scale-generic": "hardware.scale.factory:generic_scale",
        "display-escpos": "hardware.display.factory:escpos",
        "display-cd5220": "hardware.display.factory:cd5220",
        "display-screen": "hardware.display.factory:screen",
        "panel-gpio": "hardware.panel.factory:make",
        "locks-cu16": "hardware.locks.factory:cu16",
        "locks-cu48b": "hardware.locks.factory:cu48b",
        "locks-8a": "hardware.locks.factory:shuoming",
        "locks-wkly": "hardware.locks.factory:wkly",
        "locks-winnsen": "hardware.locks.factory:winnsen",
        "locks-5a5a": "hardware.locks.factory:board5a",
        "locks-r421a08": "hardware.locks.factory:relay",
        "locks-gpio": "hardware.locks.factory:gpio",
    }
)
"""The kinds that come with the product, and where each is made."""


class UnknownKind(ValueError):
    """No factory for that kind."""


def kinds() -> tuple[str, ...]:
    """Every kind there is, own and added, in alphabetical order."""
    from importlib.metadata import entry_points  # 15 ms, only when a list or a stranger's kind is wanted

    return tuple(sorted({*KINDS, *(point.name for point in entry_points(group=GROUP))}))


def make(kind: str, name: str, table: Mapping[str, object]) -> Device:
    """A device, not yet opened. Raises `UnknownKind`, or ``ValueError`` for a table that cannot be used."""
    return _factory(kind)(name, table)


def _factory(kind: str) -> Factory:
    """The factory of a kind; own kinds come first, so that no package can quietly take one over."""
    if kind in KINDS:
        module, function = KINDS[kind].split(":")
        own: Factory = getattr(import_module(module), function)
        return own
    from importlib.metadata import entry_points

    for point in entry_points(group=GROUP, name=kind):
        added: Factory = point.load()
        return added
    raise UnknownKind(f"no device kind {kind!r}; there are {', '.join(kinds())}")
