"""In the last minutes, when there is no time left to ask, the least needed goes off by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from kiosk.station.events import HeadroomChanged

if TYPE_CHECKING:
    from hardware.power.outlets.reading import OutletReading

log = logging.getLogger(__name__)


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
