"""A logo on emupos's paper is the picture in the file, dot by dot, and the drawer works again after it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops, ImageDraw

from hardware.printer.encoder import encode
from hardware.printer.logo import logo
from hardware.printer.profile import PROFILES
from kiosk.catalogue.paper import Row

if TYPE_CHECKING:
    from tests.witness.conftest import Press


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A ring, black on white, 200 x 100."""
    image = Image.new("1", (200, 100), 1)
    ImageDraw.Draw(image).ellipse((20, 5, 180, 95), outline=0, width=12)
    image.save(tmp_path / "logo.png")
    return tmp_path / "logo.png"


@pytest.mark.parametrize(("wire", "name"), [("narrow", "58mm"), ("middle", "80mm-42"), ("front", "80mm")])
def test_the_logo_comes_out_dot_by_dot(
    press: Press, picture: Path, tmp_path: Path, wire: str, name: str
) -> None:
    profile = PROFILES[name]
    raster = logo(picture, profile, tmp_path / "cache")
    with press.opened(wire, profile) as printer:
        rows = [Row(logo=True, align="centre"), Row("Mia's Stall", align="centre"), Row(cut=True)]
        printer.send(encode(rows, profile, raster))
    paper, _ = press.emupos.receipt(wire)
    wanted, printed = Image.open(picture).convert("L"), Image.open(BytesIO(paper.png)).convert("L")
    left = (printed.width - wanted.width) // 2
    there = printed.crop((left, 0, left + wanted.width, wanted.height))
    assert ImageChops.difference(there, wanted).getbbox() is None
    assert paper.lines[-1].strip() == "Mia's Stall"


def test_after_a_picture_the_drawer_opens_without_paper_again(
    press: Press, picture: Path, tmp_path: Path
) -> None:
    """emupos knows neither ``GS ( D`` nor ``GS ( H`` and says so; it knows everything else in the job."""
    profile = PROFILES["tm-t20"]
    raster = logo(picture, profile, tmp_path / "cache")
    with press.opened("front", profile) as printer:
        printer.send(encode([Row(logo=True), Row("x"), Row(cut=True)], profile, raster))
        _, before = press.emupos.receipt("front")
        press.emupos.fault("front", "paper-out")
        printer.pulse()
        press.emupos.wait("front", "drawer.opened", "pin 2")
    odd = [seen.words for seen in before if seen.kind == "printer.command.unknown"]
    assert odd[:2] == [
        "skipped unknown bytes 1d 28 44 03 00 14 01 00",
        "skipped unknown bytes 1d 28 44 03 00 14 01 01",
    ]
    assert all(words.startswith("skipped unknown bytes 1d 28 48 06 00 30 30") for words in odd[2:])
