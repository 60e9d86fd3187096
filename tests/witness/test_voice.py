"""The locker's voice through the real espeak-ng: it makes sound of our words, in both languages."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import wave
from pathlib import Path

import pytest

from kiosk.i18n import speaking
from kiosk.pickup.visit import Page, Visit
from kiosk.station.voice import Voice
from kiosk.tui.lockerpages import page
from kiosk.tui.lockershown import Here
from kiosk.tui.readaloud import spoken

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the program is wrapped in a shell script")


@pytest.fixture
def espeak() -> str:
    """The real program, or the reason why not."""
    found = shutil.which("espeak-ng")
    if found is None:
        words = "espeak-ng is not here: install the package espeak-ng"
        (pytest.fail if os.environ.get("BARROW_REAL_PARTS") == "required" else pytest.skip)(words)
    return str(found)


@pytest.mark.parametrize("code", ["en", "de"])
def test_a_page_becomes_sound(code: str, espeak: str, tmp_path: Path) -> None:
    file, done = tmp_path / "page.wav", tmp_path / "done"
    script = tmp_path / "into-a-file"
    script.write_text(f'#!/bin/sh\n"{espeak}" -w "{file}" "$@" && : >"{done}"\n')
    script.chmod(0o755)
    visit = Visit(Page.DOOR, box=7)
    with speaking(code):
        words = spoken(visit, page(visit, Here(code, ("S",), speaks=True)))
    voice, never = Voice(str(script), speed=150), threading.Event()
    voice.say(words, code)
    for _look in range(400):
        if done.exists():
            break
        never.wait(0.05)
    voice.close()
    with wave.open(str(file)) as sound:
        seconds = sound.getnframes() / sound.getframerate()
        samples = memoryview(sound.readframes(sound.getnframes())).cast("h")
    # Eleven words at 150 a minute are four and a half seconds, and some pauses; silence is no speech.
    assert 3 < seconds < 10
    assert max(samples) > 2000
