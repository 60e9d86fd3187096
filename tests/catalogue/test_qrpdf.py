"""The PDF sheet writes every name rightly with the fonts there are, or refuses and says what to do."""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from kiosk.catalogue import qrpdf, typefaces
from kiosk.catalogue.lists import QuickList
from kiosk.catalogue.typefaces import NoFont, NoShaping
from kiosk.cli import main
from kiosk.ledger.connection import Ledger

SRI_LANKA = "ශ්\u200dරී ලංකා"
NAMES = (
    "Κεριά και κούπες",
    "Свечи и кружки",
    SRI_LANKA,
    "தேநீர் குவளை",
    "كوب وشمعة",
    f"Tea {SRI_LANKA}",
    "€ 5",
)


def lists(*names: str) -> list[QuickList]:
    """A list for each name."""
    return [QuickList("ABCD2345", name) for name in names]


@pytest.fixture
def noto() -> Sequence[Path]:
    """The fonts that Debian's package brings."""
    fonts = typefaces.installed(typefaces.folders())
    if {"NotoSansSinhala-Regular.ttf", "NotoSansTamil-Regular.ttf"} - {file.name for file in fonts}:
        words = "Noto Sans is not here: install the package fonts-noto-core"
        pytest.fail(words) if os.environ.get("BARROW_REAL_PARTS") == "required" else pytest.skip(words)
    return fonts


def embedded(sheet: bytes) -> set[str]:
    """The names of the fonts in a PDF, without the tag of their subset."""
    return {name.decode() for name in re.findall(rb"/BaseFont /(?:[A-Z]{6}\+)?([A-Za-z-]+)", sheet)}


def test_western_names_need_no_font_of_this_machine() -> None:
    many = lists("Mugs", "Töpfe & Çay", *"abcdefghijk")
    sheet = qrpdf.pdf(many, fonts=())
    assert sheet.startswith(b"%PDF") and sheet.count(b"/Type /Page\n") == 2
    assert embedded(sheet) == {"Helvetica", "Helvetica-Bold"}
    assert qrpdf.pdf((), fonts=()).startswith(b"%PDF")


def test_every_script_is_written_with_a_font_that_has_it(noto: Sequence[Path]) -> None:
    found = embedded(qrpdf.pdf(lists(*NAMES), fonts=noto))
    assert {"NotoSansSinhalaBold", "NotoSansTamilBold"} <= found, found


@pytest.mark.parametrize(("word", "font"), [(SRI_LANKA.split(maxsplit=1)[0], "Sinhala"), ("தேநீர்", "Tamil")])
def test_letters_that_join_are_as_wide_as_the_shaping_engine_says(
    word: str, font: str, noto: Sequence[Path]
) -> None:
    file = next(one for one in noto if one.name == f"NotoSans{font}-Regular.ttf")
    shaped = uharfbuzz.Buffer()
    shaped.add_str(word)
    shaped.guess_segment_properties()
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file)))
    uharfbuzz.shape(uharfbuzz.Font(face), shaped)
    advance = sum(place.x_advance for place in shaped.glyph_positions)
    sheet = qrpdf.Sheet()
    sheet.add_font("face", "", file)
    sheet.set_text_shaping(True)
    sheet.set_font("face", "", 10)
    assert sheet.get_string_width(word) * sheet.k == pytest.approx(advance / face.upem * 10, rel=0.002)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_no_font_writes_is_refused(name: str) -> None:
    with pytest.raises(NoFont, match=r"fonts-noto-core.*--svg"):
        qrpdf.pdf(lists("Mugs", name), fonts=())


def test_a_script_that_needs_shaping_is_refused_without_the_engine(
    monkeypatch: pytest.MonkeyPatch, noto: Sequence[Path]
) -> None:
    monkeypatch.setattr(typefaces, "shaper_is_here", lambda: False)
    qrpdf.pdf(lists("Свечи и кружки"), fonts=noto)
    with pytest.raises(NoShaping, match="pip install uharfbuzz"):
        qrpdf.pdf(lists(SRI_LANKA), fonts=noto)


def test_a_line_of_wide_letters_stays_in_its_tile(
    noto: Sequence[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[float, float]] = []

    def cell(sheet: qrpdf.Sheet, width: float, _height: float, _text: str) -> None:
        written.append((sheet.get_x(), sheet.get_x() + width))

    monkeypatch.setattr(qrpdf.Sheet, "cell", cell)
    qrpdf.pdf(lists("மெழுகுவர்த்திகளும்குவளைகளும்", "W" * 28), fonts=noto)
    assert written and all(70 * (x // 70) <= x and end <= 70 * (x // 70 + 1) for x, end in written)


def test_an_accent_typed_apart_is_put_on_its_letter() -> None:
    sheet = qrpdf.pdf(lists("Cafe\u0301"), fonts=())
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", sheet, re.DOTALL)
    drawn = b"".join(zlib.decompress(stream) for stream in streams if stream[:1] == b"x")
    assert b"Caf\xe9" in drawn


@pytest.mark.parametrize(
    ("platform", "environment", "wanted"),
    [
        ("linux", {}, "/usr/share/fonts"),
        ("darwin", {}, "/System/Library/Fonts"),
        ("win32", {"WINDIR": "D:\\Windows", "LOCALAPPDATA": "D:\\Mia"}, "D:\\Windows/Fonts"),
    ],
)
def test_fonts_are_looked_for_where_the_system_keeps_them(
    platform: str, environment: dict[str, str], wanted: str
) -> None:
    assert wanted in [folder.as_posix() for folder in typefaces.folders(environment, platform)]


def test_a_folder_that_is_not_there_has_no_fonts(tmp_path: Path) -> None:
    assert typefaces.installed([tmp_path / "none"]) == []


def test_a_damaged_font_file_is_passed_over(tmp_path: Path, noto: Sequence[Path]) -> None:
    (tmp_path / "DejaVuSans.ttf").write_bytes(b"not a font")
    file = next(one for one in noto if one.name == "NotoSans-Regular.ttf")
    chosen = typefaces.covering("Кружки", [tmp_path / "DejaVuSans.ttf", file])
    assert [face.file for face in chosen] == [file]
    with TTFont(file) as font:
        assert ord("К") in font.getBestCmap()


def test_the_command_writes_no_file_that_would_be_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shop.toml").write_text('[shop]\nname = "Test"\ncurrency = "LKR"\n[tax.A]\nrate = "0.18"\n')
    Ledger.create(tmp_path / "ledger.db", currency="LKR").close()
    shop = ("--shop", str(tmp_path), "quicklist")
    assert main((*shop, "create", SRI_LANKA)) == 0
    capsys.readouterr()
    monkeypatch.setattr(typefaces, "folders", lambda: [])
    svg, pdf = tmp_path / "sheet.svg", tmp_path / "sheet.pdf"
    assert main((*shop, "print", "--no-paper", "--svg", str(svg), "--pdf", str(pdf))) == 2
    assert "fonts-noto-core" in capsys.readouterr().err
    assert not svg.exists() and not pdf.exists()
    assert main((*shop, "print", "--no-paper", "--svg", str(svg))) == 0
    assert json.loads(capsys.readouterr().out)["files"] == [str(svg)]
    assert SRI_LANKA in svg.read_text("utf-8")
