"""Outlets through a real mosquitto: asked, switched, lost and found again; passwords and TLS are its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from hardware.device import Event
from hardware.power.outlets.outlet import SmartOutlet
from hardware.power.outlets.reading import OutletRead
from hardware.registry import make
from hardware.simulated.outlet import SimulatedOutlet
from hardware.simulated.outletmqtt import Kind, OutletAtBroker
from hardware.supervisor import Supervisor
from hardware.wire.broker import Account, Broker

FAMILIES: tuple[Kind, ...] = ("tasmota", "shelly2", "shelly1")
MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
DEADLINE_S = 20.0


class Mosquitto:
    """One broker on one port of this machine."""

    def __init__(self, folder: Path, *lines: str) -> None:
        """Write its settings; `lines` are more of them."""
        if MOSQUITTO is None:
            words = "mosquitto is not here: install the package mosquitto"
            if os.environ.get("BARROW_REAL_PARTS") == "required":
                pytest.fail(words)
            pytest.skip(words)
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port: int = taken.getsockname()[1]
        self._file = folder / "mosquitto.conf"
        usual = (f"listener {self.port} 127.0.0.1", "persistence false", "user root")
        self._file.write_text("\n".join((*usual, *(lines or ("allow_anonymous true",)))) + "\n")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run it; it is there when it can be connected to."""
        self._process = subprocess.Popen(
            [str(MOSQUITTO), "-c", str(self._file)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + DEADLINE_S
        while time.monotonic() < until:
            assert self._process.poll() is None, "mosquitto ended at once"
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            threading.Event().wait(0.02)
        raise AssertionError("mosquitto does not listen")

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(DEADLINE_S)


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mosquitto]:
    """A broker that takes everybody."""
    running = Mosquitto(tmp_path_factory.mktemp("mosquitto"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def plugged(broker: Mosquitto) -> Iterator[Callable[[Kind, str], OutletAtBroker]]:
    """How to plug an outlet in; each is unplugged in the end."""
    twins: list[OutletAtBroker] = []

    def plug(kind: Kind, topic: str) -> OutletAtBroker:
        twins.append(OutletAtBroker(kind, topic, SimulatedOutlet(48), broker.port))
        twins[-1].start()
        return twins[-1]

    yield plug
    for twin in twins:
        twin.stop()


def driver(kind: str, topic: str, port: int) -> SmartOutlet:
    made = make(f"outlet-{kind}-mqtt", "lamp", {"topic": topic, "broker": f"127.0.0.1:{port}"})
    assert isinstance(made, SmartOutlet)
    return made


def found(made: SmartOutlet) -> None:
    """Open it as its supervisor does: again and again, until the outlet has found its broker too."""
    until = time.monotonic() + DEADLINE_S
    while True:
        try:
            made.open()
        except OSError:
            if time.monotonic() > until:
                raise
        else:
            return


@pytest.mark.parametrize("kind", FAMILIES)
def test_an_outlet_is_read_switched_and_given_back_through_a_broker(
    kind: Kind, broker: Mosquitto, plugged: Callable[[Kind, str], OutletAtBroker]
) -> None:
    twin, made = plugged(kind, f"{kind}_1"), driver(kind, f"{kind}_1", broker.port)
    found(made)
    first = made._look()
    assert (first.reading.on, first.reading.watts) == (True, 48)
    assert first.reading.wh == pytest.approx(1200, abs=1)
    order = made.switch(False, None if kind == "shelly1" else 60)
    assert made._look().reading.on is False
    assert order.result(0).on is False
    assert twin.outlet.on is False
    assert (twin.outlet.back_after_s is None) is (kind == "shelly1")
    made.close()


def test_what_the_broker_had_kept_is_no_reading_and_a_last_will_is_the_reason(
    broker: Mosquitto, plugged: Callable[[Kind, str], OutletAtBroker]
) -> None:
    twin, made = plugged("shelly1", "plug_2"), driver("shelly1", "plug_2", broker.port)
    found(made)
    assert made._look().reading.on is True  # which the broker keeps from now on
    made.close()
    twin.vanish()
    again = driver("shelly1", "plug_2", broker.port)
    with pytest.raises(OSError, match="last will"):
        again.open()
    again.close()


def test_a_broker_that_comes_back_is_found_again(tmp_path: Path) -> None:
    own, heard = Mosquitto(tmp_path), threading.Condition()
    reads: list[OutletRead] = []

    def hear(event: Event) -> None:
        if isinstance(event, OutletRead):
            with heard:
                reads.append(event)
                heard.notify_all()

    def heard_again() -> bool:
        before = len(reads)
        with heard:
            return heard.wait_for(lambda: len(reads) > before + 1, DEADLINE_S)

    own.start()
    twin = OutletAtBroker("tasmota", "lamp_3", SimulatedOutlet(12), own.port)
    twin.start()
    made = driver("tasmota", "lamp_3", own.port)
    made._every_s = 0.05
    supervisor = Supervisor(made, hear, wait=lambda event, _seconds: event.wait(0.05))
    supervisor.start()
    assert heard_again()
    own.stop()
    own.start()
    assert heard_again()
    assert supervisor.stop()
    twin.stop()
    own.stop()


def test_a_broker_with_a_password_refuses_a_wrong_one_and_none(tmp_path: Path) -> None:
    passwords, right, wrong = (tmp_path / name for name in ("passwords", "right", "wrong"))
    own = Mosquitto(tmp_path, "allow_anonymous false", f"password_file {passwords}")
    passwd = shutil.which("mosquitto_passwd")
    assert passwd is not None
    subprocess.run([passwd, "-c", "-b", str(passwords), "till", "s3cret ä"], check=True, capture_output=True)
    right.write_text("s3cret ä\nthe second line is a note\n")
    wrong.write_text("secret\n")
    own.start()
    try:
        for account in (
            Account(port=own.port),
            Account(port=own.port, user="till", password_file=str(wrong)),
        ):
            with pytest.raises(ConnectionRefusedError, match=r"[Nn]ot authori[sz]ed"):
                Broker(account, "barrow/test", ("x",)).open(lambda _said: None)
        good = Broker(Account(port=own.port, user="till", password_file=str(right)), "barrow/test", ("x",))
        good.open(lambda _said: None)
        good.close()
        with pytest.raises(FileNotFoundError):
            Broker(Account(port=own.port, user="till", password_file="gone"), "b", ("x",)).open(print)
    finally:
        own.stop()


def test_a_broker_over_tls_is_checked_with_the_shop_s_own_certificate(tmp_path: Path) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    own = Mosquitto(tmp_path, "allow_anonymous true", f"certfile {cert}", f"keyfile {key}")
    names = ("-subj", "/CN=stall", "-addext", "subjectAltName=IP:127.0.0.1")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names]
    subprocess.run([*command, "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    own.start()
    try:
        good = Broker(Account(port=own.port, tls=True, ca=str(cert)), "barrow/test", ("x",))
        good.open(lambda _said: None)
        good.close()
        for account in (Account(port=own.port, tls=True), Account(port=own.port)):
            with pytest.raises(OSError, match=r"[Cc]ertificate|closed|reset"):
                Broker(account, "barrow/test", ("x",)).open(lambda _said: None)
    finally:
        own.stop()
