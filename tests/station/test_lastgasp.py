"""The end of the battery, in order: announced, the sale finished, written down, flushed, switched off."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from hardware.power.hats import pijuice, waveshare_e
from hardware.power.hats.hat import Hat
from hardware.power.hats.registers import Chip
from hardware.simulated import i2c
from hardware.simulated.i2c import SimulatedBus
from kiosk.checkout import printqueue
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.power.thrift import Level, Thrift
from kiosk.settings.power import PowerSettings
from kiosk.station.cuts import Cut, command, cuts
from kiosk.station.events import PowerEnding
from kiosk.station.lastgasp import LATE_S, NOTICE_S, PATIENCE_S, STAYS_S, LastGasp
from tests.station.test_gauge import KIT

FINE, END, RELIEF = Thrift(), Thrift(Level.ENDING), Thrift(Level.ENDING, better_s=1.0)


class Till:
    """A till at its end: a ledger, a board on a simulated bus, and time that moves when told."""

    def __init__(self, ledger: Ledger, chip: Chip | None = waveshare_e.CHIP) -> None:
        self.ledger, self.now_s, self.busy = ledger, 1000.0, False
        self.done: list[str] = []
        """What happened, in its order."""
        self.told: list[PowerEnding] = []
        self.waiting: list[Callable[[], None]] = []
        """What the ledger's writer was asked and has not done yet."""
        self.bus = SimulatedBus({} if chip is None else {chip.address: i2c.memory({})})
        self.boards: tuple[Hat, ...] = () if chip is None else (Hat("ups", (chip,), lambda: self.bus),)
        for board in self.boards:
            board.open()
        self.gasp = LastGasp(
            self.submit,
            cuts(PowerSettings(KIT.stall), self.boards),
            self.hear,
            lambda: self.busy,
            flush=lambda: self.done.append("flush"),
            clock=lambda: self.now_s,
        )

    def submit(self, function: Callable[..., Any], *args: Any) -> Future[Any]:
        """The writer, which does one thing after the other once it is let."""
        future: Future[Any] = Future()

        def do() -> None:
            try:
                future.set_result(function(self.ledger, *args))
                self.done.append(str(args[0]) if args else function.__name__)
            except Exception as error:
                future.set_exception(error)

        self.waiting.append(do)
        return future

    def hear(self, event: object) -> None:
        assert isinstance(event, PowerEnding)
        self.told.append(event)
        self.done.append(event.what)

    def write(self) -> None:
        """The writer does what waits."""
        waiting, self.waiting = self.waiting, []
        for one in waiting:
            one()

    def look(self, thrift: Thrift = END, seconds: float = 10.0, *, write: bool = True) -> None:
        """So much later the gauge looks."""
        self.now_s += seconds
        self.gasp.look(thrift)
        if write:
            self.write()

    def ordered(self) -> None:
        """Come to where the board has been told."""
        self.look()
        self.look(seconds=NOTICE_S)
        self.look()

    def journal(self) -> list[str]:
        return [str(kind) for (kind,) in self.ledger.rows("SELECT type FROM journal ORDER BY seq")][-9:]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "ledger.db", currency="EUR", exponent=2, clock=FakeClock()) as made:
        yield made


@pytest.fixture
def till(ledger: Ledger) -> Till:
    return Till(ledger)


def test_with_power_nothing_happens(till: Till) -> None:
    for level in (Level.PLENTY, Level.SPARING, Level.COLLECTING):
        till.look(Thrift(level), 999)
    assert till.done == []


def test_it_is_announced_then_written_then_flushed_and_only_then_the_board_is_told(till: Till) -> None:
    till.ordered()
    assert till.done == ["notice", "power.ending", "power.off", "_fold", "flush", "ordered"]
    assert till.bus.written == [(0x2D, 0x01, b"\x55")]
    assert (till.told[0].seconds, till.told[-1].seconds) == (NOTICE_S, 30)
    assert till.journal()[-2:] == ["power.ending", "power.off"]


def test_what_waits_to_be_written_is_written_first(till: Till) -> None:
    till.look()
    till.look(seconds=NOTICE_S, write=False)
    for _ in range(50):
        till.look(write=False)
    assert till.bus.written == [], "the writer is busy: the sale in it comes first"
    till.write()
    till.look()
    assert len(till.bus.written) == 1


def test_a_sale_a_receipt_or_a_door_is_waited_for_and_not_for_ever(till: Till) -> None:
    till.busy = True
    till.look()
    till.look(seconds=PATIENCE_S - 1)
    till.look(seconds=0.5)
    assert till.journal()[-1] == "power.ending"
    till.look(seconds=0.5)
    till.look()
    assert till.bus.written, "what is left does not wait"
    (body,) = till.ledger.rows("SELECT body FROM journal WHERE type = 'power.off'")
    assert '"busy":true' in str(body[0])


