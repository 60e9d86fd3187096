"""What the clock of a place shows, where nobody told its time zone."""

from __future__ import annotations

from datetime import timedelta, timezone, tzinfo

from kiosk import i18n

EUROPE = "Europe/Berlin"
EUROPE_LATITUDES, EUROPE_LONGITUDES = (35.0, 72.0), (-2.0, 20.0)
"""Where Central European time is taken to be kept; elsewhere it is the time of the longitude."""


def zone_of(latitude: float, longitude: float) -> tzinfo:
    """Guess the time zone of a place."""
    south, north = EUROPE_LATITUDES
    west, east = EUROPE_LONGITUDES
    if south <= latitude <= north and west <= longitude <= east:
        found = i18n.zone(EUROPE)
        if found is not None:
            return found
    return timezone(timedelta(hours=round(longitude / 15)))
