"""How promises were kept and how the locks fare, as a slip: on the screen, and printed where wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk import i18n
from kiosk.catalogue.paper import Row
from kiosk.checkout.stationery import END
from kiosk.i18n import _, speaking
from kiosk.pickup import report
from kiosk.pickup.walk import DAY_MS
from kiosk.station.rendering import enqueue_rows, stationery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.checkout.rights import Person
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings

DAYS = 30
"""What is looked back on."""


def kept_rows(ledger: Ledger, settings: Settings) -> Sequence[Row]:
    """Return the slip, in the shop's language."""
    with speaking(settings.language):
        paper, now = stationery(settings), ledger.clock.now().wall_ms
        kept, locks = report.promises(ledger, now - DAYS * DAY_MS), report.locks(ledger)
        rows = [*paper.head(), *paper.text(_("PROMISES KEPT"), align="centre", bold=True)]
        rows += paper.pair(_("since {date}").format(date=i18n.date(now - DAYS * DAY_MS)), i18n.date(now))
        rows += [Row(rule=True), *paper.pair(_("Orders"), str(kept.orders))]
        rows += paper.pair(_("ready on time"), share(kept.on_time), bold=True)
        rows += paper.pair(_("collected within three days"), share(kept.in_72_h), bold=True)
        if locks:
            table = [(_("Box"), _("opened"), _("pulses"))]
            table += [(_box(lock), f"{lock.success:.0%}", f"{lock.pulses:.2f}") for lock in locks]
            rows += [Row(rule=True), *paper.table(table)]
        return [*rows, END]


def queue_kept(ledger: Ledger, settings: Settings, _person: Person) -> str:
    """Queue the slip and say so."""
    enqueue_rows(ledger, list(kept_rows(ledger, settings)))
    return _("It is being printed.")


def share(value: float | None) -> str:
    """A share for people; what cannot be told yet is no zero."""
    return _("not known yet") if value is None else f"{value:.0%}"


def _box(lock: report.Lock) -> str:
    """A box with a mark where its lock wears out: it is looked at before it fails."""
    return _("{box}, look at it").format(box=lock.box) if lock.failing else str(lock.box)
