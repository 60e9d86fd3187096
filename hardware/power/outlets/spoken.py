"""What is asked of outlets through a broker, and which messages are the answer: pure, one family a class.

Sources: Tasmota's pages MQTT and Commands (``cmnd``, ``stat``, ``tele``); Shelly's Gen2+ API, MQTT and RPC
channels (``PREFIX/rpc``, answered on ``SRC/rpc``); Shelly's Gen1 API, MQTT (``shellies/ID/relay/0/power``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from hardware.power.outlets import shelly1, shelly2, tasmota
from hardware.power.outlets.answers import parsed
from hardware.power.outlets.reading import OutletReading, checked, together
from hardware.power.refused import Malformed, NotAnAnswer, Refused, SaidNo
from hardware.wire.broker import Said

Payloads = Mapping[str, bytes]
"""Payloads by their topic."""


@dataclass(frozen=True, slots=True)
class Question:
    """One message, and what answers it."""

    topic: str
    payload: bytes
    answers: tuple[str, ...]
    """The topics on which something must come."""
    fits: Callable[[Said], bool] = lambda _said: True
    """Whether a message on one of them is meant."""


class Family(Protocol):
    """How one family talks."""

    def topics(self) -> tuple[str, ...]:
        """What must be subscribed to."""
        ...

    def gone(self, said: Said) -> bool | None:
        """Whether a last will says that the outlet is off the network; ``None`` for any other message."""
        ...

    def ask(self) -> tuple[Question, ...]:
        """The questions that tell how it is."""
        ...

    def order(self, on: bool, back_after_s: int | None) -> tuple[Question, ...]:
        """The orders that switch it; `SaidNo` where it has no timer of its own."""
        ...

    def limit(self, watts: int) -> tuple[Question, ...]:
        """The orders that set its limit; empty where it takes none this way."""
        ...

    def reading(self, payloads: Payloads) -> OutletReading:
        """What some messages mean. Raises a `Refused`."""
        ...


class Tasmota:
    """A device by its topic, such as ``tasmota_9CF9D1``, with the usual full topic ``%prefix%/%topic%/``."""

    def __init__(self, topic: str, _me: str, channel: int = 0) -> None:
        """Remember which it is."""
        self._topic = topic
        self._channel = channel

    def topics(self) -> tuple[str, ...]:
        """Its answers, and its last will."""
        return (f"stat/{self._topic}/+", f"tele/{self._topic}/LWT")

    def gone(self, said: Said) -> bool | None:
        """``Offline`` on ``tele/TOPIC/LWT``."""
        return said.payload == b"Offline" if said.topic == f"tele/{self._topic}/LWT" else None

    def ask(self) -> tuple[Question, ...]:
        """Its relays, then its meter."""
        return tuple(self._question(f"STATUS {number}", f"STATUS{number}") for number in (11, 10))

    def order(self, on: bool, back_after_s: int | None) -> tuple[Question, ...]:
        """The same commands as over HTTP."""
        commands = tasmota.commands(self._channel, on, back_after_s)
        return tuple(self._question(command, "RESULT") for command in commands)

    def limit(self, watts: int) -> tuple[Question, ...]:
        """One limit for all its relays."""
        return (self._question(f"MaxPower {watts}", "RESULT"),)

    def reading(self, payloads: Payloads) -> OutletReading:
        """STATUS10, STATUS11, RESULT, SENSOR or STATE; receipts among them say nothing."""
        return _together(payloads.values(), lambda payload: tasmota.decode(payload, self._channel))

    def _question(self, command: str, answer: str) -> Question:
        name, _blank, value = command.partition(" ")
        return Question(f"cmnd/{self._topic}/{name}", value.encode(), (f"stat/{self._topic}/{answer}",))


class Shelly2:
    """A device by its prefix, such as ``shellyplusplugs-a0b1c2d3e4f5``."""

    def __init__(self, topic: str, me: str, channel: int = 0) -> None:
        """`me` is where its answers go: ``ME/rpc``."""
        self._topic = topic
        self._me = me
        self._channel = channel
        self._number = 0

    def topics(self) -> tuple[str, ...]:
        """Its answers to us, and its last will."""
        return (f"{self._me}/rpc", f"{self._topic}/online")

    def gone(self, said: Said) -> bool | None:
        """``false`` on ``PREFIX/online``."""
        return said.payload == b"false" if said.topic == f"{self._topic}/online" else None

    def ask(self) -> tuple[Question, ...]:
        """Its switch."""
        return (self._call("Switch.GetStatus"),)

    def order(self, on: bool, back_after_s: int | None) -> tuple[Question, ...]:
        """With its own timer."""
        back = {"toggle_after": back_after_s} if back_after_s else {}
        return (self._call("Switch.Set", on=on, **back),)

    def limit(self, watts: int) -> tuple[Question, ...]:
        """Set, then looked at."""
        return (self._call("Switch.SetConfig", config={"power_limit": watts}), self._call("Switch.GetConfig"))

    def reading(self, payloads: Payloads) -> OutletReading:
        """Answers on ``ME/rpc``, notifications on ``PREFIX/events/rpc`` or a ``PREFIX/status/switch:0``."""
        return _together(payloads.values(), lambda payload: shelly2.decode(payload, self._channel))

    def _call(self, method: str, **params: object) -> Question:
        """A call with a number of its own, by which its answer is known."""
        self._number += 1
        number = self._number
        call = {"id": number, "src": self._me, "method": method, "params": {"id": self._channel, **params}}

        def fits(said: Said) -> bool:
            """Whether this is the answer to this call, and not to one that was given up."""
            try:
                return parsed(said.payload).get("id") == number
            except Refused:
                return False

        return Question(f"{self._topic}/rpc", json.dumps(call).encode(), (f"{self._me}/rpc",), fits)


class Shelly1:
    """A device by its id, such as ``shellyplug-s-040BAD``. It has neither timer nor limit over MQTT."""

    def __init__(self, topic: str, _me: str, channel: int = 0) -> None:
        """Its messages begin with ``shellies/ID`` unless another prefix is told."""
        self._topic = topic if "/" in topic else f"shellies/{topic}"
        self._relay = f"{self._topic}/relay/{channel}"

    def topics(self) -> tuple[str, ...]:
        """Its relay and meter, and its last will."""
        return (f"{self._relay}/#", f"{self._topic}/online")

    def gone(self, said: Said) -> bool | None:
        """``false`` on ``shellies/ID/online``."""
        return said.payload == b"false" if said.topic == f"{self._topic}/online" else None

    def ask(self) -> tuple[Question, ...]:
        """Have it say everything anew."""
        answers = (self._relay, f"{self._relay}/power", f"{self._relay}/energy")
        return (Question(f"{self._topic}/command", b"update", answers),)

    def order(self, on: bool, back_after_s: int | None) -> tuple[Question, ...]:
        """No timer: what cannot give power back by itself is not switched as if it could."""
        if back_after_s:
            raise SaidNo("over MQTT a Shelly of the first generation has no timer that switches back")
        return (Question(f"{self._relay}/command", b"on" if on else b"off", (self._relay,)),)

    def limit(self, watts: int) -> tuple[Question, ...]:  # noqa: ARG002  it takes none this way
        """Set over HTTP only."""
        return ()

    def reading(self, payloads: Payloads) -> OutletReading:
        """``on``, ``off`` or ``overpower`` of the relay, its watts, and its watt-minutes."""
        state = payloads.get(self._relay, b"")
        if not payloads.keys() & {self._relay, f"{self._relay}/power", f"{self._relay}/energy"}:
            raise Malformed(f"nothing of {self._relay} is in it")
        watt_minutes = _number(payloads.get(f"{self._relay}/energy"))
        return checked(
            OutletReading(
                on={b"on": True, b"off": False, b"overpower": False}.get(state),
                watts=_number(payloads.get(f"{self._relay}/power")),
                wh=None if watt_minutes is None else watt_minutes * shelly1.WATT_MINUTE,
                alarms=(shelly1.OVER,) if state == b"overpower" else (),
                source=shelly1.SOURCE,
            )
        )


FAMILIES: Mapping[str, Callable[[str, str, int], Family]] = {
    "shelly2": Shelly2,
    "shelly1": Shelly1,
    "tasmota": Tasmota,
}


def device(family: str, topics: tuple[str, ...]) -> str:
    """The device that some topics belong to; `Malformed` where none of them is of this family's form."""
    form = {"tasmota": r"(?:stat|tele|cmnd)/(.+)/[^/]+", "shelly1": r"(.+)/relay/\d+(?:/.*)?"}
    found = next((match[1] for one in topics if (match := re.fullmatch(form.get(family, "(.*)"), one))), None)
    if found is None:
        raise Malformed("a line is a topic, a blank and what was said on it, as `mosquitto_sub -v` prints it")
    return found


def _together(payloads: Iterable[bytes], decode: Callable[[bytes], OutletReading]) -> OutletReading:
    """One reading of everything that is one; receipts of orders are none. The first refusal if none is."""
    readings, reasons = [], []
    for payload in payloads:
        try:
            readings.append(decode(payload))
        except SaidNo:
            raise
        except Refused as error:
            reasons.append(error)
    if not readings:
        raise reasons[0] if reasons else NotAnAnswer("there is no message in it")
    return together(readings)


def _number(payload: bytes | None) -> float | None:
    """A bare number; anything else is none."""
    try:
        return None if payload is None else float(payload)
    except ValueError:
        return None
