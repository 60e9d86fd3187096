"""Tests of the screen share their fakes by plain module names beside this file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def the_same_words() -> Iterator[None]:
    """English words and British numbers, whatever the test before spoke."""
    from kiosk.i18n import set_language, set_locale

    set_language("en")
    set_locale("en_GB", "UTC")
    yield
    set_language("en")
    set_locale("en_GB", "")
