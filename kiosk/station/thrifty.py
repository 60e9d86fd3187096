"""How sparing a till must be that has no forecast: by its meter's word alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.pickup.reserve import collection_only
from kiosk.power.thrift import Level

if TYPE_CHECKING:
    from hardware.power.reading import PowerRead
    from kiosk.settings.pickup import PickupSettings


def by_meter(read: PowerRead | None, pickup: PickupSettings | None) -> Level:
    """Return what a locker's last Wh ask for; a till without boxes has plenty, for all that is known."""
    if read is None or pickup is None:
        return Level.PLENTY
    told = read.reading
    low = collection_only(told.soc, told.capacity_wh, pickup.reserve_wh)
    return Level.COLLECTING if low else Level.PLENTY
