"""The voice of the locker's screen: newest words win, a visit's end is silence, no child hangs or stays."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.station import voice as module
from kiosk.station.voice import Voice

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the program is a script, and /proc tells of it"
)

TALKS = 'echo "$4" >> {said}; case "$4" in long*) echo $$ >> {ids}; sleep 60 & echo $! >> {ids}; wait;; esac'
"""Says words into a file; long ones take a minute, in a child of the script as a player would be."""


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., Voice]]:
    """Voices that speak through a script, and are closed in the end."""
    made: list[Voice] = []

    def a_voice(script: str, **options: Any) -> Voice:
        file = tmp_path / "speaks"
        file.write_text(f"#!/bin/sh\n{script.format(said=tmp_path / 'said', ids=tmp_path / 'ids')}\n")
        file.chmod(0o755)
        made.append(Voice(str(file), **options))
        return made[-1]

    yield a_voice
    for one in made:
        one.close()
        assert one._thread is None or not one._thread.is_alive()


def until(true: Callable[[], Any]) -> Any:
    """Wait for another process, at most half a minute."""
    never = threading.Event()
    for _look in range(600):
        if found := true():
            return found
        never.wait(0.05)
    raise AssertionError("it never came to that")


def lines(file: Path, count: int) -> list[str]:
    """What a file says, once there is so much of it."""
    return list(
        until(lambda: file.exists() and len(all_of := file.read_text().splitlines()) >= count and all_of)
    )


def gone(process: str) -> bool:
    """Whether a process has ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_words_are_one_argument_in_the_language(make: Callable[..., Voice], tmp_path: Path) -> None:
    voice = make('echo "$*|$#" >> {said}', device="plughw:1", speed=150)
    voice.say("Door 7; $(reboot)", "en")
    first = "-d plughw:1 -s 150 -v en -- Door 7; $(reboot)|8"
    assert lines(tmp_path / "said", 1) == [first]
    voice.say("Door 7; $(reboot)", "en")  # the same again is not repeated
    voice.say("Danke", "de")
    assert lines(tmp_path / "said", 2) == [first, "-d plughw:1 -s 150 -v de -- Danke|8"]


def test_newer_words_end_the_older_and_its_player(make: Callable[..., Voice], tmp_path: Path) -> None:
    voice = make(TALKS)
    voice.say("long", "en")
    ids = lines(tmp_path / "ids", 2)
    voice.say("short", "en")
    assert lines(tmp_path / "said", 2) == ["long", "short"]
    until(lambda: all(map(gone, ids)))


def test_a_visits_end_is_silence_and_the_next_one_hears_it_all_again(
    make: Callable[..., Voice], tmp_path: Path
) -> None:
    voice = make(TALKS)
    voice.say("long", "en")
    ids = lines(tmp_path / "ids", 2)
    voice.hush()
    until(lambda: all(map(gone, ids)))
    voice.say("long", "en")
    assert lines(tmp_path / "said", 2) == ["long", "long"]
    lines(tmp_path / "ids", 4)


def test_the_end_of_the_program_leaves_no_child(make: Callable[..., Voice], tmp_path: Path) -> None:
    voice = make(TALKS)
    voice.say("long", "en")
    ids = lines(tmp_path / "ids", 2)
    voice.close()
    until(lambda: all(map(gone, ids)))
    voice.say("late", "en")
    assert (tmp_path / "said").read_text() == "long\n"


def test_a_sound_card_that_hangs_is_given_up(
    make: Callable[..., Voice],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    voice = make(TALKS)
    with monkeypatch.context() as hurried:
        hurried.setattr(module, "DEADLINE_S", 0.1)
        voice.say("long", "en")
        until(lambda: "did not come to an end" in caplog.text)
    voice.say("short", "en")
    until(lambda: (said := tmp_path / "said").exists() and "short" in said.read_text())


def test_words_cut_before_the_program_had_started_are_never_heard(
    make: Callable[..., Voice], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = make(TALKS)
    starting, go = threading.Event(), threading.Event()
    popen = module.subprocess.Popen

    def slow(*args: Any, **options: Any) -> Any:
        starting.set()
        assert go.wait(10)
        return popen(*args, **options)

    monkeypatch.setattr(module.subprocess, "Popen", slow)
    voice.say("long", "en")
    assert starting.wait(10)
    voice.hush()  # does not wait for the program that starts
    go.set()
    voice.say("short", "en")
    until(lambda: (said := tmp_path / "said").exists() and "short" in said.read_text())
    ids = (tmp_path / "ids").read_text().split() if (tmp_path / "ids").exists() else []
    until(lambda: all(map(gone, ids)))


@pytest.mark.parametrize(
    ("script", "words"),
    [("echo 'error: No such file or directory' >&2", "No such file"), ("exit 3", "it ended with 3")],
)
def test_what_is_wrong_is_told_once(
    script: str, words: str, make: Callable[..., Voice], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    voice = make(script + "\necho $4 >> {said}" if "exit" not in script else f"echo $4 >> {{said}}; {script}")
    with caplog.at_level(logging.ERROR):
        for count, page in enumerate(("one", "two", "three"), 1):
            voice.say(page, "en")
            lines(tmp_path / "said", count)
            until(lambda: voice._talking is None)
        until(lambda: words in caplog.text)
    assert caplog.text.count("is not read aloud") == 1


def test_a_missing_program_is_told_once_and_holds_up_nobody(caplog: pytest.LogCaptureFixture) -> None:
    voice = Voice("/no/such/voice")
    with caplog.at_level(logging.ERROR):
        voice.say("hello", "en")
        until(lambda: "is not read aloud" in caplog.text)
        voice.say("again", "en")
        voice.close()
    assert caplog.text.count("is not read aloud") == 1
