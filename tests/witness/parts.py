"""Where the witnesses are: real parts that nobody here wrote, fetched by `tests/witness/install`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("BARROW_WITNESS", HERE / ".witness"))
"""What `tests/witness/install` was given."""


def need(name: str, path: str) -> Path:
    """The part at a path in the folder, or skip with the reason.

    Where all real parts are required a missing one fails, unless the installer says why it cannot be had.
    """
    part, missing = FOLDER / path, FOLDER / f"{name}.missing"
    if part.exists():
        return part
    if missing.exists():
        pytest.skip(missing.read_text().strip())
    words = f"{name} is not here: run tests/witness/install"
    if os.environ.get("BARROW_REAL_PARTS") == "required":
        pytest.fail(words)
    pytest.skip(words)
