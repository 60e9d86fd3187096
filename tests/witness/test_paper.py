"""What our bytes are on paper, says a printer nobody here wrote: words, columns, pictures, both wires."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image

from hardware.printer.encoder import encode
from hardware.printer.profile import Profile, choose, for_columns
from hardware.printer.strip import LINES, RULER, strip
from kiosk import i18n
from kiosk.catalogue.paper import Row
from kiosk.checkout.receipt import receipt_rows
from kiosk.checkout.stationery import Stationery
from tests.checkout.receipts.sales import MARKET, PAPER
from tests.witness.emupos import PRINTERS, Receipt

if TYPE_CHECKING:
    from tests.witness.conftest import Press

WIRES = [("narrow", 32), ("middle", 42), ("front", 48), ("counter", 48)]
"""Where to print, and how many columns its paper has; the last one is a serial port."""
WORDS = {
    "CP858": "Käse 3,50 € Crème brûlée Piña àéîõü ß Ø ¥£ ½",
    "CP1252": "Käse 3,50 € Crème brûlée Piña àéîõü ß Ø ¥£ ½",
    "CP852": "Łódź żółć gęś ćma Žluťoučký kůň",
    "CP850": "Käse Crème brûlée Piña àéîõü ß Ø ¥£ ½",
    "CP437": "Käse Crème brûlée Piña ¥£ ½",
}
"""What each code page has; the same must come out."""


@pytest.fixture(autouse=True)
def _shop() -> Iterator[None]:
    """A shop in Vienna that writes as the British do."""
    i18n.set_language("en")
    i18n.set_locale("en_GB", "UTC")
    yield
    i18n.set_locale("en_GB")


def codes(paper: Receipt) -> list[str]:
    """What a phone reads from the paper's picture."""
    return [code.text for code in zxingcpp.read_barcodes(Image.open(BytesIO(paper.png)).convert("L"))]


def ink(paper: Receipt) -> float:
    """Share of the paper's dots that are black."""
    dots = Image.open(BytesIO(paper.png)).convert("L").histogram()
    return dots[0] / sum(dots)


@pytest.mark.parametrize("page", WORDS)
@pytest.mark.parametrize(("wire", "columns"), WIRES)
def test_words_come_out_as_they_went_in(press: Press, wire: str, columns: int, page: str) -> None:
    text = WORDS[page][:columns]
    printed = press.print(wire, for_columns(columns, page=page), [Row(text), Row(cut=True)])
    assert printed.paper.lines == [text.rstrip()]
    assert printed.unknown == []
    assert printed.delivery.confirmed


@pytest.mark.parametrize(("wire", "columns"), WIRES)
def test_a_line_of_all_columns_fits_and_one_more_letter_would_not(
    press: Press, wire: str, columns: int
) -> None:
    profile = for_columns(columns)
    rows = [Row("x" * columns), Row("y" * (columns // 2), big=True), Row(rule=True), Row(cut=True)]
    printed = press.print(wire, profile, rows)
    assert printed.paper.lines == ["x" * columns, "y" * (columns // 2), "─" * columns]
    wrapped = press.print(wire, profile, [Row("x" * (columns + 1)), Row(cut=True)])
    assert wrapped.paper.lines == ["x" * columns, "x"]


@pytest.mark.parametrize(("wire", "columns"), WIRES)
def test_a_whole_receipt_reads_as_its_preview(press: Press, wire: str, columns: int) -> None:
    paper = Stationery(columns, PAPER.header, PAPER.footer)
    rows = receipt_rows(MARKET, paper)
    printed = press.print(wire, for_columns(columns), rows)
    expected = [row.text.rstrip() for row in rows if row.text]
    assert [line for line in expected if line not in printed.paper.lines] == []
    assert codes(printed.paper) == ["R/A-000123"], "native on 80 mm, a picture on 58 mm"
    assert Image.open(BytesIO(printed.paper.png)).width == PRINTERS[wire]
    assert printed.unknown == []
    assert printed.paper.ended_by == ("connection-closed" if wire == "narrow" else "cut")


def test_font_b_gets_forty_two_columns_onto_narrow_paper(press: Press) -> None:
    printed = press.print("narrow", choose("58mm-42"), [Row("x" * 42), Row("y" * 43)])
    assert printed.paper.lines == ["x" * 42, "y" * 42, "y"]


def test_a_dense_code_can_still_be_read_from_narrow_paper(press: Press) -> None:
    payload = "BCD\n002\n1\nSCT\n\nMia's Stall\nDE89370400440532013000\nEUR49.54\n\n\nA-000123 Käse"
    printed = press.print("narrow", choose("58mm"), [Row(qr=payload, align="centre")])
    assert codes(printed.paper) == [payload]


def test_bold_and_big_take_more_ink(press: Press) -> None:
    profile = choose("80mm")
    plain, bold, big = (
        press.print("front", profile, [row, Row(cut=True)]).paper
        for row in (Row("TOTAL 49.54"), Row("TOTAL 49.54", bold=True), Row("TOTAL 49.54", big=True))
    )
    assert ink(plain) < ink(bold)
    assert Image.open(BytesIO(big.png)).height == 2 * Image.open(BytesIO(plain.png)).height


@pytest.mark.parametrize("align", ["left", "centre", "right"])
def test_a_line_stands_where_it_is_told(press: Press, align: str) -> None:
    printed = press.print("front", choose("80mm"), [Row("x", align=align), Row(cut=True)])  # type: ignore[arg-type]
    picture = Image.open(BytesIO(printed.paper.png)).convert("L").point(lambda dot: 255 - dot)
    box = picture.getbbox()
    assert box is not None
    assert {"left": box[0] < 12, "centre": 276 < box[0] < 300, "right": box[2] > 564}[align]


def test_one_job_leaves_no_mode_behind_for_the_next(press: Press) -> None:
    profile: Profile = choose("80mm")
    with press.opened("front", profile) as printer:
        printer.send(encode([Row("one", bold=True, big=True, align="right"), Row(cut=True)], profile))
        press.emupos.receipt("front")
        printer.send(encode([Row("two €"), Row(cut=True)], profile))
        second, _ = press.emupos.receipt("front")
    alone = press.print("front", profile, [Row("two €"), Row(cut=True)])
    assert second.png == alone.paper.png


def test_the_self_test_strip_reads_right_where_it_should(press: Press) -> None:
    profile = choose("80mm")
    with press.opened("front", profile) as printer:
        printer.send(strip(profile))
        paper, _ = press.emupos.receipt("front")
    lines = [f"{line.number:2} 1 {line.sample}  {line.page} {line.at}" for line in LINES]
    right = [line for line in LINES if lines[line.number - 1] in paper.lines]
    numbers = {"CP858": 19, "CP1252": 16, "CP852": 18, "CP850": 2, "CP437": 0}
    assert right[0].page == "CP858"
    assert numbers.items() <= {line.page: line.at for line in reversed(right)}.items()
    assert paper.lines[0] == RULER
