"""QR codes: readable sizes on every paper, and a picture that is a QR code and no command."""

from __future__ import annotations

import pytest
import segno

from hardware.printer import qr
from hardware.printer.profile import PROFILES


@pytest.mark.parametrize("version", range(1, 26))
def test_the_capacities_are_those_of_the_standard(version: int) -> None:
    most = qr.CAPACITY[version - 1]
    made = segno.make(b"\xff" * most, error="m", mode="byte", boost_error=False, micro=False)
    assert made.version == version
    assert (
        segno.make(b"\xff" * (most + 1), error="m", mode="byte", boost_error=False, micro=False).version
        == version + 1
    )


@pytest.mark.parametrize("name", sorted(PROFILES))
@pytest.mark.parametrize("length", [1, 40, 150, 331, 512, 997])
def test_every_code_fits_its_paper_and_can_be_read(name: str, length: int) -> None:
    width = PROFILES[name].dots
    dots = qr.module_dots(length, width)
    modules = segno.make(
        b"\xff" * length, error="m", mode="byte", boost_error=False, micro=False
    ).symbol_size(border=4)[0]
    assert qr.LEAST_DOTS <= dots <= qr.MOST_DOTS
    assert (modules - 8) * dots <= width


def test_more_than_paper_can_hold_is_refused() -> None:
    with pytest.raises(qr.QrTooLong, match="997"):
        qr.encode("x" * 998, PROFILES["80mm"])


def test_control_characters_go_but_epc_lines_and_gs_stay() -> None:
    assert qr.clean("BCD\n002\x1d\x10\x14\x01\x00\x01\x7fé") == b"BCD\n002\x1d\xc3\xa9"


@pytest.mark.parametrize(
    ("charset", "name"),
    [("1", b"K\xc3\xa4thes H\xc3\xb6ft"), ("2", b"K\xe4thes H\xf6ft"), ("8", b"K\xe4thes H\xf6ft")],
)
def test_an_epc_code_is_printed_in_the_charset_it_names(charset: str, name: bytes) -> None:
    printed = qr.clean(f"BCD\n002\n{charset}\nSCT\n\nKäthes Höft\nDE89370400440532013000\nEUR1")
    assert printed.split(b"\n")[5] == name


def test_the_picture_is_the_same_code_dot_by_dot() -> None:
    payload = "https://example.org/r/A-000123"
    picture = qr.encode(payload, PROFILES["58mm"]).strip(b"\n")
    assert picture[:4] == b"\x1dv0\x00"
    width, height = picture[4] | picture[5] << 8, picture[6] | picture[7] << 8
    rows = [picture[8 + width * y : 8 + width * (y + 1)] for y in range(height)]
    matrix = segno.make(payload.encode(), error="m", mode="byte", boost_error=False, micro=False).matrix
    dots = height // len(matrix)
    for y, line in enumerate(matrix):
        bits = f"{int.from_bytes(rows[y * dots + 1], 'big'):0{width * 8}b}"
        assert [bit == "1" for bit in bits[1 : len(line) * dots : dots]] == [bool(module) for module in line]


@pytest.mark.parametrize("length", [1, 26, 100, 331, 997])
def test_no_picture_holds_a_byte_that_begins_a_real_time_command(length: int) -> None:
    picture = qr.encode("x" * length, PROFILES["58mm"]).strip(b"\n")
    assert b"\x10" not in picture[8:]
    assert b"\x10\x04" not in picture
    assert b"\x10\x14" not in picture
