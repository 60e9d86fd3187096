"""Outlets through a broker: what is asked, what is an answer, and what a broker had kept is none.

Forms of topics and payloads: Tasmota's pages MQTT and Commands and its log of a device (tasmota_9CF9D1),
Shelly's Gen2+ API (MQTT, RPC protocol), Shelly's Gen1 API (MQTT).
"""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from typing import Any

import pytest

from hardware.options import BadOptions
from hardware.power.outlets.mqtt import MqttOutlet
from hardware.power.outlets.outlet import SmartOutlet
from hardware.power.outlets.spoken import FAMILIES, Family, Shelly1, Shelly2, Tasmota, device
from hardware.power.refused import Malformed, NotAnAnswer, SaidNo
from hardware.registry import make
from hardware.wire.broker import Said

STATE = (
    b'{"Time":"2024-02-24T22:20:38","Uptime":"0T00:10:11","UptimeSec":611,"Heap":24,"SleepMode":"Dynamic",'
    b'"Sleep":50,"LoadAvg":19,"MqttCount":1,"POWER":"OFF","Wifi":{"AP":1,"SSId":"ESP-Network","Channel":3}}'
)
"""pastebin.com/4izDrY6W, the log of tasmota_9CF9D1: ``tele/tasmota_9CF9D1/STATE``."""
NOTIFY = (
    b'{"src":"shellyplusplugs-a0b1c2d3e4f5","dst":"shellyplusplugs-a0b1c2d3e4f5/events","method":"NotifyStatus",'
    b'"params":{"ts":1646307654.17,"switch:0":{"id":0,"apower":48.2,"output":true}}}'
)
"""As in Shelly's Gen2+ API, Notifications."""


class FakeBroker:
    """Hands out what a script says, message by message, when somebody listens."""

    def __init__(self, script: Callable[[str, bytes], list[Said]], kept: list[Said] | None = None) -> None:
        self.sent: list[tuple[str, bytes]] = []
        self.closed = False
        self.lost = False
        self._script = script
        self._waiting = list(kept or [])

    def open(self, hear: Callable[[Said], None]) -> None:
        if self.lost:
            raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")
        self._hear = hear

    def send(self, topic: str, payload: bytes) -> None:
        self.sent.append((topic, payload))
        self._waiting += self._script(topic, payload)

    def listen(self, enough: Callable[[], bool], _within_s: float) -> None:
        while not enough():
            if self.lost:
                raise ConnectionResetError(errno.ECONNRESET, "the broker closed the connection")
            if not self._waiting:
                raise TimeoutError(errno.ETIMEDOUT, "nobody answers")
            self._hear(self._waiting.pop(0))

    def close(self) -> None:
        self.closed = True


def outlet(
    family: Family, script: Callable[[str, bytes], list[Said]], kept: list[Said] | None = None
) -> tuple[MqttOutlet, FakeBroker]:
    broker = FakeBroker(script, kept)
    return MqttOutlet(family, lambda: broker), broker  # type: ignore[arg-type,return-value]


def tasmota_says(topic: str, payload: bytes) -> list[Said]:
    energy = {"Total": 3.185, "Power": 48, "Voltage": 230, "Current": 0.22}
    answers = {
        b"10": ("STATUS10", {"StatusSNS": {"Time": "2024-02-24T22:20:38", "ENERGY": energy}}),
        b"11": ("STATUS11", {"StatusSTS": json.loads(STATE) | {"POWER": "ON"}}),
    }
    where, told = answers.get(payload, ("RESULT", {"POWER": "OFF"}))
    return [Said(f"stat/tasmota_9CF9D1/{where}", json.dumps(told).encode())]


