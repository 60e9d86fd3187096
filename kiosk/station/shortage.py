"""When power is short: slips print without logo, and in the last minutes the least needed goes off."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from kiosk.power.shedding import SHORT_S
from kiosk.station.events import HeadroomChanged

if TYPE_CHECKING:
    from hardware.power.outlets.reading import OutletReading
    from kiosk.power.view import PowerView

log = logging.getLogger(__name__)


def is_short(view: PowerView) -> bool:
    """Tell whether the safe end is near. What is not known is not short: a silent meter changes no till."""
    safe_s = view.headroom.until.safe_s
    return safe_s is not None and safe_s < SHORT_S


class LastMinutes:
    """Switches off what the gauge proposes when there is no time left to ask; one outlet at a time."""

    def __init__(
        self,
        switch: Callable[[str, bool, None], Future[OutletReading]],
        noted: Callable[[str], None],
    ) -> None:
        """`noted` is told of what goes off, so that it may come back."""
        self._switch = switch
        self._noted = noted
        self._under_way: Future[OutletReading] | None = None

    def heard(self, event: object) -> None:
        """Any thread: act on a proposal that nobody is asked about."""
        proposal = event.view.proposal if isinstance(event, HeadroomChanged) else None
        if proposal is None or not proposal.alone:
            return
        if self._under_way is not None and not self._under_way.done():
            return
        self._noted(proposal.outlet)
        log.warning("the power ends within minutes: %s goes off", proposal.outlet)
        self._under_way = self._switch(proposal.outlet, False, None)
