"""Makes a device of the shop, or what stands in for one whose settings its driver refuses."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.station.wiring import device

if TYPE_CHECKING:
    from hardware.device import Device, Event
    from kiosk.settings import DeviceSettings, Settings

log = logging.getLogger(__name__)


def make_or_stand_in(settings: Settings, chosen: DeviceSettings) -> Device:
    """A device whose settings its driver refuses is a faulty device, not a reason to sell nothing."""
    try:
        return device(settings, chosen)
    except ValueError as error:
        log.warning("device %s: %s", chosen.name, error)
        return Unusable(chosen.name, str(error))


class Unusable:
    """A configured device that its driver refuses: it says why and stays faulty, and the till sells on."""

    def __init__(self, name: str, reason: str) -> None:
        """Remember the reason, for the status line and the doctor."""
        self.name = name
        self._reason = reason

    def open(self) -> None:
        """Fail with the reason."""
        raise OSError(self._reason)

    def run(self, report: Callable[[Event], None]) -> None:
        """Never reached: it cannot be opened."""

    def close(self) -> None:
        """Nothing is held."""
