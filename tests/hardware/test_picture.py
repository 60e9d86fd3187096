"""The simulated printer's paper as a picture: as wide as the real one, with codes that a telephone reads."""

from __future__ import annotations

import json
import socket
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from hardware.printer.encoder import encode
from hardware.printer.profile import PROFILES, Profile
from hardware.simulated.picture import MARGIN, png
from hardware.simulated.printer import SimulatedPrinter
from hardware.simulated.stall import SimulatedStall
from kiosk.cli import main
from tests.hardware.conftest import Row

RING = b"\x1dv0\x00\x02\x00\x10\x00" + b"\xff\xff" + b"\x80\x01" * 14 + b"\xff\xff"
"""A frame of 16 x 16 dots."""


def drawn(rows: list[Row], profile: Profile, logo: bytes = b"") -> Image.Image:
    """Some rows on paper, through the JSON that a stall answers."""
    printer = SimulatedPrinter(profile)
    printer.receive(encode(rows, profile, logo))
    printer.work()
    told = [line.told() for line in printer.paper.lines]
    answer = {"drawn": told, "dots": profile.dots, "font": profile.font}
    return Image.open(BytesIO(png(json.loads(json.dumps(answer)))))


def ink(picture: Image.Image) -> int:
    """Dark dots."""
    return sum(picture.convert("L").histogram()[:128])


@pytest.mark.parametrize("name", PROFILES)
def test_a_code_can_be_read_from_the_picture_on_every_paper(name: str) -> None:
    profile = PROFILES[name]
    picture = drawn(
        [Row("Käse"), Row(qr="https://x.example/R/A-000123", align="centre"), Row(cut=True)], profile
    )
    assert picture.width == profile.dots + 2 * MARGIN
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == ["https://x.example/R/A-000123"]


def test_a_code_in_another_charset_is_drawn_byte_for_byte() -> None:
    epc = "BCD\n002\n2\nSCT\n\nKäthes Höft\nDE89370400440532013000\nEUR1"
    (code,) = zxingcpp.read_barcodes(drawn([Row(qr=epc)], PROFILES["80mm"]))
    assert code.bytes == epc.encode("latin-1")


def test_a_full_line_fills_the_paper_and_big_letters_are_twice_as_large() -> None:
    profile = PROFILES["80mm"]
    full = drawn([Row("M" * 48)], profile).point(lambda dot: 255 - dot).getbbox()
    assert full is not None and full[0] < MARGIN + 12 and full[2] > MARGIN + profile.dots - 12
    plain, bold, big = (drawn([row], profile) for row in (Row("M"), Row("M", bold=True), Row("M", big=True)))
    assert ink(plain) < ink(bold) < ink(big)
    assert big.height > plain.height


@pytest.mark.parametrize(("align", "left"), [("left", 0), ("centre", 184), ("right", 368)])
def test_a_picture_stands_where_it_was_put_dot_by_dot(align: Any, left: int) -> None:
    picture = drawn([Row(logo=True, align=align)], PROFILES["58mm"], RING)
    frame = picture.crop((MARGIN + left, MARGIN, MARGIN + left + 16, MARGIN + 16))
    assert frame.getpixel((0, 0)) == frame.getpixel((15, 15)) == 0
    assert frame.getpixel((8, 8)) == 255
    assert ink(picture) == ink(frame) == 60


def test_letters_a_font_lacks_are_drawn_as_their_closest_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    from hardware.simulated import picture

    picture._font.cache_clear()
    monkeypatch.setattr(picture, "FONTS", ())
    assert drawn([Row("é")], PROFILES["80mm"]).tobytes() == drawn([Row("e")], PROFILES["80mm"]).tobytes()
    picture._font.cache_clear()


def test_no_paper_is_a_blank_picture() -> None:
    assert ink(Image.open(BytesIO(png({"drawn": [], "dots": 384, "font": "a"})))) == 0


def test_kiosk_sim_draws_the_paper_of_a_running_stall(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "paper.png"
    with SimulatedStall(tmp_path, PROFILES["58mm"]) as stall:
        table = stall.devices()["printer"]
        with socket.create_connection((str(table["host"]), int(str(table["port"])))) as wire:
            wire.sendall(b"\x1b@hello\n\x10\x04\x01")
            wire.recv(1)
        assert main(["--shop", str(tmp_path), "sim", "paper", "--png", str(file)]) == 0
    assert str(file) in capsys.readouterr().out
    assert Image.open(file).size == (384 + 2 * MARGIN, 30 + 2 * MARGIN)
