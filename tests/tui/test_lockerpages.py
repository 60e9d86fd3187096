"""What the locker's pages say, in every language: it fits, and is drawn in letters for two metres."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from kiosk.i18n import language, set_language
from kiosk.pickup.compartment import Purpose
from kiosk.pickup.visit import Page, Visit
from kiosk.tui.lockerpages import page
from kiosk.tui.lockershown import Here, Shown
from kiosk.tui.widgets.glyphs import word_rows


@pytest.mark.parametrize("code", ["en", "de"])
def test_what_a_locker_says_in_large_fits_the_smallest_screen_in_every_language(code: str) -> None:
    set_language(code)
    for shown in every_page():
        assert not shown.title or word_rows(shown.title, 76, 4), shown.title
        for key in shown.keys:
            assert cell_len(key.label) <= 36 or word_rows(key.label, 36, 6), key.label


def every_page() -> list[Shown]:
    """Every page of the locker's screen, for every purpose."""
    here = Here(language(), ("S", "M", "L", "XL"), low_boxes=True, speaks=True)
    return [
        page(Visit(one, purpose, box=16, ref="AP123", words=words), here)
        for one in Page
        for purpose in (Purpose.PICKUP, Purpose.RETURN, Purpose.AGAIN, Purpose.PUT_BACK)
        for words in ("", "remind", "inside", "empty", "stuck")
    ]


def test_long_words_stand_on_two_lines_of_one_size() -> None:
    rows = word_rows("this is not mine", 36, 6)
    assert (len(rows), len({len(row) for row in rows})) == (6, 1)
    assert word_rows("naïve", 60, 4) == ()
