"""The voice of the locker's screen: newest words win, the same is not repeated, a missing program is told."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

import pytest

from kiosk.station.voice import Voice

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")


def a_program(folder: Path, script: str) -> str:
    """A program that speaks into a file."""
    file = folder / "speaks"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


def spoken(file: Path, count: int) -> list[str]:
    """What was said, once there is so much of it."""
    never = threading.Event()
    for _look in range(600):
        lines = file.read_text().splitlines() if file.exists() else []
        if len(lines) >= count:
            return lines
        never.wait(0.05)
    raise AssertionError(f"never said: {count} lines")


def test_words_are_one_argument_in_the_language(tmp_path: Path) -> None:
    said = tmp_path / "said"
    voice = Voice(a_program(tmp_path, f'echo "$2|$3|$4|$#" >> {said}'))
    voice.say("Door 7; $(reboot)", "en")
    assert spoken(said, 1) == ["en|--|Door 7; $(reboot)|4"]
    voice.say("Door 7; $(reboot)", "en")  # the same again is not repeated
    voice.say("Danke", "de")
    assert spoken(said, 2)[1:] == ["de|--|Danke|4"]


def test_newer_words_end_the_older(tmp_path: Path) -> None:
    said = tmp_path / "said"
    voice = Voice(a_program(tmp_path, f'echo "$4" >> {said}; test "$4" = long && exec sleep 60'))
    voice.say("long", "en")
    spoken(said, 1)
    voice.say("short", "en")
    assert spoken(said, 2) == ["long", "short"]


def test_a_missing_program_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    voice = Voice("/no/such/voice")
    with caplog.at_level(logging.ERROR):
        voice.say("hello", "en")
        assert voice._thread is not None
        voice._thread.join(10)
    assert "is not read aloud" in caplog.text
