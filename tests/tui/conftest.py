"""Tests of the screen speak English, write British numbers and have true colours, wherever they run."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from kiosk.i18n import set_language, set_locale


@pytest.fixture(autouse=True)
def the_same_screen_everywhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take the surroundings out of the picture."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(gc, "freeze", lambda: None)  # what is frozen stays: a thousand tills are 2 GB
    set_language("en")
    set_locale("en_GB", "UTC")
    yield
    set_language("en")
    set_locale("en_GB", "")
