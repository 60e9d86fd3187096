"""A shop without devices, and a simulated stall beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.simulated.stall import SimulatedStall
from kiosk import demo, i18n
from kiosk.settings import FILE

COMMENT = "# hands off: this line is the owner's\n"


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("walk") / "shop"
    demo.build(folder, language="en", timezone="UTC")
    return folder


@pytest.fixture
def shop(pattern: Path, tmp_path: Path) -> Path:
    """A shop's folder with settings of its own and no device."""
    i18n.set_language("en")
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / FILE).write_text((pattern / FILE).read_text("utf-8") + COMMENT, "utf-8")
    return folder


@pytest.fixture
def german(shop: Path) -> Iterator[None]:
    """German is spoken, and English again afterwards: other tests run in this process too."""
    i18n.set_language("de")
    yield
    i18n.set_language("en")


@pytest.fixture
def stall() -> Iterator[SimulatedStall]:
    with SimulatedStall() as running:
        yield running
