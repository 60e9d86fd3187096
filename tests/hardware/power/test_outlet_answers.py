"""Outlets' answers: recorded fixtures mean what the outlets meter; questions and receipts are no answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hardware.power.outlets import kasa, shelly1, shelly2, tasmota
from hardware.power.outlets.reading import OutletReading
from hardware.power.refused import Malformed, NotAnAnswer, Refused, SaidNo, Truncated

PLUG_S: dict[str, Any] = {
    "id": 0,
    "source": "init",
    "output": True,
    "apower": 2.7,
    "voltage": 227.9,
    "current": 0.121,
    "aenergy": {"total": 7258.589, "by_minute": [34.786, 45.552, 45.552], "minute_ts": 1707326925},
    "temperature": {"tC": 32.1, "tF": 89.7},
}
"""github.com/home-assistant-libs/aioshelly, fixtures, Shelly Plus Plug S."""
HS110 = {"current": 0.014937, "err_code": 0, "power": 0.928511, "total": 55.139, "voltage": 231.067823}
KP115 = {"current_ma": 296, "err_code": 0, "power_mw": 63499, "total_wh": 12068, "voltage_mv": 230577}
"""github.com/python-kasa/python-kasa, tests/fixtures/iot."""


def told(**table: Any) -> bytes:
    return json.dumps(table).encode()


def test_a_shelly_plug() -> None:
    reading = shelly2.decode(told(**PLUG_S))
    assert (reading.on, reading.watts, reading.wh, reading.celsius) == (True, 2.7, 7258.589, 32.1)
    assert (reading.volts, reading.amps) == (227.9, 0.121)
    assert reading.power_factor == pytest.approx(0.098, abs=1e-3)  # volts times amps would say 27.6 W


@pytest.mark.parametrize(
    "wrapped",
    [
        {"switch:0": PLUG_S, "sys": {}},
        {"id": 1, "src": "shellyplusplugs-x", "result": PLUG_S},
        {"id": 1, "src": "x", "result": {"switch:0": PLUG_S}},
        {"src": "x", "dst": "y", "method": "NotifyStatus", "params": {"ts": 1.0, "switch:0": PLUG_S}},
        {"status": {"switch:0": PLUG_S}},
    ],
)
def test_a_shelly_s_status_in_every_wrapping(wrapped: dict[str, Any]) -> None:
    assert shelly2.decode(told(**wrapped)) == shelly2.decode(told(**PLUG_S))


def test_by_minute_is_in_milliwatt_hours() -> None:
    silent = {key: value for key, value in PLUG_S.items() if key != "apower"}
    assert shelly2.decode(told(**silent)).watts == pytest.approx(2.733, abs=1e-3)


def test_a_shelly_s_limit() -> None:
    # fixtures, Shelly Pro 4PM
    config = {
        "id": 2,
        "auto_off": False,
        "initial_state": "restore_last",
        "power_limit": 4480,
        "current_limit": 16.0,
    }
    assert shelly2.decode(told(**config)).limit_w == 4480
    assert shelly2.decode(told(**PLUG_S, errors=["overpower"])).alarms == ("overpower",)


def test_watts_that_stay_behind_after_switching_off_are_zero() -> None:
    # github.com/schmupu/ioBroker.shelly, issue 90
    reading = shelly2.decode(told(output=False, apower=48.0))
    assert (reading.watts, reading.alarms) == (0, ("its watts did not go back to 0",))
    assert shelly2.decode(told(output=False, apower=0.0)).alarms == ()
    assert shelly2.decode(told(output=False)).watts == 0
    assert shelly2.decode(told(output=True)).watts is None


def test_a_shelly_of_the_first_generation_counts_watt_minutes() -> None:
    whole = told(
        relays=[{"ison": False, "overpower": True}, {"ison": True}],
        meters=[
            {"power": 0.0, "is_valid": True, "total": 2632},
            {"power": 12.5, "is_valid": False, "total": 60},
        ],
        temperature=24.14,
    )
    one, two = shelly1.decode(whole), shelly1.decode(whole, 1)
    assert one.wh == pytest.approx(43.87, abs=0.01)
    assert (one.on, one.watts, one.celsius, one.alarms) == (False, 0, 24.14, ("over its power limit",))
    assert (two.on, two.watts, two.wh) == (True, None, None)
    assert shelly1.decode(told(power=12.0, is_valid=True, total=60)).wh == 1.0
    assert shelly1.decode(told(ison=True, max_power=1800)).limit_w == 1800
    with pytest.raises(Malformed):
        shelly1.decode(whole, 2)


def test_a_tasmota_counts_kilowatt_hours() -> None:
    energy = {"Total": 3.185, "Today": 0.21, "Power": 48, "Factor": 0.95, "Voltage": 230, "Current": 0.22}
    reading = tasmota.decode(told(StatusSNS={"Time": "2026-05-01T10:00:00", "ENERGY": energy}))
    assert (reading.watts, reading.wh, reading.volts, reading.power_factor) == (48, 3185, 230, 0.95)
    assert tasmota.decode(told(Time="x", ENERGY=energy)).wh == 3185
    both = tasmota.decode(told(StatusSTS={"POWER": "ON"}, StatusSNS={"ENERGY": energy}))
    assert (both.on, both.watts) == (True, 48)
    strip = told(POWER2="OFF", ENERGY={"Power": [12, 34], "Total": 1.5})
    assert tasmota.decode(strip, 0).watts == 12
    assert (tasmota.decode(strip, 1).on, tasmota.decode(strip, 1).watts) == (False, 0)
    assert tasmota.decode(told(MaxPower=0, POWER="ON")).limit_w is None


def test_a_kasa_of_either_hardware_version() -> None:
    old = kasa.decode(
        told(emeter={"get_realtime": HS110}, system={"get_sysinfo": {"relay_state": 1, "model": "HS110(EU)"}})
    )
    assert (old.on, old.watts, old.wh, old.volts) == (True, 0.928511, 55_139, 231.067823)
    new = kasa.decode(told(emeter={"get_realtime": KP115}))
    assert (new.watts, new.amps, new.volts, new.wh, new.on) == (63.499, 0.296, 230.577, 12_068, None)
    assert kasa.decode(told(**KP115)) == new


def test_a_kasa_question_on_the_wire() -> None:
    # the same from python-kasa's own encryptor
    asked = kasa.question({"emeter": {"get_realtime": {}}})
    assert asked.hex() == "0000001ed0f297fa9feb8efcdee49fbddabfcb94e683e28efa93fe9bb983f885f885"
    assert kasa.clear(asked) == b'{"emeter":{"get_realtime":{}}}'
    assert [kasa.span(asked[:length]) for length in (3, 4)] == [0, 34]
    with pytest.raises(Truncated):
        kasa.clear(asked[:-1])
    with pytest.raises(Malformed):
        kasa.span(b"\xff\xff\xff\xff")


@pytest.mark.parametrize(
    ("decode", "answer", "why"),
    [
        (shelly2.decode, told(id=1, method="Switch.GetStatus", params={"id": 0}), NotAnAnswer),
        (shelly2.decode, told(was_on=True), NotAnAnswer),
        (shelly2.decode, told(code=-103, message="Invalid argument"), SaidNo),
        (shelly2.decode, told(id=1, error={"code": 404, "message": "No handler"}), SaidNo),
        (shelly2.decode, told(**{"switch:1": PLUG_S}), Malformed),
        (shelly2.decode, told(ble={}), Malformed),
        (shelly1.decode, told(wifi_sta={}), Malformed),
        (tasmota.decode, told(Command="Unknown"), SaidNo),
        (tasmota.decode, told(WARNING="Need user=<username>&password=<password>"), SaidNo),
        (tasmota.decode, told(StatusSNS={"Time": "x"}), Malformed),
        (kasa.decode, told(emeter={"get_realtime": {}}), NotAnAnswer),
        (kasa.decode, told(emeter={"get_realtime": None}), NotAnAnswer),
        (kasa.decode, told(system={"set_relay_state": {"err_code": 0}}), NotAnAnswer),
        (kasa.decode, told(emeter={"err_code": -1, "err_msg": "module not support"}), SaidNo),
        (kasa.decode, told(emeter={"get_realtime": {"err_code": -1, "err_msg": "no"}}), SaidNo),
        (kasa.decode, told(schedule={}), Malformed),
    ],
)
def test_what_is_no_answer_is_refused_with_the_reason(decode: Any, answer: bytes, why: type[Refused]) -> None:
    with pytest.raises(why):
        decode(answer)


@pytest.mark.parametrize("decode", [shelly2.decode, shelly1.decode, tasmota.decode, kasa.decode])
@pytest.mark.parametrize(
    "answer", [b"", b"{", b"[]", b"7", b"\xff\xfe", b"[" * 50_000, b'{"a":' * 9_000, b"{" * 70_000]
)
def test_hostile_answers_are_refused(decode: Any, answer: bytes) -> None:
    with pytest.raises(Malformed):
        decode(answer)


@pytest.mark.parametrize("value", ["48", True, None, [48], -1.0, 1e9, float("nan"), float("inf"), 10**400])
def test_watts_that_are_no_watts_are_unknown(value: object) -> None:
    assert shelly2.decode(told(output=True, apower=value)).watts is None
    assert shelly2.decode(told(output=True, apower=value)) == OutletReading(on=True, source="Shelly Gen2+")


def test_what_is_sent_to_an_outlet() -> None:
    assert shelly2.ask(0) == ("/rpc/Switch.GetStatus?id=0",)
    assert shelly2.order(0, True, None) == ("/rpc/Switch.Set?id=0&on=true",)
    assert shelly2.order(1, False, 600) == ("/rpc/Switch.Set?id=1&on=false&toggle_after=600",)
    assert shelly2.limit(0, 300) == (
        "/rpc/Switch.SetConfig?id=0&config=%7B%22power_limit%22%3A300%7D",
        "/rpc/Switch.GetConfig?id=0",
    )
    assert shelly1.order(0, False, 600) == ("/relay/0?turn=off&timer=600",)
    assert shelly1.limit(0, 300) == ("/settings/relay/0?max_power=300",)
    assert tasmota.ask(0) == ("/cm?cmnd=Status%2011", "/cm?cmnd=Status%2010")
    assert tasmota.order(0, True, None) == ("/cm?cmnd=RuleTimer8%200", "/cm?cmnd=Power1%20On")
    assert tasmota.commands(0, False, 600) == (
        "Rule3 ON Rules#Timer=8 DO Power1 On ENDON",
        "Rule3 1",
        "RuleTimer8 600",
        "Power1 Off",
    )
    assert kasa.order(False, 600)[1] == {
        "count_down": {"add_rule": {"enable": 1, "delay": 600, "act": 1, "name": "back"}}
    }