def test_a_sale_that_is_finished_ends_the_waiting(till: Till) -> None:
    till.busy = True
    till.look()
    till.look(seconds=NOTICE_S)
    till.busy = False
    till.look()
    till.look()
    assert till.done[-1] == "ordered"


@pytest.mark.parametrize("looks", [1, 2])
def test_power_that_returns_before_the_order_calls_it_off(till: Till, looks: int) -> None:
    till.look()
    if looks == 2:
        till.look(seconds=NOTICE_S, write=False)
    till.look(RELIEF)
    till.look(RELIEF, 999)
    assert (till.told[-1].what, till.bus.written) == ("kept", [])
    till.look(END)
    assert till.told[-1].what == "notice", "a cloud: it begins anew, with all its time"


def test_an_order_is_taken_back_where_the_board_can(ledger: Ledger) -> None:
    till = Till(ledger, pijuice.CHIP)
    till.ordered()
    till.look(RELIEF)
    assert till.bus.written[1:] == [(0x14, 0x62, b"\xff\x00")]
    assert till.told[-1].what == "kept"


def test_an_order_that_cannot_be_taken_back_is_said(till: Till) -> None:
    till.ordered()
    till.look(FINE)
    assert (till.told[-1].what, till.told[-1].reason) == ("stubborn", "ups")
    assert len(till.bus.written) == 1


def test_a_box_that_lives_on_is_told_again_and_says_so(till: Till) -> None:
    till.ordered()
    till.look(seconds=30 + LATE_S - 1)
    assert till.told[-1].what == "ordered"
    till.look(seconds=1)
    assert [one.what for one in till.told[-2:]] == ["unheard", "ordered"]
    assert len(till.bus.written) == 2


def test_a_board_that_is_deaf_is_told_again_and_a_person_may_do_it(till: Till) -> None:
    till.bus.burst(3)
    till.ordered()
    assert (till.told[-1].what, till.told[-1].reason) == ("refused", "ups: Input/output error")
    till.look(seconds=LATE_S)
    assert till.told[-1].what == "ordered"


def test_where_nothing_switches_off_all_is_written_and_that_is_said_once(ledger: Ledger) -> None:
    till = Till(ledger, None)
    till.ordered()
    assert till.told[0].seconds == 0
    for _ in range(99):
        till.look(seconds=60)
    assert [one.what for one in till.told] == ["notice", "written"]


def test_a_person_who_knows_better_has_ten_minutes(till: Till) -> None:
    till.look()
    till.gasp.stay_on("Mia")
    till.look()
    assert till.told[-1].what == "kept"
    till.look(seconds=STAYS_S - 20)
    assert till.told[-1].what == "kept"
    till.look(seconds=20)
    assert till.told[-1].what == "notice"
    assert "power.stay" in till.journal()


def test_a_full_disk_does_not_keep_it_on(till: Till) -> None:
    till.look()
    till.look(seconds=NOTICE_S, write=False)
    till.ledger.close()
    till.write()
    till.look()
    assert till.told[-1].what == "ordered"


def test_a_slip_on_its_way_at_the_cut_is_in_doubt_afterwards(till: Till, tmp_path: Path) -> None:
    with till.ledger.transaction():
        printqueue.enqueue(till.ledger, "receipt", 1)
    printqueue.mark_sending(till.ledger, 1)
    till.ordered()
    with Ledger.open(tmp_path / "ledger.db") as after:  # the power is back
        assert printqueue.after_boot(after) == [1]
        assert [job.state for job in printqueue.open_jobs(after)] == ["DOUBTFUL"]


def shell(code: str) -> Cut:
    """A command that runs a line of Python."""
    return command(f'"{sys.executable}" -c "{code}"')


def test_a_command_of_the_owners_switches_off_or_says_why_not(tmp_path: Path) -> None:
    shell(f"open('{tmp_path / 'off'}', 'w')").order()
    assert (tmp_path / "off").exists()
    with pytest.raises(OSError, match="Access denied"):
        shell("import sys; sys.exit('Access denied')").order()
    with pytest.raises(OSError, match="no-such-command"):
        command("no-such-command now").order()


def test_boards_are_told_before_the_command_and_no_means_neither(ledger: Ledger) -> None:
    boards = Till(ledger).boards
    both = cuts(PowerSettings(KIT.stall, power_off="systemctl poweroff"), boards)
    assert [cut.name for cut in both] == ["ups", "systemctl"]
    assert cuts(PowerSettings(KIT.stall, power_off="no"), boards) == ()
