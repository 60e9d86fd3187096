"""Smart outlets as devices: seen before believed, given back by a dead man's hand, and Wh that only grow."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from hardware.device import Event, State, StateChanged
from hardware.power.outlets import kasa
from hardware.power.outlets.energy import Energy, plausible
from hardware.power.outlets.factory import DIALECTS
from hardware.power.outlets.http import HttpOutlet
from hardware.power.outlets.orders import NotSwitched
from hardware.power.outlets.outlet import SmartOutlet
from hardware.power.outlets.reading import OutletRead
from hardware.power.outlets.wire import KasaOutlet
from hardware.registry import make
from hardware.simulated import outletwires
from hardware.simulated.inverter import SimulatedInverter
from hardware.simulated.outlet import SimulatedOutlet
from hardware.simulated.plugs import HOST, Plug
from hardware.simulated.stall import SimulatedStall
from hardware.simulated.stalltime import StallTime
from hardware.supervisor import Supervisor

if TYPE_CHECKING:
    from tests.hardware.conftest import Heard

FAMILIES = ("shelly2", "shelly1", "tasmota", "kasa")
PAGES: dict[str, outletwires.Page] = {
    "shelly2": outletwires.shelly2,
    "shelly1": outletwires.shelly1,
    "tasmota": outletwires.tasmota,
}


class Table:
    """An outlet of one family on a table, its driver beside it, and one clock for both."""

    def __init__(self, family: str = "shelly2", watts: float = 48, **options: Any) -> None:
        self.now = 1000.0
        self.outlet = SimulatedOutlet(watts, clock=lambda: self.now)
        self.asked: list[object] = []
        talker: Any = (
            KasaOutlet("host", fetch=self._ask)
            if family == "kasa"
            else HttpOutlet("host", 80, DIALECTS[family], fetch=lambda path: self._get(family, path))
        )
        self.device = SmartOutlet("fridge", talker, clock=lambda: self.now, wait=self._wait, **options)
        self.events: list[Event] = []
        self._between: Callable[[int], None] = lambda _look: None
        self._looks = 0

    def run(self, looks: int = 1, between: Callable[[int], None] | None = None) -> list[OutletRead]:
        """Look so many times; `between` is called after each with its number from 1."""
        self._between, self._looks, self._left = between or self._between, 0, looks
        self.events.clear()
        self.device.open()
        self.device.run(self.events.append)
        return [event for event in self.events if isinstance(event, OutletRead)]

    def _wait(self, nudge: threading.Event, seconds: float) -> bool:
        self._looks += 1
        self._between(self._looks)
        self._left -= 1
        if self._left <= 0:
            self.device.close()
        if not nudge.is_set():
            self.now += seconds
        return False

    def _get(self, family: str, path: str) -> bytes:
        self.asked.append(path)
        self._reachable()
        parts = urlsplit(path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        return json.dumps(PAGES[family](self.outlet, unquote(parts.path), query)).encode()

    def _ask(self, words: Any) -> bytes:
        self.asked.append(words)
        self._reachable()
        asked = json.loads(kasa.clear(kasa.question(words)))
        return json.dumps(outletwires.kasa_answer(self.outlet, asked)).encode()

    def _reachable(self) -> None:
        if self.outlet.faults.vanished:
            raise ConnectionRefusedError(111, "Connection refused")
        if self.outlet.faults.silent:
            self.now += 1.5
            raise TimeoutError("timed out")


@pytest.mark.parametrize("family", FAMILIES)
def test_an_outlet_is_read_every_few_seconds(family: str) -> None:
    reads = Table(family).run(looks=3)
    assert [(read.reading.on, read.reading.watts) for read in reads] == [(True, 48)] * 3
    assert [read.at_ms for read in reads] == [1_000_000, 1_005_000, 1_010_000]
    assert [read.own_wh for read in reads] == pytest.approx([0, 48 * 5 / 3600, 48 * 10 / 3600])
    assert reads[0].reading.wh == pytest.approx(1200, abs=0.1)


@pytest.mark.parametrize("family", FAMILIES)
def test_an_order_is_done_when_it_was_seen(family: str) -> None:
    table, orders = Table(family), []

    def between(look: int) -> None:
        if look in {1, 3}:
            orders.append(table.device.switch(look == 3))

    reads = table.run(looks=5, between=between)
    assert [read.reading.on for read in reads] == [True, False, False, True, True]
    assert [order.result(0).on for order in orders] == [False, True]
    assert [order.result(0).watts for order in orders] == [0, 48]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_dead_man_s_hand_is_renewed_while_the_driver_lives_and_lets_go_when_it_dies(family: str) -> None:
    table = Table(family)
    table.device.open()
    order = table.device.switch(False, dead_man_s=60)
    table.run(looks=40)  # 200 s
    assert order.result(0).on is False
    assert table.outlet.on is False
    assert table.outlet.back_after_s is not None
    assert 0 < table.outlet.back_after_s <= 60
    table.now += 61  # the till has crashed
    assert table.outlet.on is True


def test_an_outlet_with_a_dead_man_s_hand_of_its_own_is_put_off_with_it_and_on_without() -> None:
    table = Table(dead_man_s=60)
    table.device.open()
    table.device.switch(False)
    table.run(looks=3)
    assert (table.outlet.on, table.outlet.back_after_s is not None) == (False, True)
    table.device.open()
    table.device.switch(True)
    table.run(looks=2)
    assert (table.outlet.on, table.outlet.back_after_s) == (True, None)


def test_a_plain_order_ends_a_dead_man_s_hand() -> None:
    table = Table()
    table.device.open()
    table.device.switch(False, dead_man_s=60)
    table.run(looks=2, between=lambda look: table.device.switch(True) and None if look == 1 else None)
    asked = len(table.asked)
    table.run(looks=30, between=lambda _look: None)
    assert not [path for path in table.asked[asked:] if "Switch.Set?" in str(path)]
    assert table.outlet.on is True


def test_an_outlet_that_somebody_switches_by_hand_is_left_to_them() -> None:
    table = Table()
    table.device.open()
    table.device.switch(False, dead_man_s=60)
    reads = table.run(looks=30, between=lambda look: table.outlet.switch(True) if look == 2 else None)
    assert [read.reading.on for read in reads] == [False, False] + [True] * 28


def test_a_dead_man_s_time_that_lapsed_while_the_outlet_was_away_is_not_taken_up_again() -> None:
    table = Table()
    table.device.open()
    table.device.switch(False, dead_man_s=30)

    def vanish(look: int) -> None:
        table.outlet.faults.vanished = look >= 1

    with pytest.raises(TimeoutError):
        table.run(looks=20, between=vanish)
    table.device.close()
    table.outlet.faults.vanished = False
    reads = table.run(looks=3, between=lambda _look: None)
    assert [read.reading.on for read in reads] == [True] * 3


@pytest.mark.parametrize("seconds", [0, 19, 3601])
def test_a_dead_man_s_time_has_bounds(seconds: int) -> None:
    with pytest.raises(ValueError, match="between 20 and 3600"):
        Table().device.switch(False, seconds)


def failed(order: Future[Any]) -> str:
    with pytest.raises(NotSwitched) as caught:
        order.result(0)
    return str(caught.value)


def test_an_order_that_shows_no_effect_has_failed() -> None:
    table = Table()
    table.outlet.faults.deaf = True
    table.device.open()
    order = table.device.switch(False, dead_man_s=60)
    table.run()
    assert failed(order) == "the outlet took the order and is still on"
    asked = len(table.asked)
    table.run(looks=20)
    assert not [path for path in table.asked[asked:] if "Switch.Set?" in str(path)]  # nor is it renewed


@pytest.mark.parametrize("fault", ["vanished", "silent"])
def test_an_order_to_an_outlet_that_does_not_answer_fails_and_is_never_done_later(fault: str) -> None:
    table, orders = Table(), []

    def between(look: int) -> None:
        if look == 1:
            setattr(table.outlet.faults, fault, True)
            orders.append(table.device.switch(False))
        if look == 2:
            setattr(table.outlet.faults, fault, False)

    reads = table.run(looks=4, between=between)
    assert "does not answer" in failed(orders[0])
    assert [read.reading.on for read in reads] == [True] * 3


def test_an_order_given_while_a_look_fails_is_tried_at_the_next() -> None:
    table, orders = Table(), []
    look = table.device._talker.look

    def ordered_meanwhile() -> Any:
        if not orders and table._looks == 1:
            orders.append(table.device.switch(False))
            raise ConnectionRefusedError(111, "Connection refused")
        return look()

    table.device._talker.look = ordered_meanwhile  # type: ignore[method-assign]
    reads = table.run(looks=3, between=lambda _look: None)
    assert orders[0].result(0).on is False
    assert [read.reading.on for read in reads] == [True, False]


def test_an_order_while_the_driver_is_closed_fails_at_once() -> None:
    assert failed(Table().device.switch(True)) == "the outlet is not there"


def test_an_outlet_that_vanishes_while_off_is_unknown_and_given_up_after_half_a_minute() -> None:
    table = Table()
    table.outlet.switch(False)

    def vanish(look: int) -> None:
        table.outlet.faults.vanished = look >= 2

    with pytest.raises(TimeoutError, match="does not answer"):
        table.run(looks=20, between=vanish)
    reads = [event for event in table.events if isinstance(event, OutletRead)]
    assert [read.reading.watts for read in reads] == [0, 0]  # and then none, rather than zeros
    states = [event for event in table.events if isinstance(event, StateChanged)]
    assert {state.state for state in states} == {State.DEGRADED}
    assert "Connection refused" in states[0].reason


def test_watts_that_stay_behind_are_zero_and_said() -> None:
    table = Table()
    table.outlet.faults.stuck = True
    table.outlet.switch(False)
    (read,) = table.run()
    assert (read.reading.watts, read.reading.alarms) == (0, ("its watts did not go back to 0",))
    assert read.own_wh == 0


@pytest.mark.parametrize("family", ["shelly2", "shelly1", "tasmota"])
def test_a_power_limit_is_set_and_read_back(family: str) -> None:
    table = Table(family, limit_w=300)
    (read,) = table.run()
    assert table.outlet.limit_w == 300
    assert (read.reading.limit_w, read.reading.alarms) == (300, ())


def test_an_outlet_that_does_not_take_its_limit_says_so() -> None:
    table = Table(limit_w=300)
    table.outlet.protect = lambda limit_w: limit_w and None  # type: ignore[method-assign]
    assert table.run()[0].reading.alarms == ("does not take its power limit",)


def test_an_outlet_over_its_limit_switches_itself_off() -> None:
    table = Table(watts=300, limit_w=200)
    (read,) = table.run()
    assert (read.reading.on, read.reading.alarms) == (False, ("overpower",))


def test_wh_only_grow_whatever_the_counter_does() -> None:
    table = Table()

    def between(look: int) -> None:
        if look == 2:
            table.outlet.reset_counter()  # 80 kWh were once given back so

    reads = table.run(looks=5, between=between)
    counted = [read.reading.wh or 0 for read in reads]
    assert counted[2] < counted[1]
    own = [read.own_wh for read in reads]
    assert own == sorted(own)
    assert own[-1] == pytest.approx(48 * 20 / 3600)


@pytest.mark.parametrize(
    ("looks", "wh"),
    [
        ([(0, 60.0, None), (30, 60.0, None)], 0.5),
        ([(0, 60.0, None), (31, 60.0, None)], 0.0),  # nobody knows
        ([(0, 60.0, 100.0), (3600, 60.0, 150.0)], 50.0),  # the counter does
        ([(0, 60.0, 100.0), (3600, 60.0, 20.0)], 0.0),  # a reset
        ([(0, 60.0, 100.0), (3600, 60.0, 90_000.0)], 0.0),  # more than it can have been
        ([(0, None, None), (10, 60.0, None), (20, None, None)], 0.0),
        ([(0, 60.0, None), (0, 60.0, None), (-5, 60.0, None)], 0.0),
        ([(0, 0.0, None), (10, 72.0, None), (20, 72.0, None)], 0.3),
    ],
)
def test_energy_is_watts_times_time(looks: list[tuple[float, float | None, float | None]], wh: float) -> None:
    energy = Energy(most_w=2500)
    assert [energy.feed(*look) for look in looks][-1] == pytest.approx(wh)


def test_a_counter_may_move_up_and_no_faster_than_the_outlet_can() -> None:
    assert plausible(0, 2500, 5)
    assert plausible(3.4, 2500, 5)
    assert not plausible(3.5, 2500, 5)
    assert not plausible(-0.1, 2500, 5)


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ("outlet-shelly2", {"address": "192.0.2.7", "channel": 1, "limit_w": 300, "most_w": 2500}),
        ("outlet-shelly1", {"address": "http://192.0.2.7:8080/", "dead_man": 600}),
        ("outlet-tasmota", {"address": "[::1]:80", "every": 10}),
        ("outlet-kasa", {"address": "192.0.2.7"}),
    ],
)
def test_every_outlet_is_made_from_its_settings(kind: str, table: dict[str, object]) -> None:
    assert isinstance(make(kind, "lamp", table), SmartOutlet)
    for wrong in ({}, {"address": "host:port"}, {**table, "limit": 5}, {**table, "dead_man": 5}):
        with pytest.raises(ValueError, match=r"address|limit|dead_man"):
            make(kind, "lamp", wrong)


def test_a_kasa_is_looked_at_and_switched_over_its_own_wire() -> None:
    outlet = SimulatedOutlet(48)

    async def talk() -> tuple[float | None, bool | None]:
        plug = Plug(lambda: outletwires.KasaWire(outlet, lambda: None))
        await plug.plug()
        kasa_outlet = KasaOutlet(HOST, plug.port)
        try:
            (before,) = await asyncio.to_thread(kasa_outlet.look)
            await asyncio.to_thread(kasa_outlet.switch, False, None)
            (after,) = await asyncio.to_thread(kasa_outlet.look)
        finally:
            plug.unplug()
        return before.watts, after.on

    assert asyncio.run(talk()) == (48, False)
    assert not outlet.on


def test_a_kasa_has_no_limit_to_set() -> None:
    with pytest.raises(ValueError, match="limit_w: no such option"):
        make("outlet-kasa", "lamp", {"address": "192.0.2.7", "limit_w": 300})


def supervise(stall: SimulatedStall, name: str, heard: Heard) -> tuple[Supervisor, SmartOutlet]:
    table = stall.devices()[name]
    outlet = make(str(table["kind"]), name, table | {"every": 1})
    assert isinstance(outlet, SmartOutlet)
    outlet._every_s = 0.05
    supervisor = Supervisor(outlet, heard, wait=lambda event, _seconds: event.wait(0.01))
    supervisor.start()
    heard.wait(StateChanged, lambda change: change.state is State.READY)
    return supervisor, outlet


def test_an_outlet_on_the_stall_is_switched_over_the_network_and_the_battery_feels_it(
    stall: SimulatedStall, heard: Heard
) -> None:
    supervisor, outlet = supervise(stall, "fridge", heard)
    assert heard.wait(OutletRead).reading.watts == 48
    before = float(stall.do("status")["battery"]["load_w"])  # type: ignore[index]
    assert outlet.switch(False, dead_man_s=30).result(3).on is False
    after = float(stall.do("status")["battery"]["load_w"])  # type: ignore[index]
    assert before - after == pytest.approx(1.05 * 48 + 2e-4 * (60 * 60 - 12 * 12), abs=0.2)
    stall.do("outlet", name="fridge", act="on")
    assert heard.wait(OutletRead, lambda read: bool(read.reading.on)).reading.watts == 48
    assert supervisor.stop()


def test_an_outlet_that_vanishes_comes_back_by_itself(stall: SimulatedStall, heard: Heard) -> None:
    supervisor, outlet = supervise(stall, "lamp", heard)
    stall.do("outlet", name="lamp", act="vanish")
    with pytest.raises(NotSwitched):
        outlet.switch(False).result(5)
    stall.do("outlet", name="lamp", act="clear")
    assert outlet.switch(False).result(5).on is False
    assert stall.do("outlet", name="lamp")["on"] is False
    assert supervisor.stop()


def test_an_outlet_that_never_answers_costs_its_deadline_and_no_more(
    stall: SimulatedStall, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hardware.power.outlets.http.DEADLINE_S", 0.1)
    supervisor, outlet = supervise(stall, "lamp", heard)
    stall.do("outlet", name="lamp", act="silent")
    with pytest.raises(NotSwitched, match="does not answer"):
        outlet.switch(False).result(5)
    assert supervisor.stop()


def test_the_inverter_bears_a_surge_trips_on_more_and_gives_up_after_the_third_time() -> None:
    inverter = SimulatedInverter()
    assert inverter.feed(180, 0) is None
    assert inverter.feed(350, 10) == 14
    assert inverter.feed(180, 12) is None
    assert inverter.on
    assert inverter.feed(350, 20) == 24
    assert (inverter.feed(350, 24), inverter.on, inverter.strikes) == (54, False, 1)
    assert inverter.feed(350, 40) == 54
    assert (inverter.feed(350, 54), inverter.on) == (58, True)
    assert inverter.feed(500, 55) == 85  # more than its surge: at once
    assert (inverter.feed(500, 85), inverter.given_up, inverter.strikes) == (None, True, 3)
    assert inverter.feed(0, 1000) is None
    assert not inverter.on
    inverter.switch(True)
    assert (inverter.feed(100, 1001), inverter.on, inverter.strikes) == (None, True, 0)


def test_a_blender_trips_the_inverter_and_takes_the_other_outlets_with_it() -> None:
    now = [0.0]
    with SimulatedStall(time=StallTime(lambda: now[0])) as stall:
        stall.do("outlet", name="blender", act="on")
        assert stall.do("status")["inverter"] == {"on": True, "strikes": 0, "given_up": False}
        now[0] = 5.0
        stall.do("outlet", name="lamp")
        told = stall.do("status")
        assert told["inverter"] == {"on": False, "strikes": 1, "given_up": False}
        assert told["fridge"]["watts"] == 0  # type: ignore[index]
        assert told["battery"]["load_w"] == 31  # type: ignore[index]
        stall.do("outlet", name="blender", act="off")
        now[0] = 40.0
        stall.do("outlet", name="lamp")
        assert stall.do("status")["fridge"]["watts"] == 48  # type: ignore[index]
