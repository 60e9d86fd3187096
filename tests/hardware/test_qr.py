"""QR codes: readable sizes on every paper, and a picture that is a QR code and no command."""

from __future__ import annotations

import pytest
import segno
import zxingcpp
from PIL import Image, ImageOps

from hardware.printer import qr
from hardware.printer.profile import PROFILES
from hardware.simulated.printer import _REAL_TIME, SimulatedPrinter
from hardware.simulated.tokenizer import Tokenizer


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


def picture(payload: str) -> Image.Image:
    """The code as a printer that cannot draw it itself puts it on paper."""
    return drawn(qr.encode(payload, PROFILES["58mm"]))


def drawn(job: bytes) -> Image.Image:
    """The one picture in a job, however many pieces it came in."""
    printer = SimulatedPrinter(PROFILES["58mm"])
    printer.receive(job)
    printer.work()
    assert printer.paper.unknown == []
    (line,) = [line for line in printer.paper.lines if line.kind == "picture"]
    size = (line.across, len(line.dots) * 8 // line.across)
    return ImageOps.expand(ImageOps.invert(Image.frombytes("1", size, line.dots).convert("L")), 40, 255)


@pytest.mark.parametrize(
    "payload", ["R/A-000123", "https://example.org/r/A-000123?h=0011223344", "Käse € " * 60]
)
def test_the_picture_is_read_as_what_it_says(payload: str) -> None:
    assert [code.text for code in zxingcpp.read_barcodes(picture(payload))] == [payload]


def test_python_escpos_draws_a_picture_that_reads_the_same() -> None:
    from escpos.printer import Dummy

    theirs = Dummy()
    theirs.qr("R/A-000123", native=False)
    assert [code.text for code in zxingcpp.read_barcodes(drawn(theirs.output))] == ["R/A-000123"]


def test_the_picture_comes_in_pieces_that_a_small_buffer_holds() -> None:
    tokens = Tokenizer()
    tokens.feed(qr.encode("x" * 997, PROFILES["58mm"]).strip(b"\n"))
    pieces = []
    while (token := tokens.next()) is not None:
        pieces.append(token)
    assert {piece.name for piece in pieces} == {"raster"}
    assert all(piece.size < 1500 for piece in pieces)


@pytest.mark.parametrize("length", [1, 26, 100, 331, 997])
def test_no_picture_holds_a_byte_that_begins_a_real_time_command(length: int) -> None:
    job = qr.encode("x" * length, PROFILES["58mm"])
    assert _REAL_TIME.search(job) is None
    assert b"\x10\x04" not in job
    assert b"\x10\x14" not in job