def test_a_tasmota_is_asked_for_its_relay_and_its_meter() -> None:
    made, broker = outlet(Tasmota("tasmota_9CF9D1", "me"), tasmota_says)
    (reading,) = made.look()
    assert (reading.on, reading.watts, reading.wh) == (True, 48, 3185)
    assert broker.sent == [("cmnd/tasmota_9CF9D1/STATUS", b"11"), ("cmnd/tasmota_9CF9D1/STATUS", b"10")]
    broker.sent.clear()
    made.switch(False, 600)
    assert broker.sent == [
        ("cmnd/tasmota_9CF9D1/Rule3", b"ON Rules#Timer=8 DO Power1 On ENDON"),
        ("cmnd/tasmota_9CF9D1/Rule3", b"1"),
        ("cmnd/tasmota_9CF9D1/RuleTimer8", b"600"),
        ("cmnd/tasmota_9CF9D1/Power1", b"Off"),
    ]


def test_what_a_broker_had_kept_is_no_reading() -> None:
    kept = [Said("stat/tasmota_9CF9D1/STATUS11", STATE, kept=True)]
    made, _broker = outlet(Tasmota("tasmota_9CF9D1", "me"), lambda _topic, _payload: [], kept)
    with pytest.raises(TimeoutError):
        made.look()
    relay = "shellies/shellyplug-s-040BAD/relay/0"
    old = [Said(relay, b"on", kept=True), Said(f"{relay}/power", b"48.20", kept=True)]
    made, broker = outlet(Shelly1("shellyplug-s-040BAD", "me"), lambda _topic, _payload: [], old)
    with pytest.raises(TimeoutError):
        made.look()
    assert broker.sent == [("shellies/shellyplug-s-040BAD/command", b"update")]


def test_a_shelly_s_answer_is_known_by_its_number_and_none_given_up_before_is_taken() -> None:
    family = Shelly2("shellyplusplugs-a0b1", "barrow/x-lamp")

    def script(_topic: str, payload: bytes) -> list[Said]:
        call = json.loads(payload)
        late = {"id": call["id"] - 1, "src": "shellyplusplugs-a0b1", "result": {"output": False, "apower": 0}}
        now = late | {"id": call["id"], "result": {"output": True, "apower": 2.7, "aenergy": {"total": 7.5}}}
        return [Said("barrow/x-lamp/rpc", json.dumps(one).encode()) for one in (late, now)]

    made, broker = outlet(family, script)
    (reading,) = made.look()
    assert (reading.on, reading.watts, reading.wh) == (True, 2.7, 7.5)
    topic, payload = broker.sent[0]
    assert topic == "shellyplusplugs-a0b1/rpc"
    assert json.loads(payload) == {
        "id": 1, "src": "barrow/x-lamp", "method": "Switch.GetStatus", "params": {"id": 0},
    }  # fmt: skip
    (order,) = family.order(False, 600)
    assert json.loads(order.payload)["params"] == {"id": 0, "on": False, "toggle_after": 600}


def test_a_shelly_that_says_no_over_rpc_is_not_believed_to_have_switched() -> None:
    def script(_topic: str, payload: bytes) -> list[Said]:
        told = {"id": json.loads(payload)["id"], "error": {"code": -105, "message": "Argument 'id', value 7"}}
        return [Said("me/rpc", json.dumps(told).encode())]

    made, _broker = outlet(Shelly2("plug", "me", 7), script)
    with pytest.raises(SaidNo, match="value 7"):
        made.switch(True, None)


def test_a_shelly_of_the_first_generation_says_everything_anew_when_asked_to() -> None:
    relay = "shellies/shellyplug-s-040BAD/relay/0"

    def script(_topic: str, payload: bytes) -> list[Said]:
        state = {b"on": b"on", b"off": b"off"}.get(payload, b"on")
        return [Said(relay, state), Said(f"{relay}/power", b"48.20"), Said(f"{relay}/energy", b"2632")]

    made, broker = outlet(Shelly1("shellyplug-s-040BAD", "me"), script)
    (reading,) = made.look()
    assert (reading.on, reading.watts) == (True, 48.2)
    assert reading.wh == pytest.approx(43.87, abs=0.01)
    made.switch(False, None)
    assert broker.sent[-1] == (f"{relay}/command", b"off")
    with pytest.raises(SaidNo, match="no timer"):
        made.switch(False, 600)
    assert made.protect(300) is None
    tripped = Shelly1("shellyplug-s-040BAD", "me").reading({relay: b"overpower"})
    assert (tripped.on, tripped.alarms) == (False, ("over its power limit",))


