"""Lets a failed comparison say what differs, and gives each test a terminal of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import demo

pytest.register_assert_rewrite("tests.e2e.terminal")

from tests.e2e.terminal import Terminal, need  # noqa: E402 - rewritten from here on


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal of 100 x 30, in which nothing runs yet."""
    need("tmux", "tmux")
    opened = Terminal(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo shop, which every test gets a copy of."""
    return demo.build(tmp_path_factory.mktemp("pattern") / "shop", language="en", timezone="UTC").folder


@pytest.fixture
def shop(pattern: Path, tmp_path: Path) -> Path:
    """A shop of this test's own."""
    return Path(shutil.copytree(pattern, tmp_path / "shop"))
