"""Every paying screen as text, at the three sizes; the scenes are in `scenes.py`.

BARROW_UPDATE_GOLDEN=1 rewrites them; look at them then. On each of them every key can be touched, and is told
with the key of the keyboard that does the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.keypad import SHIFT
from tests.tui.hands import SIZES, key_places
from tests.tui.looks import same_as_golden
from tests.tui.scenes import SCENES, playing

WITHOUT_HINT = {"00", SHIFT}
"""Besides letters and digits, which say themselves what to press."""


def keys_of(app: Any) -> list[tuple[KeyGrid, Any]]:
    """Every key on the screen that can be pressed, with its field."""
    return [
        (grid, key) for grid in app.screen.query(KeyGrid) if grid.display for key in grid.keys if key.enabled
    ]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCENES)
async def test_it_looks_as_it_did(name: str, size: tuple[int, int], tmp_path: Path) -> None:
    async with playing(name, tmp_path, size) as on:
        same_as_golden(on.app, f"pay-{name}-{size[0]}x{size[1]}")
        places = key_places(on.app)
        for grid, key in keys_of(on.app):
            assert on.app.screen.get_widget_at(*places[key.id])[0] is grid, f"{key.id} cannot be touched"
            hinted = key.hint or len(key.id) == 1 or key.id in WITHOUT_HINT
            assert hinted, f"{key.id} does not tell its key"
