"""`kiosk setup devices` on the power: meters that talk or are asked, boards on pins, smart outlets."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hardware.simulated import asked, i2c, outletwires
from hardware.simulated.battery import Pack, SimulatedBattery
from hardware.simulated.counter import AskedWire
from hardware.simulated.i2c import SimulatedBus
from hardware.simulated.outlet import SimulatedOutlet
from hardware.simulated.plugs import HOST, Plug, Wire
from hardware.simulated.stall import SimulatedStall
from kiosk.fitting.draft import Draft
from kiosk.fitting.found import SERIAL_ROLES, Thing, connected, owner
from kiosk.fitting.walk import Stop, route, walk
from tests.fitting.scripted import ENGLISH, Scripted, connect

PINS = Thing("/dev/i2c-1", "", "i2c", ("battery",))
LABELS = {"Ah on": "47,5", "Watts the inverter": "200", "And watts": "400"}


@pytest.fixture
def plug() -> Iterator[Callable[[Callable[[], Wire]], str]]:
    """Plugs simulated devices in, each at an address of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    plugs: list[Plug] = []

    def plugged(make: Callable[[], Wire]) -> str:
        plugs.append(Plug(make))
        asyncio.run_coroutine_threadsafe(plugs[-1].plug(), loop).result(5)
        return f"{HOST}:{plugs[-1].port}"

    yield plugged
    for one in plugs:
        loop.call_soon_threadsafe(one.unplug)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


@dataclass
class Typist(Scripted):
    """Types one answer after the other where the same question comes again."""

    typed: dict[str, list[str]] = field(default_factory=dict)

    def answer(self, question: str, usual: str) -> str:
        for start, answers in self.typed.items():
            if question.startswith(start) and answers:
                return answers.pop(0)
        return super().answer(question, usual)


def serial(address: object) -> Thing:
    return Thing(str(address), "FTDI", "serial", SERIAL_ROLES)


def test_what_talks_by_itself_is_known_compared_and_described(shop: Path, stall: SimulatedStall) -> None:
    draft, tables = Draft(shop), stall.devices()
    things = [serial(tables[name]["address"]) for name in ("battery", "solar")]
    person = Scripted({**LABELS, "Rated": "180", "Latitude": "52.5", "Longitude": "13,4"})
    walk(draft, person, route(draft.settings, things))
    assert [(one.name, one.kind) for one in draft.settings.devices] == [
        ("battery", "vedirect"),
        ("solar", "vedirect"),
    ]
    assert any("A out of the battery" in words for words in person.said)
    power = draft.settings.power
    assert power is not None
    assert power.stall.limits is not None
    assert power.stall.site is not None
    assert (power.stall.pack.nameplate_ah, power.stall.pack.cells) == (47.5, 4)
    assert (power.stall.limits.continuous_w, power.stall.limits.surge_w) == (200, 400)
    assert (power.stall.site.panel_w, power.stall.site.longitude) == (180, 13.4)
    draft.save()
    # and once more, when every answer is as before
    again = Draft(shop)
    assert [owner(thing, again.settings) for thing in things] == ["battery", "solar"]
    walk(again, Scripted(), route(again.settings, things))
    assert again.changes() == []


def test_nobody_there_writes_down_a_meter_that_talks_and_asks_for_nothing_else(
    shop: Path, stall: SimulatedStall
) -> None:
    draft = Draft(shop)
    nobody = Scripted(present=False)
    walk(draft, nobody, route(draft.settings, [serial(stall.devices()["battery"]["address"]), PINS]))
    assert [(one.name, one.kind) for one in draft.settings.devices] == [("battery", "vedirect")]
    assert draft.settings.power is None
    assert not any("battery board" in words or "outlet" in words for words in nobody.said)


@pytest.mark.parametrize(
    ("answers", "flip", "said"),
    [
        ({"It says": "no", "Is only": "yes"}, True, ""),
        ({"It says": "no", "Is only": "no"}, None, "do not rely on it"),
        ({"Ah on": "unknown"}, None, "nothing is foreseen"),
    ],
)
def test_a_meter_that_is_mounted_or_told_otherwise(
    shop: Path, stall: SimulatedStall, answers: dict[str, str], flip: bool | None, said: str
) -> None:
    draft = connect(shop, stall, "battery")
    person = Scripted({**LABELS, **answers})
    walk(draft, person, [Stop("visit", name="battery")])
    assert draft.device("battery").options.get("flip") is flip
    assert (draft.settings.power is None) is bool(said)
    assert any(said in words for words in person.said)


def test_a_number_is_asked_for_until_it_is_one(shop: Path, stall: SimulatedStall) -> None:
    draft = connect(shop, stall, "battery")
    person = Typist(LABELS, typed={"Ah on": ["plenty", "-3", "nan", "48"]})
    walk(draft, person, [Stop("visit", name="battery")])
    assert sum(words == "a number from 0.1 to 100000, or unknown" for words in person.said) == 3
    assert draft.settings.power is not None
    assert draft.settings.power.stall.pack.nameplate_ah == 48


