"""The counter of a running till: its lamps, its lights, its drawer, and what the customer's displays show."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hardware.panel.events import ButtonPressed, ContactWild, DrawerMoved
from hardware.scale.weight import NotWeighed, Trouble, Weighed
from hardware.simulated.stall import SimulatedStall
from kiosk.checkout.customer import IDLE, from_json, paid, selling
from kiosk.settings import DeviceSettings
from kiosk.station.counter import Counter
from kiosk.station.events import DrawerStuck
from kiosk.where import customer_feed
from tests.station.stand import Stand, usual

SCREEN = DeviceSettings("screen", "display", "screen")


@pytest.fixture
def counter(opening: Callable[..., Stand], stall: SimulatedStall) -> Stand:
    """A till with everything on its counter."""
    stand = opening(devices=(*usual(stall, "scale", "display", "panel"), SCREEN))
    stand.until(lambda: stand.station.counter.has_scale and stand.station.counter.drawer_open is False)
    return stand


def lamps(stand: Stand) -> set[str]:
    """The names of the lamps in the status line."""
    return {lamp.name for lamp in stand.station.lamps}


def test_a_weight_is_asked_for_and_told(counter: Stand) -> None:
    counter.stall.do("scale", grams=335)
    assert counter.heard.of(Weighed) == []
    counter.station.counter.weigh(True)
    counter.until(lambda: any(event.grams == 335 for event in counter.heard.of(Weighed)))
    counter.stall.do("scale", fault="over")
    counter.until(lambda: any(event.why is Trouble.OVER for event in counter.heard.of(NotWeighed)))
    counter.station.counter.weigh(False)


def test_what_is_well_says_nothing_and_what_is_not_has_a_lamp(counter: Stand) -> None:
    counter.until(lambda: lamps(counter) <= {"printer", "scanner", "power", "queue"})
    counter.stall.do("scale", act="unplug")
    counter.station.counter.weigh(True)
    counter.until(lambda: counter.lamp("scale") == ("warn", "scale not found"))
    counter.stall.do("scale", act="replug")
    counter.until(lambda: "scale" not in lamps(counter))
    counter.stall.do("scale", fault="garbage")
    counter.until(lambda: counter.lamp("scale") == ("warn", "scale trouble"))


def test_the_drawer_is_followed_from_its_pulse_to_the_push(counter: Stand) -> None:
    counter.sell()
    counter.until(lambda: counter.station.counter.drawer_open)
    counter.until(lambda: counter.lamp("drawer") == ("warn", "drawer open"))
    counter.stall.do("drawer", act="shut")
    counter.until(lambda: "drawer" not in lamps(counter))
    counter.until(lambda: [event.open for event in counter.heard.of(DrawerMoved)] == [False, True, False])


def test_a_drawer_that_was_told_to_open_and_did_not_is_said(
    counter: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.station.counter.OPENS_S", 0.05)
    monkeypatch.setattr("hardware.simulated.printer.SimulatedPrinter._open_drawer", lambda _printer: None)
    counter.sell()  # the pulse is sent and acknowledged; the latch is jammed
    stuck = counter.until(lambda: counter.heard.of(DrawerStuck))[0]
    assert "contact" in stuck.reason
    assert counter.station.counter.drawer_open is False


def test_a_drawer_that_opens_is_not_complained_of(counter: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    class Noted(threading.Timer):
        def run(self) -> None:
            super().run()
            ended.set()

    monkeypatch.setattr("kiosk.station.counter.OPENS_S", 0.5)
    monkeypatch.setattr("kiosk.station.counter.threading.Timer", Noted)
    counter.sell()
    assert ended.wait(30)
    assert counter.heard.of(DrawerStuck) == []


def test_the_light_turns_when_a_lamp_is_red(counter: Stand) -> None:
    def lit() -> dict[str, object]:
        answer = counter.stall.do("button", role="help")
        return {name: answer[name] for name in ("light_ok", "light_attention")}

    counter.until(lambda: counter.lamp("printer")[0] == "ok")
    counter.until(lambda: lit() == {"light_ok": True, "light_attention": False})
    counter.printer("paper-out")
    counter.until(lambda: lit() == {"light_ok": False, "light_attention": True})
    counter.printer("clear")
    counter.until(lambda: lit() == {"light_ok": True, "light_attention": False})
    counter.until(lambda: {event.role for event in counter.heard.of(ButtonPressed)} == {"help"})


def test_a_wild_drawer_contact_is_a_drawer_nobody_knows_of(counter: Stand) -> None:
    watched = counter.station.counter
    watched.heard(ContactWild("panel", "drawer"))
    assert watched.drawer_open is None


def test_the_customer_s_pole_and_screen_show_the_same_sale(counter: Stand) -> None:
    view = selling(counter.basket("MUG-BLUE", "HONEY"))
    counter.until(lambda: customer_feed(counter.settings.folder).exists())
    address = json.loads(customer_feed(counter.settings.folder).read_text())
    counter.station.counter.show(view)
    with socket.create_connection((address["host"], address["port"]), 5) as wire, wire.makefile("r") as lines:
        assert from_json(lines.readline()) == view
        counter.until(lambda: str(counter.stall.do("display")["lower"]).startswith("TOTAL"))
        for after in (paid(2040, 5000, 2960), IDLE):
            counter.station.counter.show(after)
            assert from_json(lines.readline()) == after
        counter.until(lambda: str(counter.stall.do("display")["lower"]).strip() == "Welcome")


def test_a_bare_counter_does_nothing_and_says_nothing() -> None:
    bare = Counter()
    assert (bare.has_scale, bare.has_display, bare.drawer_open, bare.lamps({})) == (False, False, None, ())
    bare.weigh(True)
    bare.show(IDLE)
    bare.beep("error")
    bare.light(())


def test_devices_that_cannot_be_made_are_faults_and_the_till_sells(
    opening: Callable[..., Stand], stall: SimulatedStall, stall_devices: dict[str, Any]
) -> None:
    bad = (
        DeviceSettings("scale", "scale", "toledo8217"),
        DeviceSettings("display", "display", "escpos", options={"address": "/dev/nothing"}),
        DeviceSettings("panel", "panel", "gpio", options={"pins": "mock"}),
        replace(SCREEN, options={"port": 70_000}),
    )
    stand = opening(devices=(*stall_devices.values(), *bad))
    stand.until(lambda: {"scale", "display", "panel", "screen"} <= lamps(stand))
    assert not stand.station.counter.has_scale
    stand.sell()
    stand.printed()


def test_a_listener_that_raises_stops_no_device_and_no_sale(
    opening: Callable[..., Stand], stall: SimulatedStall
) -> None:
    stand = opening(devices=usual(stall, "panel"))
    raised: list[object] = []

    def mistaken(event: object) -> None:
        raised.append(event)
        raise RuntimeError("a mistake in a screen")

    stand.station.subscribe(mistaken)
    stand.station.subscribe(late := type(stand.heard)())
    stand.until(lambda: stand.station.counter.drawer_open is False)
    for role in ("pay", "void"):
        stall.do("button", role=role)
        late.until(lambda role=role: any(event.role == role for event in late.of(ButtonPressed)))  # type: ignore[misc]
    stall.do("printer", act="unplug")
    stand.until(lambda: stand.lamp("printer")[0] != "ok")
    receipt = stand.sell()
    stall.do("printer", act="replug")
    stand.until(lambda: any(receipt.number in line for line in stand.paper()))
    assert raised
