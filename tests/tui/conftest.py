"""Tests of the screen speak English and write British numbers, whatever ran before them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def the_same_words() -> Iterator[None]:
    """English words and British numbers, whatever the test before spoke."""
    from kiosk.i18n import set_language, set_locale

    set_language("en")
    set_locale("en_GB", "UTC")
    yield
    set_language("en")
    set_locale("en_GB", "")