def test_a_last_will_says_why_nobody_answers_and_a_new_life_ends_it() -> None:
    will = Said("tele/tasmota_9CF9D1/LWT", b"Offline", kept=True)
    made, broker = outlet(Tasmota("tasmota_9CF9D1", "me"), lambda _topic, _payload: [], [will])
    with pytest.raises(TimeoutError, match="last will"):
        made.look()
    broker._waiting.append(Said("tele/tasmota_9CF9D1/LWT", b"Online"))
    broker._script = tasmota_says
    assert made.look()[0].watts == 48


def test_a_lost_broker_is_let_go_of_and_sought_anew_at_the_next_look() -> None:
    made, broker = outlet(Tasmota("tasmota_9CF9D1", "me"), tasmota_says)
    made.look()
    broker.lost = True
    with pytest.raises(ConnectionResetError):
        made.look()
    assert broker.closed
    with pytest.raises(ConnectionRefusedError):
        made.look()
    broker.lost = False
    assert made.look()[0].on is True


@pytest.mark.parametrize(
    ("family", "topic", "payload", "watts"),
    [
        ("tasmota", "tele/tasmota_9CF9D1/STATE", STATE, 0),
        ("shelly2", "shellyplusplugs-a0b1c2d3e4f5/events/rpc", NOTIFY, 48.2),
        ("shelly1", "shellies/shellyplug-s-040BAD/relay/0/power", b"48.20", 48.2),
    ],
)
def test_what_an_outlet_sends_by_itself_can_be_read(
    family: str, topic: str, payload: bytes, watts: float
) -> None:
    found = FAMILIES[family](device(family, (topic,)), "", 0).reading({topic: payload})
    assert found.watts == watts


@pytest.mark.parametrize("family", FAMILIES)
def test_noise_is_no_reading(family: str) -> None:
    one = FAMILIES[family]("plug", "me", 0)
    for noise in (b"", b"\xff\xfe", b"[1]", b'{"power":NaN}', b"{" * 50):
        with pytest.raises((Malformed, NotAnAnswer)):
            one.reading({"stat/plug/STATUS10": noise})


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a wildcard in the topic": ({"topic": "tasmota/#"}, "topic"),
    "no topic": ({}, "topic"),
    "a broker elsewhere, in the clear": ({"topic": "plug", "broker": "192.0.2.7"}, "beyond this machine"),
    "a password in the settings": ({"topic": "plug", "password": "x"}, "password: no such option"),
}


@pytest.mark.parametrize(("table", "words"), WRONG.values(), ids=WRONG)
def test_wrong_settings_are_named(table: dict[str, Any], words: str) -> None:
    with pytest.raises(BadOptions, match=words):
        make("outlet-tasmota-mqtt", "lamp", table)


@pytest.mark.parametrize("kind", ["outlet-tasmota-mqtt", "outlet-shelly1-mqtt", "outlet-shelly2-mqtt"])
def test_every_outlet_at_a_broker_is_made_from_its_settings(kind: str) -> None:
    far = {"broker": "mqtts://192.0.2.7", "ca": "/etc/ssl/stall.pem", "user": "till", "password_file": "pw"}
    for table in ({}, {"broker": "localhost:1884"}, {"broker": "192.0.2.7", "plain": True}, far):
        assert isinstance(make(kind, "lamp", {"topic": "plug", **table}), SmartOutlet)
    with pytest.raises(ValueError, match="limit_w"):
        make("outlet-shelly1-mqtt", "lamp", {"topic": "plug", "limit_w": 300})
