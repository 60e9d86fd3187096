"""What is read aloud at the locker: pages and warnings, no digit of a code, nothing after the visit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.i18n import language, set_language
from kiosk.pickup.compartment import Purpose
from kiosk.pickup.visit import Page, Visit
from kiosk.tui.lockerpages import page
from kiosk.tui.lockershown import Here
from kiosk.tui.readaloud import ReadAloud
from kiosk.tui.screens.locker import REST_AFTER_MS
from tests.tui.hands import press, till
from tests.tui.test_locker import a_locker, at_locker

CODE = "48210934"


class Ears:
    """Hears what would be said."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []

    def say(self, words: str, spoken_language: str) -> None:
        """Words come."""
        self.heard.append((words, spoken_language))

    def hush(self) -> None:
        """It is cut off."""
        self.heard.append(("", ""))


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Start in English, and leave the language as it was."""
    before = language()
    set_language("en")
    yield
    set_language(before)


def read(aloud: ReadAloud, visit: Visit, now_s: float = 0) -> None:
    """Show a page."""
    shown = page(visit, Here(language(), ("S", "M"), speaks=True))
    aloud.read(visit, shown, now_s)


def begun() -> tuple[ReadAloud, Ears]:
    """Somebody has pressed `*`."""
    ears = Ears()
    aloud = ReadAloud(ears)  # type: ignore[arg-type]
    aloud.begin()
    return aloud, ears


def test_nothing_is_said_before_the_star_and_nothing_after_the_end() -> None:
    ears = Ears()
    aloud = ReadAloud(ears)  # type: ignore[arg-type]
    read(aloud, Visit())
    assert ears.heard == []
    aloud.begin()
    read(aloud, Visit(Page.DOOR, box=7))
    aloud.end()
    read(aloud, Visit())
    door = "Take your parcel. Door 7 is open. Push it shut when you have your parcel. 3: this is not mine."
    assert ears.heard == [(door, "en"), ("", "")]


def test_of_a_code_no_digit_is_ever_said() -> None:
    aloud, ears = begun()
    visit = Visit(Page.CODE)
    for digit in CODE:
        visit = visit.digit(digit, 0)
        read(aloud, visit)
    read(aloud, visit.to(Page.LOOK, 0))
    assert ears.heard[2][0] == "star, star, star"
    assert not any(letter.isdecimal() for words, _ in ears.heard for letter in words)


def test_keys_are_said_as_they_are_called() -> None:
    aloud, ears = begun()
    read(aloud, Visit(Page.CODE))
    assert "star key: one digit back" in ears.heard[-1][0]
    set_language("de")
    read(aloud, Visit(Page.DONE, Purpose.PICKUP))
    words, spoken_language = ears.heard[-1]
    assert (spoken_language, "Raute-Taste: fertig" in words) == ("de", True)


def test_that_a_page_closes_soon_is_said_once_and_does_not_repeat_the_page() -> None:
    aloud, ears = begun()
    visit = Visit(Page.CODE, since_s=0)
    for second in range(60):
        read(aloud, visit, second)
    assert [words for words, _ in ears.heard][1:] == ["This page closes in 20 seconds; any key keeps it."]
    read(aloud, visit.touched(59), 59)
    read(aloud, visit.touched(59), 100)
    assert len(ears.heard) == 3


def test_without_a_voice_nothing_happens() -> None:
    aloud = ReadAloud(None)
    aloud.begin()
    read(aloud, Visit(Page.HELP))
    aloud.end()


async def test_from_the_star_on_a_whole_visit_is_read_in_its_language_and_its_end_is_silence() -> None:
    station, ears = a_locker(), Ears()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        screen.aloud._voice = ears  # type: ignore[assignment]
        await press(pilot, "3", "asterisk", "number_sign")
        assert screen.visit.page is Page.IDLE
        await press(pilot, "asterisk", "1", "4", "8")  # the help's own keys begin as well
        said = [words for words, _ in ears.heard]
        assert said[0].startswith("Hilfe")
        assert said[1].startswith("Hier abholen")
        assert said[-1] == "Stern, Stern"
        assert {spoken_language for _, spoken_language in ears.heard} == {"de"}
        await press(pilot, "escape")
        assert ears.heard[-1] == ("", "")
        await press(pilot, "1")
        assert ears.heard[-1] == ("", "")


async def test_a_screen_that_rests_reads_nothing_to_whoever_comes_next() -> None:
    station, ears = a_locker(), Ears()
    async with till(station) as (app, pilot):
        screen = await at_locker(app, pilot)
        screen.aloud._voice = ears  # type: ignore[assignment]
        await press(pilot, "asterisk", "escape")
        assert ears.heard[-1][0].startswith("Collect here")
        app._used_ms -= REST_AFTER_MS + 1
        screen.refresh_standing()
        assert screen.visit.page is Page.REST
        assert ears.heard[-1] == ("", "")
