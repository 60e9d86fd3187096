"""Turns print jobs into the printer's bytes, in the thread that prints: rows, code page, logo, power."""

from __future__ import annotations

import logging
from functools import cached_property
from typing import TYPE_CHECKING

from hardware.printer.encoder import encode
from kiosk.station.rendering import render

if TYPE_CHECKING:
    from hardware.printer.profile import Profile
    from kiosk.checkout.printqueue import Job
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings

log = logging.getLogger(__name__)

CACHE = "cache"
"""A folder in the shop's own: what can be made again, for this user's eyes only."""


class Press:
    """The shop's stationery on one printer's paper."""

    def __init__(self, settings: Settings, profile: Profile) -> None:
        """Prepare; the logo is drawn when it is first printed."""
        self._settings = settings
        self._profile = profile
        self.sparing = settings.receipt.sparing
        """No logo and no blank paper, while the battery is low."""

    def job(self, ledger: Ledger, job: Job) -> bytes:
        """One job, read from the ledger at the moment it is printed."""
        rows = render(ledger, job, self._settings)
        wanted = not self.sparing and any(row.logo for row in rows)
        return encode(rows, self._profile, self._logo if wanted else b"", sparing=self.sparing)

    @cached_property
    def _logo(self) -> bytes:
        """The logo; a bad one is told once, and receipts are printed without it."""
        from hardware.printer.logo import BadPicture, logo

        folder = self._settings.folder
        try:
            return logo(folder / self._settings.receipt.logo, self._profile, folder / CACHE)
        except (BadPicture, OSError) as error:
            log.warning("receipts are printed without the logo: %s", error)
            return b""
