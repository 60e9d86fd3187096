"""How far the wall clock is believed, and what becomes of events when it lies."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.ledger import trust
from kiosk.ledger.clock import LATEST_MS, FakeClock, Stamp, SystemClock, boot_identity, boot_now, wall_now
from kiosk.ledger.confirmation import confirm_clock
from kiosk.ledger.connection import Ledger
from kiosk.ledger.recorder import settle
from kiosk.ledger.verify import verify

HOUR = 3_600_000
DAY = 24 * HOUR


class Machine:
    """A computer whose clocks are set by hand, and which counts how often it was asked who set them."""

    def __init__(self) -> None:
        self.wall, self.boot, self.was_set, self.asked = 1_767_258_000_000, 5_000, False, 0

    def says(self, _wall_ms: int) -> bool:
        self.asked += 1
        return self.was_set

    def clock(self) -> SystemClock:
        return SystemClock(wall=lambda: self.wall, boot=lambda: self.boot, was_set=self.says, boot_id="b")

    def pass_time(self, ms: int) -> None:
        self.wall += ms
        self.boot += ms


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_the_real_clock_gives_the_time_and_this_boot() -> None:
    before = wall_now()
    first, second = SystemClock().now(), SystemClock().now()
    assert before <= first.wall_ms <= second.wall_ms
    assert 0 < first.boot_ms <= second.boot_ms <= boot_now()
    assert boot_identity()
    if Path("/proc/sys/kernel/random/boot_id").exists():
        assert first.boot_id == second.boot_id == boot_identity()


def test_a_clock_nobody_has_set_is_not_trusted(machine: Machine) -> None:
    clock = machine.clock()
    assert clock.now() == Stamp(machine.wall, "b", 5_000, False)


def test_network_time_is_noticed_within_ten_seconds_and_kept_without_network(machine: Machine) -> None:
    clock = machine.clock()
    clock.now()
    machine.was_set = True
    machine.pass_time(9_999)
    assert not clock.now().trusted
    machine.pass_time(1)
    assert clock.now().trusted
    machine.was_set = False
    machine.pass_time(16 * HOUR)
    assert clock.now().trusted
    assert machine.asked == 2


@pytest.mark.parametrize("jump", [-3 * DAY, -121_000, 121_000, 3 * DAY])
def test_a_jump_ends_the_trust_until_something_confirms_the_new_time(machine: Machine, jump: int) -> None:
    machine.was_set = True
    clock = machine.clock()
    assert clock.now().trusted
    machine.was_set = False
    machine.wall += jump
    assert not clock.now().trusted
    machine.was_set = True
    machine.pass_time(10_000)
    assert clock.now().trusted


def test_a_small_step_by_the_time_service_does_not(machine: Machine) -> None:
    machine.was_set = True
    clock = machine.clock()
    clock.now()
    machine.was_set = False
    machine.wall -= 119_000
    assert clock.now().trusted


def test_the_sellers_word_is_enough(machine: Machine) -> None:
    clock = machine.clock()
    clock.confirm()
    assert clock.now().trusted
    machine.wall -= DAY
    assert not clock.now().trusted


def test_a_wall_clock_out_of_all_bounds_still_fits_the_ledger(machine: Machine) -> None:
    clock = machine.clock()
    machine.wall = -5
    assert clock.now().wall_ms == 0
    machine.wall = 1 << 60
    assert clock.now().wall_ms == LATEST_MS


@pytest.mark.parametrize(
    ("hctosys", "since_epoch", "agrees"),
    [
        ("1\n", "1767258000\n", True),
        ("1\n", "1767257890\n", True),  # 110 s off: it has drifted
        ("1\n", "86\n", False),  # no battery: it began at 1970 and was left behind
        ("0\n", "1767258000\n", False),  # a chip that did not set the clock
        ("1\n", "nonsense", False),
        ("1\n", None, False),
    ],
)
def test_a_battery_clock_counts_when_it_set_the_time_and_still_agrees(
    tmp_path: Path, hctosys: str, since_epoch: str | None, agrees: bool
) -> None:
    chip = tmp_path / "rtc0"
    chip.mkdir()
    (chip / "hctosys").write_text(hctosys)
    if since_epoch is not None:
        (chip / "since_epoch").write_text(since_epoch)
    assert trust.battery_clock_agrees(1_767_258_000_000, tmp_path) is agrees
    assert not trust.battery_clock_agrees(1_767_258_000_000, tmp_path / "none")


def test_the_systems_answer_is_a_plain_yes_or_no() -> None:
    assert trust.clock_was_set(wall_now()) in (True, False)
    assert trust.kernel_synchronised() in (True, False)


def test_off_linux_the_clock_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert trust.clock_was_set(0)


@pytest.mark.parametrize(
    ("wall", "trusted", "last_trusted", "stored"),
    [
        (1_000, True, True, (1_000, True)),  # the same millisecond
        (1_001, False, True, (1_001, False)),
        (400, True, True, (1_001, False)),  # set back: last + 1, marked
        (400, False, True, (1_001, False)),
        (400, False, False, (1_001, False)),
        (400, True, False, (400, True)),  # it was wrong before and has been put right
    ],
)
def test_time_that_runs_backwards(
    wall: int, trusted: bool, last_trusted: bool, stored: tuple[int, bool]
) -> None:
    assert settle(Stamp(wall, "b", 0, trusted), 1_000, last_trusted) == stored


def test_a_clock_set_back_three_days_changes_no_order(ledger: Ledger, clock: FakeClock) -> None:
    start, sold = clock.wall_ms, []
    for step in (0, 1_000, -3 * DAY, 500, 500):
        clock.set_wall(clock.wall_ms + step)
        with ledger.transaction():
            sold.append(ledger.record("sale", {}))
    assert [event.seq for event in sold] == [2, 3, 4, 5, 6]
    assert [event.wall_ms - start for event in sold[:3]] == [0, 1_000, 1_001]
    assert [event.clock_trusted for event in sold] == [True, True, False, True, True]
    order = [value for (value,) in ledger.rows("SELECT hlc FROM journal ORDER BY seq")]
    assert all(before < after for before, after in pairwise(order))
    ids = [value for (value,) in ledger.rows("SELECT event_id FROM journal ORDER BY seq")]
    assert ids == sorted(ids)
    assert verify(ledger).ok


def test_waking_up_in_the_past_marks_events_until_the_time_is_known(ledger: Ledger, clock: FakeClock) -> None:
    start = clock.wall_ms
    clock.reboot("second", wall_ms=start - DAY)
    with ledger.transaction():
        lost = [ledger.record("sale", {}) for _number in range(3)]
    assert [(event.wall_ms - start, event.clock_trusted) for event in lost] == [
        (1, False),
        (2, False),
        (3, False),
    ]
    clock.set_wall(start + HOUR)
    clock.trusted = True
    with ledger.transaction():
        assert ledger.record("sale", {}).wall_ms == start + HOUR


def test_a_clock_far_ahead_is_put_right_later(ledger: Ledger, clock: FakeClock) -> None:
    start = clock.wall_ms
    clock.reboot("second", wall_ms=start + 900 * DAY)
    with ledger.transaction():
        ledger.record("sale", {})
    clock.set_wall(start + HOUR)
    clock.trusted = True
    with ledger.transaction():
        event = ledger.record("sale", {})
    assert (event.wall_ms, event.clock_trusted) == (start + HOUR, True)
    assert verify(ledger).ok


def test_the_sellers_word_is_in_the_journal_and_outlives_the_till_but_not_the_boot(
    path: Path, machine: Machine
) -> None:
    with Ledger.create(path, clock=machine.clock()) as ledger:
        event = confirm_clock(ledger, 7)
        assert event.clock_trusted
        assert ledger.row("SELECT type, body FROM journal WHERE seq = 2") == (
            "clock.confirmed",
            '{"person":7}',
        )
    machine.pass_time(HOUR)
    restarted = machine.clock()
    Ledger.open(path, clock=restarted).close()
    assert restarted.now().trusted
    rebooted = SystemClock(wall=lambda: machine.wall, boot=lambda: 1, was_set=machine.says, boot_id="next")
    Ledger.open(path, clock=rebooted).close()
    assert not rebooted.now().trusted


def test_a_fake_clock_moves_only_when_told(clock: FakeClock) -> None:
    first = clock.now()
    clock.advance(1_500)
    assert (clock.now().wall_ms - first.wall_ms, clock.now().boot_ms - first.boot_ms) == (1_500, 1_500)
    clock.set_wall(0)
    assert (clock.now().wall_ms, clock.now().boot_ms) == (0, first.boot_ms + 1_500)
