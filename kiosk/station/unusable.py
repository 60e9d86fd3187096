"""What stands in for a device whose settings its driver refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hardware.device import Event


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
