"""How a simulated outlet speaks: Shelly of both generations and Tasmota over HTTP, Kasa over TCP."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, unquote, urlsplit

from hardware.power.outlets import kasa
from hardware.simulated.outlet import SimulatedOutlet
from hardware.simulated.plugs import Wire

Query = Mapping[str, str]
Page = Callable[[SimulatedOutlet, str, Query], object]
"""What a path with its query answers; ``None`` for no such path."""
MOST = 65536


def shelly2(outlet: SimulatedOutlet, path: str, query: Query) -> object:
    """Shelly Gen2+: RPC."""
    if path == "/rpc/Switch.Set":
        was = outlet.on
        back = query.get("toggle_after")
        outlet.switch(query.get("on") == "true", None if back is None else float(back))
        return {"was_on": was}
    if path == "/rpc/Switch.SetConfig":
        outlet.protect(int(json.loads(query["config"])["power_limit"]))
        return {"restart_required": False}
    if path == "/rpc/Switch.GetConfig":
        return {"id": 0, "initial_state": "restore_last", "power_limit": outlet.limit_w}
    if path != "/rpc/Switch.GetStatus" or query.get("id", "0") != "0":
        return None
    told: dict[str, object] = {
        "id": 0,
        "source": "HTTP_in",
        "output": outlet.on,
        "apower": outlet.shown_w,
        "voltage": 230.1,
        "current": round(outlet.shown_w / 230.1, 3),
        "aenergy": {"total": round(outlet.wh, 3), "by_minute": [0.0, 0.0, 0.0], "minute_ts": 0},
        "temperature": {"tC": 31.5, "tF": 88.7},
    }
    return told | ({"errors": ["overpower"]} if outlet.tripped else {})


def shelly1(outlet: SimulatedOutlet, path: str, query: Query) -> object:
    """Shelly Gen1."""
    relay = {"ison": outlet.on, "has_timer": outlet.back_after_s is not None, "overpower": outlet.tripped}
    if path == "/relay/0":
        back = query.get("timer")
        outlet.switch(query.get("turn") == "on", None if back is None else float(back))
        return {"ison": outlet.on, "has_timer": back is not None}
    if path == "/settings/relay/0":
        outlet.protect(int(query["max_power"]))
        return relay | {"max_power": outlet.limit_w}
    if path != "/status":
        return None
    meter = {"power": outlet.shown_w, "is_valid": True, "total": round(outlet.wh * 60)}
    return {"relays": [relay], "meters": [meter], "temperature": 31.5}


def tasmota(outlet: SimulatedOutlet, path: str, query: Query) -> object:
    """Tasmota: commands, with the rule that switches back."""
    return tasmota_command(outlet, query.get("cmnd", "")) if path == "/cm" else None


def tasmota_command(outlet: SimulatedOutlet, command: str) -> dict[str, object]:
    """One command and its answer; a ``Backlog`` it does not know, because nothing waits for one."""
    name, _, value = command.partition(" ")
    match name.lower():
        case "ruletimer8":
            outlet.pending_back_s = float(value) or None
            return {"T8": int(value)}
        case "rule3":
            return {"Rule3": {"State": "ON", "Rules": ""}}
        case "power1":
            outlet.switch(value == "On", outlet.pending_back_s)
            return {"POWER": "ON" if outlet.on else "OFF"}
        case "maxpower":
            outlet.protect(int(value))
            return {"MaxPower": outlet.limit_w}
        case "status":
            return _tasmota_status(outlet, value)
    return {"Command": "Unknown"}


def _tasmota_status(outlet: SimulatedOutlet, number: str) -> dict[str, object]:
    """Status 10 is the meter, 11 the relay; kWh with three decimals."""
    if number == "11":
        return {"StatusSTS": {"POWER": "ON" if outlet.on else "OFF"}}
    energy = {"Total": round(outlet.wh / 1000, 3), "Power": round(outlet.shown_w), "Voltage": 230}
    return {"StatusSNS": {"Time": "2026-05-01T10:00:00", "ENERGY": energy}}


class HttpWire(Wire):
    """One connection of one question, as these outlets keep it."""

    def __init__(self, outlet: SimulatedOutlet, page: Page, changed: Callable[[], None]) -> None:
        """`changed` is called after every answer: something may have been switched."""
        self._outlet = outlet
        self._page = page
        self._changed = changed
        self._held = b""

    def data_received(self, data: bytes) -> None:
        """Answer once the head of the question is whole."""
        self._held += data
        if b"\r\n\r\n" not in self._held and len(self._held) < MOST:
            return
        if self._outlet.faults.silent:
            return
        self.transport.write(self._answer())
        self.transport.close()
        self._changed()

    def _answer(self) -> bytes:
        """Status line, head and JSON."""
        words = self._held.split(b" ")
        parts = urlsplit(words[1].decode("latin-1") if len(words) > 1 else "/")
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        answer = self._page(self._outlet, unquote(parts.path), query)
        status, body = ("404 Not Found", "{}") if answer is None else ("200 OK", json.dumps(answer))
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        return (head + "Connection: close\r\n\r\n" + body).encode()


class KasaWire(Wire):
    """One connection to a Kasa outlet."""

    def __init__(self, outlet: SimulatedOutlet, changed: Callable[[], None]) -> None:
        """`changed` is called after every answer."""
        self._outlet = outlet
        self._changed = changed
        self._held = b""

    def data_received(self, data: bytes) -> None:
        """Answer every whole message."""
        self._held += data
        while 0 < (length := kasa.span(self._held)) <= len(self._held):
            question, self._held = self._held[:length], self._held[length:]
            if not self._outlet.faults.silent:
                self.transport.write(
                    kasa.question(kasa_answer(self._outlet, json.loads(kasa.clear(question))))
                )
        self._changed()


def kasa_answer(
    outlet: SimulatedOutlet, asked: Mapping[str, Mapping[str, Mapping[str, float]]]
) -> dict[str, object]:
    """What an HS110 of the second hardware version answers."""
    answer: dict[str, object] = {}
    if "emeter" in asked:
        meter = {"voltage_mv": 230_100, "current_ma": round(outlet.shown_w / 0.2301), "err_code": 0}
        meter |= {"power_mw": round(outlet.shown_w * 1000), "total_wh": round(outlet.wh)}
        answer["emeter"] = {"get_realtime": meter}
    if "count_down" in asked:
        for method, rule in asked["count_down"].items():
            outlet.pending_back_s = float(rule["delay"]) if method == "add_rule" else None
        answer["count_down"] = {method: {"err_code": 0} for method in asked["count_down"]}
    system = asked.get("system", {})
    if "set_relay_state" in system:
        outlet.switch(system["set_relay_state"]["state"] == 1, outlet.pending_back_s)
        answer["system"] = {"set_relay_state": {"err_code": 0}}
    elif "get_sysinfo" in system:
        answer["system"] = {
            "get_sysinfo": {"relay_state": int(outlet.on), "model": "HS110(EU)", "err_code": 0}
        }
    return answer
