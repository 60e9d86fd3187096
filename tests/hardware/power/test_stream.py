"""A VE.Direct source on its wire: told every few seconds, silent, spoilt, turned round, and back again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hardware.device import Event, State, StateChanged
from hardware.power.reading import PowerRead
from hardware.power.stream import VeDirect
from hardware.simulated.battery import SimulatedBattery
from hardware.simulated.vedirect import WireFaults, charger, shunt
from hardware.simulated.vedirect import block as made
from tests.hardware.power.frames import BMV_LIVE, BMV_PAST


class Wire:
    """A port that plays a script: bytes, or seconds of silence; its clock is the device's."""

    def __init__(self, script: list[bytes | float]) -> None:
        self.script = script
        self.now = 1000.0
        self.ended: Callable[[], None] = lambda: None

    def read(self, within_s: float | None = None) -> bytes:
        if not self.script:
            self.ended()
            return b""
        step = self.script.pop(0)
        if isinstance(step, bytes):
            self.now += 0.1
            return step
        assert within_s is not None
        self.now += min(step, within_s)
        if step > within_s:
            self.script.insert(0, step - within_s)
        return b""

    def close(self) -> None:
        self.script.clear()


def played(*script: bytes | float, every_s: float = 5, flip: bool = False) -> tuple[list[Event], VeDirect]:
    """The events of a source that hears a script, until the script ends or the source gives up."""
    wire, events = Wire(list(script)), []
    source = VeDirect(
        "shunt", "x", every_s=every_s, flip=flip, opener=lambda _url, _baud: wire, clock=lambda: wire.now
    )
    wire.ended = source.close
    source.open()
    source.run(events.append)
    return events, source


def readings(events: list[Event]) -> list[PowerRead]:
    return [event for event in events if isinstance(event, PowerRead)]


def test_one_reading_in_five_seconds_is_told_with_its_time() -> None:
    events, _ = played(*[BMV_LIVE + BMV_PAST, 0.9] * 12)
    assert [event.at_ms for event in readings(events)] == [1_000_100, 1_005_100, 1_010_100]


def test_something_switched_on_is_told_at_once() -> None:
    more = made({"PID": "0x203", "V": 12000, "P": -150})
    events, _ = played(BMV_LIVE, 0.9, BMV_LIVE, 0.9, more, 0.9, more)
    assert [event.reading.watts for event in readings(events)] == [92, 150]


def test_counts_of_the_history_block_are_told_with_the_live_one_while_they_are_fresh() -> None:
    events, _ = played(BMV_LIVE + BMV_PAST, 5.0, BMV_LIVE, 9.0, BMV_LIVE)
    assert [event.reading.wh for event in readings(events)] == [None, 68_430, None]
    assert {event.reading.volts for event in readings(events)} == {12.065}


def test_silence_is_said_after_ten_seconds_and_given_up_after_thirty() -> None:
    events: list[Event] = []
    with pytest.raises(TimeoutError, match=r"nothing was heard from it for 3[0-2] s"):
        wire = Wire([BMV_LIVE, 60.0])
        source = VeDirect("shunt", "x", opener=lambda _url, _baud: wire, clock=lambda: wire.now)
        source.open()
        source.run(events.append)
    assert len(readings(events)) == 1
    changes = [event for event in events if isinstance(event, StateChanged)]
    assert {(change.state, change.reason) for change in changes} == {
        (State.DEGRADED, "nothing is heard from it")
    }


def test_bytes_that_mean_nothing_are_silence_with_a_reason() -> None:
    bad = BMV_LIVE.replace(b"SOC\t839", b"SOC\t999")
    events, _ = played(*[bad, 0.9] * 12, BMV_LIVE)
    change, *rest = [event for event in events if not isinstance(event, PowerRead)]
    assert isinstance(change, StateChanged)
    assert (change.state, "dropped" in change.reason) == (State.DEGRADED, True)
    assert rest[-1] == StateChanged("shunt", State.READY)
    assert [event.reading.soc for event in readings(events)] == [0.839]


def test_a_shunt_mounted_the_other_way_round_is_put_right() -> None:
    events, _ = played(BMV_LIVE, flip=True)
    assert (readings(events)[0].reading.amps, readings(events)[0].reading.watts) == (-7.625, -92)


@pytest.mark.parametrize(
    ("faults", "amps"),
    [
        (WireFaults(), 2.35),
        (WireFaults(hex=True), 2.35),
        (WireFaults(sign=True), -2.35),
        (WireFaults(unknown=True), None),
    ],
)
def test_the_simulated_shunt_is_read(faults: WireFaults, amps: float | None) -> None:
    pack = SimulatedBattery(clock=lambda: 0.0).look()
    events, _ = played(shunt(pack, faults))
    (event,) = readings(events)
    assert event.reading.amps == (None if amps is None else pytest.approx(amps, abs=0.01))


@pytest.mark.parametrize(
    "faults", [WireFaults(silent=True), WireFaults(truncate=True), WireFaults(checksum=True)]
)
def test_a_simulated_shunt_that_cannot_be_read_says_nothing(faults: WireFaults) -> None:
    pack = SimulatedBattery(clock=lambda: 0.0).look()
    events, _ = played(shunt(pack, faults), 0.9, shunt(pack, faults))
    assert readings(events) == []


def test_the_simulated_charger_is_read() -> None:
    battery = SimulatedBattery(clock=lambda: 0.0)
    battery.set(solar_w=120)
    events, _ = played(charger(battery.look(), WireFaults()))
    reading = readings(events)[0].reading
    assert (reading.solar_w, reading.state) == (120, "bulk")
    assert reading.amps == pytest.approx(-9.0, abs=0.1)
