"""Solar controllers over Modbus: pymodbus, which knows nothing of us, answers our questions on the wire."""

from __future__ import annotations

import json
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from hardware.power.asked import Asked
from hardware.power.refused import SaidNo
from hardware.registry import make
from tests.witness.parts import need

EPEVER = {
    **dict.fromkeys(range(0x3100, 0x3112), 0), 0x3100: 1850, 0x3101: 312, 0x3102: 5772, 0x3104: 1302,
    0x3110: 2150, 0x331A: 1303, 0x331B: 0xFF38, 0x331C: 0xFFFF, 0x330C: 43, 0x330D: 0, 0x3201: 0b1011,
}  # fmt: skip
RENOGY = {
    **dict.fromkeys(range(0x0100, 0x0122), 0),
    0x0100: 84,
    0x0101: 132,
    0x0102: 320,
    0x0103: 0x1983,
    0x0109: 45,
}


@contextmanager
def controller(unit: int, registers: Mapping[int, int]) -> Iterator[str]:
    """A running controller; gives the address of its wire."""
    python = need("pymodbus", "pymodbus/bin/python")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    script = Path(__file__).with_name("controller.py")
    process = subprocess.Popen(
        [str(python), str(script), str(port), str(unit)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(registers) + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == "ready\n"
        yield f"socket://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait(5)
        process.stdin.close()
        process.stdout.close()


def looked(kind: str, **table: object) -> Asked:
    """A controller's driver, opened."""
    made = make(kind, "sun", table)
    assert isinstance(made, Asked)
    made.open()
    return made


def test_an_epever_s_questions_are_answered() -> None:
    with controller(1, EPEVER) as address:
        driver = looked("solar-epever", address=address)
        reading = driver._look().reading
        driver.close()
    assert (reading.volts, reading.amps, reading.solar_w, reading.solar_wh) == (13.03, 2.0, 57.72, 430)
    assert (reading.celsius, reading.state) == (21.5, "boost")


def test_a_renogy_s_questions_are_answered() -> None:
    with controller(255, RENOGY) as address:
        driver = looked("solar-renogy", address=address)
        reading = driver._look().reading
        driver.close()
    assert (reading.soc, reading.volts, reading.amps, reading.solar_w, reading.celsius) == (
        0.84,
        13.2,
        -3.2,
        45,
        -3,
    )


def test_a_register_it_does_not_have_is_refused_and_not_read_as_zero() -> None:
    with controller(1, {0x0001: 1}) as address:
        driver = looked("solar-epever", address=address)
        with pytest.raises(SaidNo, match="no such register"):
            driver._look()
        driver.close()
