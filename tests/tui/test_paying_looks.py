"""Every paying screen as text, at the three sizes; the scenes are in `scenes.py`.

BARROW_UPDATE_GOLDEN=1 rewrites them; look at them then.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.hands import SIZES
from tests.tui.looks import same_as_golden
from tests.tui.scenes import SCENES, playing


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCENES)
async def test_it_looks_as_it_did(name: str, size: tuple[int, int], tmp_path: Path) -> None:
    async with playing(name, tmp_path, size) as on:
        same_as_golden(on.app, f"pay-{name}-{size[0]}x{size[1]}")
