"""Every reason that `hardware` gives is told in the person's language, with what was filled into it."""

from __future__ import annotations

import ast
import errno
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from serial import SerialException

import hardware
from hardware.options import BadOptions
from hardware.printer.errors import PaperOut
from kiosk import i18n
from kiosk.station.reasons import reason, words

HOUSE = Path(hardware.__file__).parent
DECODING = {
    "daly", "decoders", "epever", "instant", "jbd", "kinds", "modbus", "pasted", "renogy", "vedirect",
    "vedirect_hex", "boards", "gauges", "ina219", "pijuice", "pisugar", "registers", "waveshare_e",
}  # fmt: skip
"""Modules whose refusals only `kiosk decode` shows: set-up says of such a meter that it says nothing."""
UNSHOWN = {"BadFrame", "QrTooLong", "NotDigits", "NoCalibration", "EOFError", "KeyError"}
"""Caught by whoever can do something about them, and said in other words."""


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    i18n.set_language("de")
    yield
    i18n.set_language("en")


def test_what_was_filled_in_stays_and_what_was_said_in_it_is_translated() -> None:
    assert words("no input device 05e0:1200 is plugged in") == "kein Eingabegerät 05e0:1200 ist eingesteckt"
    assert words("the port was lost: Input/output error") == "der Anschluss ging verloren: Ein-/Ausgabefehler"
    assert words("board 2 does not answer (silence): look at address and cable") == (
        "Platine 2 antwortet nicht (Stille): nach Adresse und Kabel sehen"
    )
    assert words("lamp: it is empty") == "lamp: es ist leer"
    assert words("{tricky} 100 % [x]") == "{tricky} 100 % [x]"
    assert words("") == ""


def test_errors_of_every_kind_are_told() -> None:
    problems = ["baud: 7, must be one of 9600, 19200", "colour: no such option"]
    assert reason(BadOptions("scale", problems)) == (
        "baud: 7, muss sein: eines von 9600, 19200; colour: gibt es hier nicht"
    )
    assert reason(PaperOut()) == "der Drucker hat kein Papier"
    assert reason(FileNotFoundError(errno.ENOENT, "No such file or directory", "/dev/x")) == (
        "Datei oder Verzeichnis nicht gefunden"
    )
    serial = SerialException(errno.EBUSY, "could not open port /dev/x: [Errno 16] Device or resource busy")
    assert reason(serial) == "Das Gerät ist belegt"
    assert reason(SerialException("Attempting to use a port that is not open")) != ""
    assert reason(ValueError()) == "ValueError"


def messages() -> Iterator[tuple[str, str]]:
    """Each text that an error of `hardware` is raised with, with where it stands; what is filled in is 7."""
    for file in sorted(HOUSE.rglob("*.py")):
        if "simulated" in file.parts or file.stem in DECODING:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                name = node.exc.func.id if isinstance(node.exc.func, ast.Name) else ""
                shown = () if name in UNSHOWN else node.exc.args
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                shown = node.args if node.func.attr in {"_wrong", "append"} else ()
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                shown = node.args if node.func.id in {"BusError", "_refuse_waiting"} else ()
            else:
                continue
            for part in shown:
                for text in texts(part):
                    yield f"{file.name}:{node.lineno}", text


def texts(node: ast.AST) -> Iterator[str]:
    """The texts an argument is made of."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "7" for part in node.values)  # type: ignore[misc]
    elif isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant):
        yield f"{node.left.value}7"  # type: ignore[str-bytes-safe]
    elif isinstance(node, ast.List | ast.Tuple | ast.ListComp):
        for part in node.elts if isinstance(node, ast.List | ast.Tuple) else [node.elt]:
            yield from texts(part)


def test_every_message_of_hardware_is_known() -> None:
    found = [(where, text) for where, text in messages() if re.search(r"[a-z]{2,} [a-z]{2,}", text)]
    assert len(found) > 80, "or the messages are looked for in the wrong way"
    english = [(where, text) for where, text in found if any(run in words(text) for run in runs(text))]
    assert not english, english


def runs(text: str) -> list[str]:
    """Its own words, two and more in a row."""
    return [
        run.strip()
        for run in re.split(r"7|[:;(),'`]|pip install", text)
        if re.search(r"[a-z]{2,} [a-z]{2,}", run)
    ]
