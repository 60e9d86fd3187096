"""Code 128 on paper: exactly these bytes, and read back by zxing from the paper of every kind of printer."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hardware.printer import bars
from hardware.printer.encoder import encode
from hardware.printer.profile import PROFILES
from hardware.simulated.picture import png
from hardware.simulated.printer import _REAL_TIME, SimulatedPrinter
from tests.hardware.conftest import Row

EPSON = PROFILES["80mm"]
HEAD = b"\n\x1dh\x40\x1dw\x03\x1dH\x00"
"""64 dots high, 3 dots a module, no characters below (Epson: GS h, GS w, GS H)."""


def read(picture: Any) -> list[str]:
    """The bar codes in a picture."""
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.Code128)
    return [code.text for code in found]


def test_two_digits_are_one_sign_of_set_c() -> None:
    """GS k 73 6 {C 48 21 09 37 (Epson: function B, m = 73)."""
    assert bars.encode("48210937", EPSON) == HEAD + b"\x1dkI\x06{C\x30\x15\x09\x25\n"


def test_a_pair_that_would_be_a_dle_is_written_in_set_b() -> None:
    """16 04 in set C is DLE EOT, which a printer answers even inside a code."""
    assert bars.encode("16040937", EPSON) == HEAD + b"\x1dkI\x0a{B16040937\n"


def test_longer_codes_are_finer_on_narrow_paper() -> None:
    narrow = PROFILES["58mm"]
    assert not narrow.native_qr
    drawn = bars._native("16040937", narrow.dots)
    assert b"\x1dw\x02" in drawn


@given(st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_no_code_has_a_real_time_command_in_it(digits: str) -> None:
    for profile in (EPSON, PROFILES["58mm"]):
        assert _REAL_TIME.search(bars.encode(digits, profile)) is None


@pytest.mark.parametrize("digits", ["", "123", "12a4", "١٢٣٤"])
def test_what_is_no_even_number_of_digits_is_refused(digits: str) -> None:
    with pytest.raises(bars.NotDigits):
        bars.encode(digits, EPSON)


@pytest.mark.parametrize("digits", ["48210937", "00000016", "16161616", "99485044"])
@pytest.mark.parametrize("profile", ["80mm", "80mm-42", "58mm", "58mm-42"])
def test_it_is_read_back_from_the_paper(profile: str, digits: str) -> None:
    printer = SimulatedPrinter(PROFILES[profile])
    printer.receive(
        encode([Row("Your code"), Row(bars=digits, align="centre"), Row("end")], PROFILES[profile])
    )
    printer.work()
    assert printer.paper.unknown == []
    told = [line.told() for line in printer.paper.lines]
    answer = {"drawn": told, "dots": PROFILES[profile].dots, "font": PROFILES[profile].font}
    picture = Image.open(BytesIO(png(json.loads(json.dumps(answer)))))
    assert read(picture) == [digits]


def test_the_paper_says_what_the_bars_say() -> None:
    printer = SimulatedPrinter(EPSON)
    printer.receive(encode([Row(bars="48210937")], EPSON))
    printer.work()
    assert "[Code 128: 48210937]" in printer.paper.text()
