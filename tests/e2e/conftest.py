"""Lets a failed comparison say what differs, and gives each test a terminal of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.e2e.terminal")

from tests.e2e.terminal import Terminal, need  # noqa: E402 - rewritten from here on


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal of 100 x 30, in which nothing runs yet."""
    need("tmux", "tmux")
    opened = Terminal(tmp_path)
    yield opened
    opened.close()
