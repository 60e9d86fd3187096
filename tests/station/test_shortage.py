"""In the last minutes the till sheds by itself, one at a time; every switching is journalled."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from hardware.power.outlets.reading import OutletReading
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.power.headroom import Headroom, Until
from kiosk.power.shedding import Proposal
from kiosk.power.view import PowerView
from kiosk.station.events import HeadroomChanged
from kiosk.station.shortage import LastMinutes
from kiosk.station.switching import NoSuchOutlet, switched


def view(safe_s: float | None, proposal: Proposal | None = None) -> PowerView:
    return PowerView(Headroom("A", "", until=Until(safe_s, safe_s, safe_s)), 0, proposal=proposal)


def test_the_last_minutes_switch_one_at_a_time_and_only_what_nobody_is_asked_about() -> None:
    orders: list[Future[OutletReading]] = []
    asked: list[tuple[str, bool]] = []
    noted: list[str] = []

    def switch(name: str, on: bool, _who: None) -> Future[OutletReading]:
        asked.append((name, on))
        orders.append(Future())
        return orders[-1]

    last = LastMinutes(switch, noted.append)
    last.heard(HeadroomChanged(view(2000, Proposal("shed", "lamp"))))
    assert asked == []
    for _ in range(2):
        last.heard(HeadroomChanged(view(800, Proposal("shed", "blender", alone=True))))
    assert (asked, noted) == ([("blender", False)], ["blender"])
    orders[0].set_result(OutletReading(False))
    last.heard(HeadroomChanged(view(800, Proposal("shed", "lamp", alone=True))))
    assert asked[1:] == [("lamp", False)]


class Outlet:
    """Switches when it is told to, if it does."""

    def __init__(self, ledger: Ledger, error: Exception | None = None) -> None:
        self.ledger, self.error = ledger, error
        self.journal_before: list[str] = []

    def switch(self, on: bool) -> Future[OutletReading]:
        self.journal_before = kinds(self.ledger)
        future: Future[OutletReading] = Future()
        if self.error is not None:
            future.set_exception(self.error)
        else:
            future.set_result(OutletReading(on))
        return future


def kinds(ledger: Ledger) -> list[str]:
    sql = "SELECT type FROM journal WHERE type LIKE 'power.%' ORDER BY seq"
    return [str(kind) for (kind,) in ledger.rows(sql)]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.create(tmp_path / "ledger.db", currency="EUR", exponent=2, clock=FakeClock())


def now(ledger: Ledger) -> Any:
    def submit(function: Any, /, *args: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(function(ledger, *args))
        return future

    return submit


def test_the_intent_is_in_the_journal_before_anything_is_sent_and_what_was_seen_after(ledger: Ledger) -> None:
    outlet = Outlet(ledger)
    assert switched(now(ledger), outlet, "lamp", True, "Mia").result(1).on  # type: ignore[arg-type]
    assert outlet.journal_before == ["power.switch"]
    assert kinds(ledger) == ["power.switch", "power.switched"]


def test_an_outlet_that_does_not_answer_leaves_the_intent_and_that_nothing_was_seen(ledger: Ledger) -> None:
    outlet = Outlet(ledger, TimeoutError("silent"))
    with pytest.raises(TimeoutError):
        switched(now(ledger), outlet, "lamp", False, None).result(1)  # type: ignore[arg-type]
    (body,) = ledger.rows("SELECT body FROM journal WHERE type = 'power.switched'")
    assert '"seen":false' in str(body[0])


def test_an_unknown_outlet_writes_nothing(ledger: Ledger) -> None:
    with pytest.raises(NoSuchOutlet):
        switched(now(ledger), None, "kettle", True, "Mia").result(1)
    assert kinds(ledger) == []
