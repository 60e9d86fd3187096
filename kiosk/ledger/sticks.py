"""Notices a stick that is not plugged in: its folder may stay behind, on a disk that was not meant."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

PLACES = (Path("/media"), Path("/run/media"), Path("/Volumes"))
"""Where systems mount what is plugged in, and nothing else (FHS 3.0, 3.11; udisks; macOS)."""


def is_unplugged(folder: Path, is_mount: Callable[[Path], bool] = os.path.ismount) -> bool:
    """Whether a folder is where sticks are mounted while nothing is mounted at it or above it."""
    where = folder.resolve()
    for place in PLACES:
        if where != place and where.is_relative_to(place):
            inside = [one for one in (where, *where.parents) if one != place and one.is_relative_to(place)]
            return not any(is_mount(one) for one in inside)
    return False
