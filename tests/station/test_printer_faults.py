"""Whatever happens to the printer: sales go on, each receipt is on paper once or in doubt, no pulse twice.

A real till and a simulated printer on a socket. How long anything takes is not measured: a sale is committed
while the printer can do nothing at all, so it cannot have waited for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field

import pytest

from hardware.printer.printer import Printer
from hardware.printer.profile import for_columns
from kiosk.checkout.sale import Receipt, commit
from kiosk.settings import DeviceSettings, Settings
from kiosk.station import unusable
from tests.market.paper import slips
from tests.station.stand import Stand, device, done


def account(stand: Stand, sold: list[Receipt]) -> list[Receipt]:
    """Each receipt is whole on paper once or in doubt; return those in doubt."""
    originals = [slip for slip in slips(stand.paper()) if not slip.copy]
    whole = [slip.number for slip in originals if slip.whole]
    refs = {job.ref for job in stand.jobs() if job.state == "DOUBTFUL"}
    for receipt in sold:
        assert whole.count(receipt.number) <= 1, f"{receipt.number} is on paper twice"
        assert receipt.number in whole or receipt.id in refs, f"{receipt.number} is lost: {stand.paper()}"
    return [receipt for receipt in sold if receipt.id in refs]


def in_the_middle(stand: Stand) -> Receipt:
    """Sell, and return with the receipt half out."""
    stand.printer("slow", rate=300)
    receipt = stand.sell()
    stand.until(lambda: any(receipt.number in line for line in stand.paper()))
    return receipt


@dataclass(frozen=True)
class Fault:
    """Something that happens to a printer."""

    breaks: str
    mends: str
    doubtful: bool = False
    """Whether nobody can know what came of the receipt."""
    fields: Mapping[str, object] = field(default_factory=dict)


FAULTS = {
    "the roll ends": Fault("paper-out", "paper-ok"),
    "the roll ends three lines later": Fault("paper-out", "paper-ok", fields={"after": 3}),
    "the cover is opened": Fault("cover-open", "cover-closed"),
    "the cutter sticks": Fault("jam", "unjam"),
    "the head is hot": Fault("hot", "cool"),
    "the cable is pulled": Fault("unplug", "replug", doubtful=True),
    "it falls silent": Fault("silent", "answer", doubtful=True),
    "it reads no more": Fault("deaf", "hears", doubtful=True),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_sales_go_on_and_every_receipt_is_accounted_for(stand: Stand, fault: Fault) -> None:
    sold = [in_the_middle(stand)]
    stand.printer(fault.breaks, **fault.fields)
    sold += [stand.sell() for _nth in range(3)]
    if fault.doubtful:
        stand.until(lambda: any(job.state == "DOUBTFUL" for job in stand.jobs()))
    else:
        stand.until(lambda: stand.lamp("printer")[0] != "ok")
    stand.printer("slow")
    stand.printer(fault.mends)
    stand.until(lambda: {job.state for job in stand.jobs()} <= {"DOUBTFUL"})
    assert account(stand, sold) == (sold[:1] if fault.doubtful else [])
    assert stand.pulses() <= 4
    assert stand.queue("SELECT count(*) FROM print_job WHERE kind = 'drawer' AND tries > 1") == [(0,)]


@pytest.mark.parametrize("breaks", ["paper-out", "cover-open"])
def test_the_drawer_opens_for_every_sale_while_a_half_printed_slip_waits(stand: Stand, breaks: str) -> None:
    half = in_the_middle(stand)
    stand.printer(breaks)
    for sold in range(2, 5):
        stand.sell()
        stand.pulsed(sold)
    stand.printer("slow")
    stand.printer("clear")
    stand.printed()
    assert account(stand, [half]) == []
    assert stand.pulses() == 4


class Gate:
    """A link on which nothing moves until it is opened: the worst printer there can be."""

    answers = True

    def __init__(self) -> None:
        self.open_for_bytes = threading.Event()
        self.tried = threading.Event()

    def open(self) -> None:
        """It seems to be there."""

    def close(self) -> None:
        """Let whoever is stuck go."""
        self.open_for_bytes.set()

    def write(self, chunk: bytes, _deadline_s: float) -> int:
        self.tried.set()
        self.open_for_bytes.wait()
        raise ConnectionResetError("gone at last")

    def read(self, _most: int, _deadline_s: float) -> bytes:
        return b""

    def pending(self) -> int:
        return 0


def test_a_sale_is_committed_while_the_printer_hangs_for_ever(
    opening: Callable[..., Stand], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No step of the printer's lies between PAY and the committed sale: here it can make none."""
    gate = Gate()

    def made(_settings: Settings, chosen: DeviceSettings) -> Printer:
        return Printer(chosen.name, gate, for_columns(42))

    monkeypatch.setattr(unusable, "device", made)
    stand = opening(devices=(device("printer", "tcp", "127.0.0.1:9", drawer_pin=2),))
    assert gate.tried.wait(30)
    sales: list[Future[Receipt]] = [stand.station.submit(commit, stand.sale()) for _nth in range(20)]
    assert [done(sale).number for sale in sales] == [f"A-{n:06}" for n in range(1, 21)]
    assert not gate.open_for_bytes.is_set(), "the printer has not moved since"
    assert [job.kind for job in stand.jobs()].count("receipt") == 20
    gate.open_for_bytes.set()
