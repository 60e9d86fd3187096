"""One connection to an MQTT broker: ask on a topic, wait for the answer, never past a deadline.

No thread of its own: the broker is listened to while something is waited for. A message that the broker had
kept (its retain flag is set) says how it was, nobody knows when; it is no answer. What is asked or ordered
goes out with QoS 0 and unretained: a broker keeps QoS 1 for who is away, and an outlet that comes back in an
hour must not do then what was wanted now. Answers are subscribed to with QoS 1.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import paho.mqtt.client as paho
    from paho.mqtt.reasoncodes import ReasonCode

PORT, TLS_PORT = 1883, 8883
KEEPALIVE_S = 60
"""A broker drops who was silent for one and a half times as long; a look comes every 30 s at least."""
CONNECT_S = 3.0
MOST = 65536
"""Bytes of the longest message listened to."""


class NoMqtt(OSError):
    """The library is not installed."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where a broker is, and what it wants to be shown."""

    host: str = "127.0.0.1"
    port: int = PORT
    user: str = ""
    password_file: str = ""
    """Its first line is the password: no settings file and no log ever holds it."""
    tls: bool = False
    ca: str = ""
    """A file of certificates that the broker's is checked with; empty for the system's."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message."""

    topic: str
    payload: bytes
    kept: bool = False
    """The broker had kept it; it may be of last year."""


def is_here(host: str) -> bool:
    """Whether a broker is on this machine, so that nobody can listen in."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class Broker:
    """A connection, opened and used by one thread; `close` may come from another."""

    def __init__(self, account: Account, name: str, topics: Iterable[str]) -> None:
        """`name` is unique on the broker; its last will is told on ``NAME/online``. Nothing is opened yet."""
        self._account = account
        self._name = name
        self._topics = tuple(topics)
        self._client: paho.Client | None = None
        self._refused = ""
        self._ready = False
        self._hear: Callable[[Said], None] = lambda _said: None

    def open(self, hear: Callable[[Said], None]) -> None:
        """Connect and subscribe; from now on every message goes to `hear`. ``OSError`` when that fails."""
        self._hear, self._ready, self._refused = hear, False, ""
        client = self._client = self._made()
        try:
            client.connect(self._account.host, self._account.port, KEEPALIVE_S)
            self.listen(lambda: self._ready, CONNECT_S)
        except ValueError as error:  # paho's word for a host or certificate that cannot be used
            self.close()
            raise OSError(errno.EINVAL, f"the broker cannot be used: {error}") from error
        except OSError:
            self.close()
            raise
        client.publish(f"{self._name}/online", "true", qos=1, retain=True)

    def send(self, topic: str, payload: bytes) -> None:
        """Send a message; ``OSError`` when there is no connection."""
        self._opened().publish(topic, payload, qos=0, retain=False)

    def listen(self, enough: Callable[[], bool], within_s: float) -> None:
        """Listen until there is enough; ``TimeoutError`` when there is not in time, ``OSError`` when lost."""
        until = time.monotonic() + within_s
        while not enough():
            left_s = until - time.monotonic()
            if left_s <= 0:
                raise TimeoutError(errno.ETIMEDOUT, "the broker is there, and nobody answers through it")
            code = self._opened().loop(left_s)
            if self._refused:
                raise ConnectionRefusedError(errno.ECONNREFUSED, f"the broker refuses: {self._refused}")
            if code != 0:
                raise ConnectionResetError(errno.ECONNRESET, "the broker closed the connection")

    def close(self) -> None:
        """Say goodbye, so that the last will is not told, and let go; safe twice."""
        client, self._client = self._client, None
        if client is not None:
            client.publish(f"{self._name}/online", "false", qos=1, retain=True)
            client.disconnect()

    def _opened(self) -> paho.Client:
        if self._client is None:
            raise ConnectionResetError(errno.ECONNRESET, "the connection to the broker was let go")
        return self._client

    def _made(self) -> paho.Client:
        """A client that does nothing by itself, not even reconnect: that is the supervisor's."""
        try:
            import paho.mqtt.client as paho
            from paho.mqtt.enums import CallbackAPIVersion
        except ImportError as missing:
            raise NoMqtt(errno.ENOSYS, "paho-mqtt is not installed: pip install 'barrow[mqtt]'") from missing
        account = self._account
        client = paho.Client(CallbackAPIVersion.VERSION2, client_id=self._name.replace("/", "-"))
        client.connect_timeout = CONNECT_S
        if account.user:
            client.username_pw_set(account.user, _first_line(account.password_file))
        if account.tls:
            client.tls_set(ca_certs=account.ca or None)
        client.will_set(f"{self._name}/online", "false", qos=1, retain=True)
        client.on_connect = self._connected
        client.on_subscribe = self._subscribed
        client.on_message = self._came
        return client

    def _connected(
        self, client: paho.Client, _own: object, _flags: object, code: ReasonCode, _more: object
    ) -> None:
        if code.is_failure:
            self._refused = str(code)
        else:
            client.subscribe([(topic, 1) for topic in self._topics])

    def _subscribed(
        self, _client: object, _own: object, _number: int, codes: list[ReasonCode], _more: object
    ) -> None:
        refused = [str(code) for code in codes if code.is_failure]
        self._refused, self._ready = ", ".join(refused), not refused

    def _came(self, _client: object, _own: object, message: paho.MQTTMessage) -> None:
        if len(message.payload) <= MOST:
            self._hear(Said(message.topic, bytes(message.payload), message.retain))


def _first_line(path: str) -> str | None:
    """The password; none without a file."""
    return Path(path).read_text(encoding="utf-8").partition("\n")[0].rstrip("\r") if path else None
