"""The console font: everything the till draws with is in it, and reads back with kbd's own tool."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.e2e.terminal import need
from tests.image.fonts import SCRIPT, console_font, psf1

STOCK = Path("/usr/share/consolefonts/Uni2-TerminusBold16.psf.gz")
GOLDEN = Path(__file__).parents[1] / "tui" / "golden"


def test_letters_of_other_scripts_make_room_and_latin_stays() -> None:
    font = console_font.read(psf1(["A", "<", ">", ".", "-", " ", "ä", "─━"]))
    made = console_font.read(console_font.write(console_font.extend(font)))
    assert set("A<>.- ä─━") <= made.known
    assert set(console_font.DRAWN) <= made.known
    assert made.glyphs[0] == font.glyphs[0]
    assert len(made.glyphs) == 512


def test_a_block_is_drawn_as_large_as_it_is_called() -> None:
    font = console_font.extend(console_font.read(psf1([*"A<>.- "])))

    def ink(sign: str) -> list[str]:
        at = next(n for n, row in enumerate(font.characters) if sign in row)
        return [f"{row:08b}" for row in font.glyphs[at]]

    assert ink("▂") == ["00000000"] * 6 + ["11111111"] * 2
    assert ink("▌") == ["11110000"] * 8
    assert ink("▘") == ["11110000"] * 4 + ["00000000"] * 4
    assert "1" in "".join(ink("✓"))


def test_a_sign_the_stock_font_only_approximates_is_ours_alone() -> None:
    font = console_font.extend(console_font.read(psf1(["A", "<", ">", ".", "- ", "█▓"])))
    assert sum("█" in row for row in font.characters) == 1
    assert any(row == {"▓"} for row in font.characters)


@pytest.mark.parametrize(
    "raw", [b"", b"GIF89a", b"\x36\x04\x00\x10" + bytes(4096), psf1(["A"])[:900], psf1(["A"])[:-20]]
)
def test_what_is_no_font_is_refused(raw: bytes) -> None:
    with pytest.raises(console_font.NotAFont):
        console_font.read(raw)


def test_a_font_full_of_latin_letters_has_no_room() -> None:
    full = psf1([chr(0x100 + n) for n in range(512)])
    with pytest.raises(console_font.NotAFont, match="no glyph to spare"):
        console_font.extend(console_font.read(full))


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    script = [sys.executable, str(SCRIPT)]
    (tmp_path / "no-font").write_bytes(b"hello")
    done = subprocess.run(
        [*script, str(tmp_path / "no-font"), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "no PSF font" in done.stderr
    assert not (tmp_path / "out").exists()
    assert subprocess.run(script, capture_output=True, check=False).returncode == 2


def test_the_stock_font_becomes_one_that_shows_every_screen(tmp_path: Path) -> None:
    if not STOCK.exists():
        need("", "console-setup-linux")
    need("psfgettable", "kbd")
    made = console_font.write(console_font.extend(console_font.read(STOCK.read_bytes())))
    (tmp_path / "barrow.psf").write_bytes(made)
    listed = subprocess.run(
        ["psfgettable", str(tmp_path / "barrow.psf")], capture_output=True, text=True, check=True
    ).stdout
    known = {chr(int(word[2:], 16)) for word in listed.split() if word.startswith("U+")}
    drawn = set("".join(file.read_text("utf-8") for file in sorted(GOLDEN.iterdir()) if file.is_file()))
    names = {letter for letter in drawn if unicodedata.name(letter, "").startswith("ARABIC")}
    assert drawn - known - names - {"\n", "₹"} == set()  # those, and the rupee sign, need cage and foot
    assert set("äöüßÄÖÜéèàçñåøœ€„“”łśćżőčšž") <= known
