"""QR sheets: on paper and as SVG; what they say opens the list at the till."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from kiosk.catalogue import qrdraw, qrsheet
from kiosk.catalogue.lists import QuickList
from kiosk.catalogue.symbology import interpret
from kiosk.catalogue.symbols import ListToken

LISTS = (
    QuickList("ABCD2345", 'Mugs <&> "co"'),
    QuickList("WXYZ7777", "A very long name of a bundle, forty char", kind="bundle"),
    QuickList("QQQQ2222", "كوب"),
)


@pytest.mark.parametrize("base", ["", "https://shop.example/stall/", "http://10.0.0.5:8080"])
def test_what_a_code_says_opens_the_list(base: str) -> None:
    text = qrsheet.url(base, "ABCD2345")
    assert re.fullmatch("[0-9A-Z $%*+./:-]+", text), "not for the alphanumeric mode"
    assert interpret(text) == ListToken("ABCD2345")
    assert interpret(text.lower()) == ListToken("ABCD2345")


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_paper(columns: int) -> None:
    rows = qrsheet.paper(LISTS, columns, "https://shop.example")
    assert [row.qr for row in rows if row.qr] == [f"HTTPS://SHOP.EXAMPLE/L/{one.token}" for one in LISTS]
    assert all(len(row.text) <= (columns // 2 if row.big else columns) for row in rows)
    assert rows[-1].cut and not any(row.cut for row in rows[:-1])
    assert qrsheet.paper((), columns) == []


def test_svg_is_a_picture_with_every_name_and_code() -> None:
    root = ET.fromstring(qrdraw.svg(LISTS))  # noqa: S314 - our own
    texts = " ".join(node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text"))
    assert 'Mugs <&> "co"' in texts and "كوب" in texts and "WXYZ7777" in texts
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) == 3
    many = [QuickList("ABCD2345", f"List {n}") for n in range(13)]
    assert 'height="594mm"' in qrdraw.svg(many)
    assert 'height="297mm"' in qrdraw.svg(())


def test_svg_modules_are_those_of_the_code() -> None:
    import segno

    text = qrsheet.url("", "ABCD2345")
    edge, runs = qrdraw.dark_runs(text)
    matrix = [list(line) for line in segno.make_qr(text, error="m").matrix]
    drawn = [[0] * (edge - 8) for _ in range(edge - 8)]
    for x, y, length in runs:
        for n in range(length):
            drawn[y - 4][x - 4 + n] = 1
    assert drawn == matrix
