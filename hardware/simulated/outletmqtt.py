"""A simulated outlet at a real broker: Tasmota and both generations of Shelly, well or badly.

It answers as the real ones are documented to (see `hardware.power.outlets.spoken`), with a last will, and
keeps at the broker what a Shelly of the first generation and Tasmota keep there.
"""

from __future__ import annotations

import json
from typing import Literal

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from hardware.simulated import outletwires
from hardware.simulated.outlet import SimulatedOutlet

Kind = Literal["tasmota", "shelly2", "shelly1"]
WILLS: dict[Kind, tuple[str, str, str]] = {
    "tasmota": ("tele/{0}/LWT", "Online", "Offline"),
    "shelly2": ("{0}/online", "true", "false"),
    "shelly1": ("shellies/{0}/online", "true", "false"),
}
"""Topic, what is said there while it lives, and its last will."""
LISTENS: dict[Kind, str] = {"tasmota": "cmnd/{0}/+", "shelly2": "{0}/rpc", "shelly1": "shellies/{0}/#"}


class OutletAtBroker:
    """One outlet, in paho's own thread between `start` and `stop`."""

    def __init__(self, kind: Kind, topic: str, outlet: SimulatedOutlet, port: int) -> None:
        """Prepare; the broker is on this machine."""
        self._kind: Kind = kind
        self._topic = topic
        self.outlet = outlet
        self._port = port
        self._client = paho.Client(CallbackAPIVersion.VERSION2, client_id=topic)
        where, self._alive, gone = WILLS[kind]
        self._life = where.format(topic)
        self._client.will_set(self._life, gone, qos=1, retain=True)
        self._client.on_connect = self._connected
        self._client.on_message = self._asked

    def start(self) -> None:
        """Connect."""
        self._client.connect("127.0.0.1", self._port, 5)
        self._client.loop_start()

    def vanish(self) -> None:
        """Lose power: no goodbye, and the broker tells the last will."""
        wire = self._client.socket()
        if wire is not None:
            wire.close()
        self._client.loop_stop()

    def stop(self) -> None:
        """Say goodbye."""
        self._client.disconnect()
        self._client.loop_stop()

    def _connected(self, client: paho.Client, *_rest: object) -> None:
        client.subscribe(LISTENS[self._kind].format(self._topic), 1)
        client.publish(self._life, self._alive, qos=1, retain=True)

    def _asked(self, _client: object, _own: object, message: paho.MQTTMessage) -> None:
        if self.outlet.faults.silent:
            return
        text = message.payload.decode()
        if self._kind == "tasmota":
            self._tasmota(message.topic.rpartition("/")[2], text)
        elif self._kind == "shelly2":
            self._shelly2(json.loads(text))
        else:
            self._shelly1(message.topic.removeprefix(f"shellies/{self._topic}/"), text)

    def _tasmota(self, command: str, value: str) -> None:
        answer = outletwires.tasmota_command(self.outlet, f"{command} {value}")
        where = f"STATUS{value}" if command == "STATUS" else "RESULT"
        self._say(f"stat/{self._topic}/{where}", json.dumps(answer))
        if command.startswith("Power"):
            self._say(f"stat/{self._topic}/POWER", str(answer["POWER"]), keep=True)

    def _shelly2(self, call: dict[str, object]) -> None:
        params = call["params"]
        assert isinstance(params, dict)  # noqa: S101  every call has some
        query = {
            key: json.dumps(value) if isinstance(value, dict) else str(value).lower()
            for key, value in params.items()
        }
        result = outletwires.shelly2(self.outlet, f"/rpc/{call['method']}", query)
        answer = {"id": call["id"], "src": self._topic, "dst": call["src"], "result": result}
        self._say(f"{call['src']}/rpc", json.dumps(answer))

    def _shelly1(self, where: str, text: str) -> None:
        if where == "relay/0/command":
            self.outlet.switch(text == "on")
        elif where != "command" or text != "update":
            return
        outlet, relay = self.outlet, f"shellies/{self._topic}/relay/0"
        self._say(relay, "overpower" if outlet.tripped else "on" if outlet.on else "off", keep=True)
        self._say(f"{relay}/power", f"{outlet.shown_w:.2f}", keep=True)
        self._say(f"{relay}/energy", str(round(outlet.wh * 60)), keep=True)

    def _say(self, topic: str, payload: str, *, keep: bool = False) -> None:
        self._client.publish(topic, payload, qos=1, retain=keep)