@pytest.mark.parametrize(
    ("role", "make", "kind"),
    [("battery", asked.jbd_board, "jbd"), ("solar", asked.renogy, "renogy")],
)
def test_what_speaks_only_when_asked_is_asked_when_somebody_says_what_it_is(
    shop: Path,
    plug: Callable[[Callable[[], Wire]], str],
    role: str,
    make: Callable[[Callable[[], Pack]], asked.AnsweringMachine],
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kiosk.fitting.meter.HEARD_S", 0.1)  # it does not talk by itself
    monkeypatch.setattr("kiosk.fitting.meter.ANSWER_S", 1.5)
    machine = make(SimulatedBattery().look)
    address = f"socket://{plug(lambda: AskedWire(machine.receive))}"
    draft = Draft(shop)
    before = Scripted({"What is it?": "nothing"})
    walk(draft, before, route(draft.settings, [serial(address)])[:1])
    assert machine.asked == [], "nothing is written to a port before somebody said what is there"
    walk(draft, Scripted({"What is it?": role, "Try": "no"}), route(draft.settings, [serial(address)])[:1])
    assert (draft.device(role).kind, draft.device(role).options["address"]) == (kind, address)


def test_a_board_is_read_only_where_somebody_says_that_there_is_one(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus = SimulatedBus({0x36: i2c.memory({0x02: "C350", 0x04: "4B80", 0x16: "FFF6"})})
    opened: list[int] = []
    monkeypatch.setattr("hardware.power.hats.factory.smbus", lambda number: opened.append(number) or bus)
    draft = Draft(shop)
    walk(draft, Scripted(), route(draft.settings, [PINS])[:1])
    assert (opened, bus.reads, bus.written) == ([], 0, [])
    person = Scripted({"Is there a battery board": "yes", "Which one": "max17048", "Ah on": "6"})
    walk(draft, person, route(draft.settings, [PINS])[:1])
    assert (draft.device("battery").kind, owner(PINS, draft.settings)) == ("max17048", "battery")
    assert any("It says 3.9 V" in words for words in person.said)
    assert draft.settings.power is not None
    pack = draft.settings.power.stall.pack
    assert (pack.chemistry.name, pack.cells, pack.nameplate_ah) == ("nmc", 1, 6)
    assert any("Geekworm" in words for words in person.said)


def test_a_board_with_several_models_is_asked_for_its_own(shop: Path) -> None:
    draft = Draft(shop)
    person = Scripted({"Is there a battery board": "yes", "Which one": "ina219-d", "Put it right": "no"})
    walk(draft, person, route(draft.settings, [PINS])[:1])
    assert draft.device("battery").options == {"board": "d"}


def test_a_bus_is_found_where_there_is_one(tmp_path: Path) -> None:
    assert connected(tmp_path, ()) == []
    (tmp_path / "i2c-1").touch()
    (tmp_path / "i2c-7").touch()  # a screen's
    assert [(thing.wire, thing.address) for thing in connected(tmp_path, ())] == [
        ("i2c", str(tmp_path / "i2c-1"))
    ]


PAGES: dict[str, outletwires.Page] = {
    "shelly2": outletwires.shelly2,
    "shelly1": outletwires.shelly1,
    "tasmota": outletwires.tasmota,
}


@pytest.mark.parametrize("kind", ["shelly2", "shelly1", "tasmota", "kasa"])
def test_an_outlet_says_its_kind_by_its_own_answer(
    shop: Path, plug: Callable[[Callable[[], Wire]], str], kind: str
) -> None:
    outlet = SimulatedOutlet(48)

    def wire() -> Wire:
        if kind == "kasa":
            return outletwires.KasaWire(outlet, lambda: None)
        return outletwires.HttpWire(outlet, PAGES[kind], lambda: None)

    address = plug(wire)
    draft = Draft(shop)
    person = Typist({"What hangs": "lamp", "Try": "no"}, typed={"A smart outlet": [address]})
    walk(draft, person, [Stop("outlets")])
    lamp = draft.device("lamp")
    assert (lamp.role, lamp.kind, lamp.options["address"]) == ("outlet", kind, address)
    assert (outlet.on, any("on, 48 W" in words for words in person.said)) == (True, True)


def test_a_strip_is_asked_which_of_its_switches_and_no_switch_is_written_down_twice(
    shop: Path, plug: Callable[[Callable[[], Wire]], str]
) -> None:
    def two(outlet: SimulatedOutlet, path: str, _query: outletwires.Query) -> object:
        """A Shelly of the first generation with two relays."""
        told = outletwires.shelly1(outlet, path, {})
        return (
            {name: one * 2 if isinstance(one, list) else one for name, one in told.items()} if told else None
        )  # type: ignore[attr-defined]

    address = plug(lambda: outletwires.HttpWire(SimulatedOutlet(48), two, lambda: None))
    single = plug(lambda: outletwires.HttpWire(SimulatedOutlet(9), PAGES["shelly2"], lambda: None))
    draft = Draft(shop)
    person = Typist(
        {"Try": "no"},
        typed={
            "A smart outlet": [address, address, address, single, single],
            "Which of its": ["0", "1", "1"],
            "What hangs": ["fridge", "lamp", "kettle"],
        },
    )
    walk(draft, person, [Stop("outlets")])
    found = [(one.name, one.options.get("channel")) for one in draft.settings.devices]
    assert found == [("fridge", None), ("lamp", 1), ("kettle", None)]
    already = [words for words in person.said if words.endswith("already.")]
    assert already == ["That is lamp already.", "That is kettle already."]


def test_an_outlet_is_switched_to_see_which_it_is_and_comes_back(shop: Path, stall: SimulatedStall) -> None:
    connect(shop, stall, "battery", "lamp")
    draft = Draft(shop)
    draft.put("power", {"ah": 48})
    seen: list[object] = []

    class Looker(Scripted):
        def answer(self, question: str, usual: str) -> str:
            if question.startswith("Is it off now"):
                seen.append(stall.do("outlet", name="lamp")["on"])
            return super().answer(question, usual)

    answers = {"Switch lamp off": "yes", "When power is short": "2", "Has it": "no", "Watts on": "12.5"}
    walk(draft, Looker(answers), [Stop("visit", name="lamp")])
    assert seen == [False]
    assert stall.do("outlet", name="lamp")["on"] is True
    assert draft.settings.power is not None
    lamp = draft.settings.power.outlet("lamp")
    assert (lamp.load_class, lamp.compressor, lamp.watts) == (2, False, 12.5)
    assert draft.device("lamp").options["dead_man"] == 600


def test_who_leaves_while_it_is_off_leaves_it_on(shop: Path, stall: SimulatedStall) -> None:
    draft = connect(shop, stall, "lamp")

    class Leaver(Scripted):
        def answer(self, question: str, usual: str) -> str:
            if question.startswith("Is it off now"):
                raise KeyboardInterrupt
            return super().answer(question, usual)

    with pytest.raises(KeyboardInterrupt):
        walk(draft, Leaver({"Switch lamp off": "yes"}), [Stop("visit", name="lamp")])
    assert stall.do("outlet", name="lamp")["on"] is True


def test_a_cabinets_port_is_no_stranger_and_is_not_listened_to(shop: Path) -> None:
    draft = Draft(shop)
    draft.put("devices.locks", {"kind": "cu16", "port": "/dev/serial/by-id/usb-bus"})
    thing = serial("/dev/serial/by-id/usb-bus")
    assert owner(thing, draft.settings) == "locks"
    assert next(stop.do for stop in route(draft.settings, [thing])) == "visit"


def test_addresses_and_names_that_will_not_do_are_asked_for_again(
    shop: Path, stall: SimulatedStall, plug: Callable[[Callable[[], Wire]], str]
) -> None:
    draft = connect(shop, stall, "printer")
    noise = plug(lambda: AskedWire(lambda _chunk: b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>"))
    lamp = str(stall.devices()["lamp"]["address"])
    person = Typist(
        {"Try": "no"},
        typed={
            "A smart outlet": ["127.0.0.1:9", "127.0.0.1:x", noise, lamp],
            "What hangs": ["my lamp", "printer", "lamp"],
        },
    )
    walk(draft, person, [Stop("outlets")])
    assert [one.name for one in draft.settings.devices] == ["printer", "lamp"]
    assert sum("Nothing there answers" in words for words in person.said) == 2
    assert any("host:port" in words for words in person.said)


@pytest.mark.usefixtures("german")
def test_a_german_walk_over_the_power_says_no_english_sentence(
    shop: Path, stall: SimulatedStall, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus = SimulatedBus({0x36: i2c.memory({0x02: "C350", 0x04: "4B80", 0x16: "FFF6"})})
    monkeypatch.setattr("hardware.power.hats.factory.smbus", lambda _number: bus)
    draft, tables = Draft(shop), stall.devices()
    person = Typist(
        {"Ah auf": "48", "Ist eine Akku": "ja", "Welche ist es": "max17048", "outlet1 kurz": "ja"},
        typed={"Eine smarte Steckdose": ["127.0.0.1:9", "x:y:z", str(tables["lamp"]["address"])]},
    )
    things = [serial(tables["battery"]["address"]), serial(tables["solar"]["address"]), PINS]
    walk(draft, person, route(draft.settings, things))
    products = [words for words in person.said if words.startswith("  ") and "→" not in words]
    assert len(products) > 10
    said = "\n".join(words for words in person.said if words not in products)
    assert [line for line in said.splitlines() if ENGLISH.search(line)] == []
    assert [one.role for one in draft.settings.devices] == ["battery", "solar", "battery", "outlet"]
