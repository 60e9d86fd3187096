"""Battery boards on a bus: read through bursts of errors, set up again after them, and never a zero."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence

import pytest

from hardware.device import Event, State, StateChanged
from hardware.power.hats import boards, gauges, ina219, pijuice, waveshare_e
from hardware.power.hats.hat import Hat, smbus
from hardware.power.hats.registers import Chip
from hardware.power.reading import PowerRead, Reading
from hardware.registry import make
from hardware.simulated import i2c
from hardware.simulated.i2c import SimulatedBus

GAUGE = i2c.memory({0x02: "C350", 0x04: "4B80", 0x16: "FFF6"})
SHUNT = i2c.words({0x01: 0x03E8, 0x02: 0x3A98})


def looked(
    chips: Sequence[Chip], bus: SimulatedBus, looks: int = 1, spoil: dict[int, int] | None = None
) -> list[Event]:
    """The events of a board that looks a few times; before look n so many transfers are spoilt."""
    now, events, count = [0.0], [], [0]
    bus.burst((spoil or {}).get(0, 0))

    def wait(_nudge: threading.Event, seconds: float) -> bool:
        now[0] += seconds
        if seconds >= 1:
            count[0] += 1
            bus.burst((spoil or {}).get(count[0], 0))
            if count[0] >= looks:
                hat.close()
        return False

    hat = Hat("hat", chips, lambda: bus, clock=lambda: now[0], wait=wait)
    hat.open()
    hat.run(events.append)
    return events


def readings(events: list[Event]) -> list[Reading]:
    return [event.reading for event in events if isinstance(event, PowerRead)]


def test_a_gauge_is_read_as_it_stands_on_the_bus() -> None:
    bus = SimulatedBus({0x36: GAUGE})
    (reading,) = readings(looked((gauges.MAX17048,), bus))
    assert (reading.volts, reading.soc, reading.soc_per_hour) == (3.90625, 0.755, -0.0208)
    assert bus.closed


def test_an_ina219_is_told_its_range_before_it_is_read_and_again_after_a_fault() -> None:
    bus = SimulatedBus({0x42: SHUNT})
    chip = ina219.chip("b")
    (reading, again) = readings(looked((chip,), bus, looks=3, spoil={1: 99}))
    assert (reading.volts, reading.amps) == (7.5, -0.1)
    assert again == reading
    assert bus.written == [(0x42, 0x00, b"\x3e\xef")] * 2  # a chip that lost power forgets it
    waking = SimulatedBus({0x62: GAUGE})
    looked((gauges.CW2015,), waking)
    assert waking.written == [(0x62, 0x0A, b"\x30")]


def test_a_burst_of_errors_is_read_through() -> None:
    bus = SimulatedBus({0x36: GAUGE})
    assert readings(looked((gauges.MAX17048,), bus, spoil={0: 2}))[0].volts == 3.90625


def test_a_block_that_cannot_be_had_leaves_its_figures_unknown() -> None:
    bus = SimulatedBus({0x36: GAUGE})
    (reading,) = readings(looked((gauges.MAX17048,), bus, spoil={0: 3}))
    assert (reading.volts, reading.soc) == (None, 0.755)


def test_a_longer_burst_costs_looks_and_brings_no_zero() -> None:
    bus = SimulatedBus({0x36: GAUGE})
    events = looked((gauges.MAX17048,), bus, looks=6, spoil={1: 99, 2: 99, 3: 99})
    assert [reading.volts for reading in readings(events)] == [3.90625] * 3
    changes = [event for event in events if isinstance(event, StateChanged)]
    assert [change.state for change in changes] == [State.DEGRADED, State.DEGRADED, State.READY]
    assert "nobody answers at 0x36" in changes[0].reason


def test_a_board_that_is_gone_for_half_a_minute_is_given_up() -> None:
    with pytest.raises(TimeoutError, match="0x14"):
        looked((pijuice.CHIP,), SimulatedBus({}), looks=9)


def test_a_lifepo4wered_is_believed_after_three_equal_reads() -> None:
    chip = boards.lifepo4wered_chip()
    bus = SimulatedBus(
        {0x43: i2c.memory({0x00: "07", 0x32: "B814", 0x34: "0000", 0x36: "4006", 0x38: "0002"})}
    )
    wrong = [False] * 3 + [True, False, False, True, True, False, False, False]
    bus.wrong_first_bits = wrong
    (reading,) = readings(looked((chip,), bus))
    assert (reading.volts, reading.input_volts, reading.output_amps) == (3.24, 4.96, 0.364)
    never = SimulatedBus({0x43: bus.chips[0x43]})
    never.wrong_first_bits = [True, False] * 200
    assert readings(looked((chip,), never)) == []


def test_a_pijuice_on_the_bus() -> None:
    bus = SimulatedBus({0x14: i2c.pijuice({0x41: "57", 0x49: "9C10", 0x4B: "2CFE"})})
    bus.wrong_first_bits = [False, False, False, False, True]  # the first bit of the volts is lost
    (reading,) = readings(looked((pijuice.CHIP,), bus))
    assert (reading.soc, reading.volts, reading.amps) == (0.87, 4.252, -0.468)


def test_a_board_of_three_chips_is_one_reading_and_the_first_must_answer() -> None:
    bus = SimulatedBus(
        {
            0x17: i2c.memory({0x05: "740E", 0x07: "0000 0000", 0x0B: "1900", 0x13: "5500"}),
            0x45: i2c.words({0x01: 0xFF38, 0x02: 0x1CF0}),
        }
    )
    chips = (boards.UPSPLUS, ina219.chip("52pi"), ina219.chip("52pi-pi"))
    (reading,) = readings(looked(chips, bus))
    assert (reading.volts, reading.soc, reading.amps, reading.load_w) == (3.7, 0.85, 0.4, None)
    del bus.chips[0x17]
    assert readings(looked(chips, bus)) == []


def test_a_machine_without_the_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "smbus2", None)
    with pytest.raises(OSError, match=r"barrow\[pi\]"):
        smbus(1)


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ("battery-ina219", {"board": "d", "bus": 0, "shunt_mohm": 10}),
        ("battery-upsplus", {}),
        ("battery-max17040", {}),
        ("battery-max17048", {"every": 10, "flip": True}),
        ("battery-cw2015", {}),
        ("battery-waveshare-e", {}),
        ("battery-pijuice", {}),
        ("battery-pisugar2", {}),
        ("battery-pisugar2-pro", {}),
        ("battery-pisugar3", {}),
        ("battery-sunfounder", {"board": "pipower-3"}),
        ("battery-lifepo4wered", {"map": 6}),
        ("battery-wittypi", {}),
    ],
)
def test_every_board_is_made_from_its_settings(kind: str, table: dict[str, object]) -> None:
    assert isinstance(make(kind, "hat", table), Hat)
    with pytest.raises(ValueError, match="no such option"):
        make(kind, "hat", {**table, "colour": "red"})


def ordered(chips: Sequence[Chip], bus: SimulatedBus) -> Hat:
    """A board that is open, and waits for nothing."""
    hat = Hat("hat", chips, lambda: bus, wait=lambda *_: False)
    hat.open()
    return hat


@pytest.mark.parametrize(
    ("chip", "order", "after_s", "take_back"),
    [
        (waveshare_e.CHIP, (0x2D, 0x01, b"\x55"), 30, None),
        (pijuice.CHIP, (0x14, 0x62, b"\x3c\xc3"), 60, (0x14, 0x62, b"\xff\x00")),
        (boards.UPSPLUS, (0x17, 0x18, b"\xf0"), 240, (0x17, 0x18, b"\x00")),
    ],
    ids=["waveshare-e", "pijuice", "upsplus"],
)
def test_a_board_is_told_to_cut_the_power_and_to_stay_where_it_can(
    chip: Chip, order: tuple[int, int, bytes], after_s: float, take_back: tuple[int, int, bytes] | None
) -> None:
    bus = SimulatedBus({chip.address: i2c.memory({})})
    hat = ordered((chip,), bus)
    assert hat.off_after_s == after_s
    bus.burst(2)
    hat.power_off()
    assert bus.written == [order], "once, through a burst"
    assert hat.stay_on() is (take_back is not None)
    assert bus.written[1:] == ([take_back] if take_back else [])


def test_a_board_that_takes_no_order_says_so_and_one_that_cannot_is_told_nothing() -> None:
    bus = SimulatedBus({0x2D: i2c.memory({})})
    hat = ordered((waveshare_e.CHIP,), bus)
    bus.burst(99)
    with pytest.raises(OSError, match="Input/output"):
        hat.power_off()
    hat.close()
    with pytest.raises(OSError, match="closed"):
        hat.power_off()
    plain = SimulatedBus({0x36: GAUGE})
    gauge = ordered((gauges.MAX17048,), plain)
    gauge.power_off()
    assert (gauge.off_after_s, gauge.stay_on(), plain.written) == (None, False, [])
