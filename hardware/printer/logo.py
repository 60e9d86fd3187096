"""The shop's logo as printer bytes: drawn once, kept in a private folder, refused when it is not fit.

Called in the thread that prints. The drawing itself happens in a process of its own (`drawlogo`).
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from hardware.printer.drawlogo import MOST_BYTES
from hardware.printer.profile import Profile

SCRIPT = Path(__file__).with_name("drawlogo.py")
WIDTH = 384
"""Dots across at most: 48 mm, all of narrow paper; more only costs time and power."""
PATIENCE_S = 60.0
"""Drawing takes half a second on a PC and ten on the first Pi: python-escpos reads its printers first."""
MUTE = b"\x1d(D\x03\x00\x14\x01\x00"
HEAR = b"\x1d(D\x03\x00\x14\x01\x01"
"""``GS ( D`` function 20: the drawer's real-time pulse off and on (Epson)."""
_REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")
"""How DLE EOT, DLE ENQ and DLE DC4 begin; a printer obeys them even inside a picture."""


class BadPicture(ValueError):
    """A picture that cannot be printed; receipts are printed without it."""


def logo(file: Path, profile: Profile, cache: Path) -> bytes:
    """The picture as bytes for this printer. Raises `BadPicture`, or ``OSError`` for a bad cache folder.

    `cache` is made if missing, for its owner only: python-escpos unpickles from it what it once left there.
    """
    width = min(profile.dots, WIDTH)
    _make_private(cache)
    kept = cache / f"logo-{_fingerprint(file)}-{width}.bin"
    try:
        raster = kept.read_bytes()
    except FileNotFoundError:
        raster = harmless(_draw(file, width, cache))
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_bytes(raster)
        part.replace(kept)
    return MUTE + raster + HEAR if profile.genuine else raster


def harmless(raster: bytes) -> bytes:
    """The same picture without a real-time command in it: one more dot where one would begin.

    Switching them off (`MUTE`) is not enough: a printer obeys while it receives, and mutes when it prints.
    """
    return _REAL_TIME.sub(b"\x18", raster)


def _fingerprint(file: Path) -> str:
    """What tells this picture from another."""
    if not file.is_file():
        raise BadPicture(f"{file}: there is no such file")
    with file.open("rb") as stream:
        return sha256(stream.read(MOST_BYTES)).hexdigest()[:16]


def _draw(file: Path, width: int, cache: Path) -> bytes:
    """Run the process that draws."""
    command = [sys.executable, "-P", str(SCRIPT), str(file.resolve()), str(width)]
    own = {"ESCPOS_CAPABILITIES_PICKLE_DIR": str(cache), "TMPDIR": str(cache), "TEMP": str(cache)}
    try:
        done = subprocess.run(  # noqa: S603  our own script and a path
            command,
            env={**os.environ, **own},
            cwd=cache,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BadPicture(f"{file}: drawing it takes too long") from None
    finally:
        for left in cache.glob("tmp*"):  # the folder that escpos makes at every start and never uses
            if left.is_dir():
                left.rmdir()
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines() or ["it cannot be drawn"]
        raise BadPicture(f"{file}: {words[-1]}")
    return done.stdout


def _make_private(folder: Path) -> None:
    """Make the folder for this user only; ``PermissionError`` when it is somebody else's."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if sys.platform == "win32":
        return
    there = folder.lstat()
    if not stat.S_ISDIR(there.st_mode) or there.st_uid != os.geteuid():
        raise PermissionError(f"{folder} is not a folder of this user's")
    if stat.S_IMODE(there.st_mode) & 0o077:
        folder.chmod(0o700)
