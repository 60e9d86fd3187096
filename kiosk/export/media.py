"""Finds a USB stick to write to: what the system has mounted that can be taken away."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.i18n import _


class NoStick(FileNotFoundError):
    """No USB stick is mounted; nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("No USB stick is mounted; nothing was written. Plug one in, or name a folder."))


class SeveralSticks(ValueError):
    """More than one stick is mounted; nothing was written."""

    def __init__(self, places: list[Path]) -> None:
        named = ", ".join(map(str, places))
        super().__init__(
            _("There are several USB sticks: {places}. Name the folder to write to.").format(places=named)
        )


def stick() -> Path:
    """Return the one stick there is; NoStick or SeveralSticks."""
    places = [place for place in mounted() if os.access(place, os.W_OK)]
    if not places:
        raise NoStick
    if len(places) > 1:
        raise SeveralSticks(places)
    return places[0]


def mounted(volumes: Path = Path("/Volumes")) -> list[Path]:
    """Return where removable media are mounted; empty where the system does not say (Windows).

    On macOS all of `volumes` is, but for the link to the disk the system runs from.
    """
    if sys.platform == "linux":
        return removable(Path("/proc/self/mountinfo").read_text("utf-8"), Path("/sys"))
    if sys.platform == "darwin":
        return sorted(place for place in volumes.iterdir() if place.is_dir() and not place.is_symlink())
    return []


def removable(mountinfo: str, sysfs: Path) -> list[Path]:
    """Return the mount points of removable disks, in the order of `/proc/self/mountinfo` (see proc(5)).

    The disk the system itself runs from is none, also where a Pi has started from a USB disk.
    """
    found = [(device, place) for device, place in _mounts(mountinfo, sysfs) if _is_removable(device)]
    roots = {_disk(device) for device, place in _mounts(mountinfo, sysfs) if place == Path("/")}
    return list(dict.fromkeys(place for device, place in found if _disk(device) not in roots))


def _mounts(mountinfo: str, sysfs: Path) -> Iterator[tuple[Path, Path]]:
    """Yield each mounted block device, as its folder in sysfs, and where it is mounted."""
    for line in mountinfo.splitlines():
        fields = line.split()
        node = sysfs / "dev" / "block" / fields[2] if len(fields) > 4 else sysfs
        if len(fields) > 4 and node.exists():
            yield node.resolve(), Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[4]))


def _disk(device: Path) -> Path:
    """Return the disk a partition is on; a disk without partitions is its own."""
    return device.parent if (device / "partition").exists() else device


def _is_removable(device: Path) -> bool:
    """Tell whether a block device hangs on USB or says that it can be taken away."""
    if "/usb" in str(device):
        return True
    try:
        return (_disk(device) / "removable").read_text("ascii").strip() == "1"
    except OSError:
        return False
