"""A logo is drawn by a process of its own and kept privately; one that is not fit is refused in words."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from hardware.printer import logo as logos
from hardware.printer.drawlogo import FRAGMENT, MOST_DOTS_HIGH
from hardware.printer.logo import HEAR, MUTE, BadPicture, harmless, logo
from hardware.printer.profile import PROFILES
from hardware.simulated.printer import _REAL_TIME
from hardware.simulated.tokenizer import Token, Tokenizer

WIDE, NARROW, EPSON = PROFILES["80mm"], PROFILES["58mm"], PROFILES["tm-t88"]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A red disc on glass, 600 x 300."""
    image = Image.new("RGBA", (600, 300), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((10, 10, 590, 290), fill=(200, 30, 30, 255))
    image.save(tmp_path / "logo.png")
    return tmp_path / "logo.png"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def tokens(job: bytes) -> list[Token]:
    reader = Tokenizer()
    reader.feed(job)
    found = []
    while (token := reader.next()) is not None:
        found.append(token)
    assert len(reader) == 0
    return found


def size(token: Token) -> tuple[int, int]:
    """Dots across and down of one raster command."""
    _m, _zero, low, high, rows, more = token.parameters
    return (low | high << 8) * 8, rows | more << 8


def test_a_logo_is_raster_in_small_pieces_that_fit_the_paper(picture: Path, cache: Path) -> None:
    pieces = tokens(logo(picture, NARROW, cache))
    assert {token.name for token in pieces} == {"raster"}
    assert all(size(token)[1] <= FRAGMENT and token.size <= 2048 for token in pieces)
    assert all(size(token)[0] <= NARROW.dots for token in pieces)
    assert sum(size(token)[1] for token in pieces) <= MOST_DOTS_HIGH


def test_the_picture_on_paper_is_the_picture_in_the_file(picture: Path, cache: Path) -> None:
    pieces = tokens(logo(picture, WIDE, cache))
    wide, high = size(pieces[0])[0], sum(size(token)[1] for token in pieces)
    paper = Image.frombytes("1", (wide, high), b"".join(token.content for token in pieces))
    black = {at: bool(paper.getpixel(at)) for at in ((wide // 2, high // 2), (2, 2), (wide - 10, high - 2))}
    assert list(black.values()) == [True, False, False], "a disc: black in the middle, white in the corners"


@pytest.mark.parametrize("kind", ["JPEG", "GIF", "BMP"])
def test_other_kinds_of_pictures(kind: str, tmp_path: Path, cache: Path) -> None:
    Image.new("RGB", (64, 16), (0, 0, 0)).save(tmp_path / "logo", kind)
    (piece,) = tokens(logo(tmp_path / "logo", WIDE, cache))
    assert piece.content == b"\xff" * (64 * 16 // 8)


def test_epsons_are_told_to_ignore_real_time_commands_meanwhile(picture: Path, cache: Path) -> None:
    plain, muted = logo(picture, WIDE, cache), logo(picture, EPSON, cache)
    assert muted == MUTE + plain + HEAR
    assert bytes.fromhex("1d 28 44 03 00 14 01 00") == MUTE


@given(st.lists(st.sampled_from([0x10, 0x04, 0x05, 0x14, 0x01, 0x00, 0xFF]), max_size=60).map(bytes))
def test_no_picture_holds_a_real_time_command(raster: bytes) -> None:
    assert _REAL_TIME.search(harmless(raster)) is None
    assert len(harmless(raster)) == len(raster)


def test_a_logo_is_drawn_once(picture: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = logo(picture, WIDE, cache)
    monkeypatch.setattr(logos.subprocess, "run", lambda *_a, **_k: pytest.fail("drawn again"))
    assert logo(picture, WIDE, cache) == first


def test_another_picture_under_the_same_name_is_another_logo(picture: Path, cache: Path) -> None:
    first = logo(picture, WIDE, cache)
    Image.new("1", (8, 8), 0).save(picture)
    assert logo(picture, WIDE, cache) != first


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_its_folder_is_for_its_owner_only_and_nothing_else_is_left_in_it(picture: Path, cache: Path) -> None:
    cache.mkdir(mode=0o777)
    cache.chmod(0o777)
    logo(picture, WIDE, cache)
    assert cache.stat().st_mode & 0o777 == 0o700
    left = {file.suffix for file in cache.iterdir()}
    assert left == {".bin", ".pickle"}, "escpos's temporary folder is gone"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_folder_that_may_be_somebody_elses_is_refused(picture: Path, cache: Path, tmp_path: Path) -> None:
    cache.symlink_to(tmp_path)
    with pytest.raises(PermissionError):
        logo(picture, WIDE, cache)


def png(width: int, height: int) -> bytes:
    """The head of a picture of this size, with little behind it."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


HOSTILE = {
    "a bomb": (png(60_000, 60_000), "pixels"),
    "cut off": (png(100, 100)[:60], "truncated|broken"),
    "no picture": (b"#!/bin/sh\nrm -rf /\n", "cannot identify"),
    "a drawing": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot identify"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "cannot identify"),
    "empty": (b"", "cannot identify"),
    "too long": (b"\x89PNG\r\n\x1a\n" + b"x" * 1_100_000, "1,000,000 bytes"),
}


@pytest.mark.parametrize(("content", "words"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_picture_is_refused_in_words(
    content: bytes, words: str, tmp_path: Path, cache: Path
) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(content)
    with pytest.raises(BadPicture, match=words) as caught:
        logo(file, WIDE, cache)
    assert "\n" not in str(caught.value)
    assert [one.name for one in cache.glob("*.bin")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes and devices in folders")
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, cache: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder.png").mkdir()
    for name in ("pipe.png", "folder.png", "missing.png"):
        with pytest.raises(BadPicture, match="no such file"):
            logo(tmp_path / name, WIDE, cache)


def test_a_drawing_that_takes_too_long_is_given_up(
    picture: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logos, "PATIENCE_S", 0.0)
    with pytest.raises(BadPicture, match="too long"):
        logo(picture, WIDE, cache)


def test_the_till_itself_loads_neither_pillow_nor_escpos_and_says_nothing(picture: Path, cache: Path) -> None:
    script = (
        "import logging, sys; from pathlib import Path; from hardware.printer.logo import logo\n"
        "from hardware.printer.profile import PROFILES\n"
        f"assert logo(Path({str(picture)!r}), PROFILES['80mm'], Path({str(cache)!r}))\n"
        "assert not {'escpos', 'PIL', 'yaml'} & set(sys.modules)\n"
        "assert not logging.getLogger().handlers\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
