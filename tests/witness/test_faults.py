"""What emupos says when paper ends or the cover is opened, and what our driver makes of it, on both wires."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from hardware.printer.encoder import encode
from hardware.printer.errors import CoverOpen, PaperOut, PrintError
from hardware.printer.profile import PROFILES
from hardware.printer.status import PrinterStatus
from hardware.printer.talk import Talk
from kiosk.catalogue.paper import Row

if TYPE_CHECKING:
    from tests.witness.conftest import Press

PROFILE = PROFILES["80mm"]
WELL = PrinterStatus(online=True, paper="ok", cover="closed", drawer="closed", error="none")
LINES = [f"line {n:03}" for n in range(200)]
JOB = encode([*map(Row, LINES), Row(cut=True)], PROFILE)
"""Four chunks."""
both = pytest.mark.parametrize("wire", ["front", "counter"])


def with_(**changed: object) -> PrinterStatus:
    """A well printer but for this."""
    fields = {name: getattr(WELL, name) for name in PrinterStatus.__slots__}
    return PrinterStatus(**fields | changed)  # type: ignore[arg-type]


FAULTS = {
    "paper-near-end": with_(paper="low"),
    "paper-out": with_(paper="out", online=False),
    "cover-open": with_(cover="open", online=False),
    "offline": with_(online=False),
}


@both
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_understood(press: Press, wire: str, fault: str) -> None:
    with press.opened(wire, PROFILE) as printer:
        talk = Talk(printer.link, PROFILE)
        assert talk.status() == WELL
        press.emupos.fault(wire, fault)
        press.emupos.wait(wire, "printer.status.changed", fault)
        assert talk.status() == FAULTS[fault]
        press.emupos.mend(wire, fault)
        press.emupos.wait(wire, "printer.status.changed", "no faults")
        assert talk.status() == WELL


@both
@pytest.mark.parametrize(("fault", "error"), [("paper-out", PaperOut), ("cover-open", CoverOpen)])
def test_a_job_that_cannot_be_printed_stays_whole_and_is_printed_once_afterwards(
    press: Press, wire: str, fault: str, error: type[PrintError]
) -> None:
    with press.opened(wire, PROFILE) as printer:
        press.emupos.fault(wire, fault)
        with pytest.raises(error) as caught:
            printer.send(JOB)
        assert caught.value.untouched
        press.emupos.mend(wire, fault)
        assert printer.send(JOB).confirmed
        paper, _ = press.emupos.receipt(wire)
    assert paper.lines == LINES
    assert [seen for seen in press.emupos.rest() if seen.kind == "printer.job.completed"] == []


@both
def test_paper_that_ends_in_the_middle_of_a_job_is_waited_for(press: Press, wire: str) -> None:
    """The fault comes between two chunks; the printer holds what it has, and we wait for its word."""
    ended = threading.Event()

    def the_roll_ends(_sent: int) -> None:
        if not ended.is_set():
            press.emupos.fault(wire, "paper-out")
            ended.set()

    with press.opened(wire, PROFILE) as printer, ThreadPoolExecutor(1) as thread:
        sending = thread.submit(printer.send, JOB, the_roll_ends)
        assert ended.wait(30)
        press.emupos.wait(wire, "printer.status.changed", "paper-out")
        press.emupos.mend(wire, "paper-out")
        assert sending.result(30).confirmed
        paper, _ = press.emupos.receipt(wire)
    assert paper.lines == LINES


@both
@pytest.mark.parametrize(("pin", "fault"), [(2, None), (5, None), (2, "paper-out"), (5, "cover-open")])
def test_the_drawer_opens_with_and_without_paper_and_is_seen_open(
    press: Press, wire: str, pin: int, fault: str | None
) -> None:
    with press.opened(wire, PROFILE) as printer:
        if fault is not None:
            press.emupos.fault(wire, fault)
        assert printer.pulse(5 if pin == 5 else 2).status.drawer == "open"
        press.emupos.wait(wire, "drawer.opened", f"pin {pin}")
        press.emupos.shut_drawer(wire)
        press.emupos.wait(wire, "drawer.closed")
        assert Talk(printer.link, PROFILE).status().drawer == "closed"


@both
def test_a_printed_receipt_opens_no_drawer(press: Press, wire: str) -> None:
    press.print(wire, PROFILE, [Row("x"), Row(cut=True)])
    assert press.emupos.drawer(wire) == "closed"


@both
def test_it_tells_of_changes_by_itself_until_the_next_reset(press: Press, wire: str) -> None:
    talking = PROFILES["tm-t20"]
    with press.opened(wire, talking) as printer:
        talk = Talk(printer.link, talking)
        talk.listen_in()
        assert talk.status() == WELL
        press.emupos.fault(wire, "cover-open")
        press.emupos.wait(wire, "printer.status.changed", "cover-open")
        said = talk.heard()
        while said is None:  # it is on the wire; a look without a question is no work for the printer
            said = talk.heard()
        assert (said.cover, said.online) == ("open", False)
