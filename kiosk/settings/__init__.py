"""A shop's settings: one TOML file, validated whole, frozen."""

from __future__ import annotations

from kiosk.front import FILE
from kiosk.settings.load import load, parse
from kiosk.settings.problems import NoSettings, Problem, SettingsErrors
from kiosk.settings.shop import (
    DeviceSettings,
    ReceiptSettings,
    ScanSettings,
    Settings,
    UiSettings,
)

__all__ = [
    "FILE",
    "DeviceSettings",
    "NoSettings",
    "Problem",
    "ReceiptSettings",
    "ScanSettings",
    "Settings",
    "SettingsErrors",
    "UiSettings",
    "load",
    "parse",
]
