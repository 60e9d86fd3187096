"""Which byte a letter is on which page, says receiptline 4.0.4 (npm), which knows nothing of our encoder."""

from __future__ import annotations

import json
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from hardware.printer import codepage
from hardware.printer.profile import EPSON_PAGES
from tests.witness.parts import need

SCRIPT = Path(__file__).with_name("receiptline.js")
PAGES = ("CP437", "CP852", "CP858", "CP1252")
"""Those that both of us know; it has no CP850."""


def theirs(texts: list[tuple[str, str]]) -> list[tuple[int, bytes]]:
    """Page number and bytes of each text by its page, as receiptline sends them."""
    node = shutil.which("node")
    package = need("receiptline", "node_modules/receiptline")
    assert node is not None, "receiptline is here and Node.js is not"
    asked = json.dumps([(text, page.lower()) for text, page in texts])
    done = subprocess.run([node, SCRIPT, package], input=asked, capture_output=True, text=True, check=True)
    return [parts(bytes.fromhex(line)) for line in done.stdout.split()]


def parts(job: bytes) -> tuple[int, bytes]:
    """What stands between the choice of a page and the end of the line."""
    _before, _command, rest = job.partition(b"\x1bt")
    return rest[0], rest[1 : rest.index(b"\n")]


def letters(page: str) -> str:
    """Every letter and money sign in the upper half of a page."""
    upper = bytes(range(0x80, 0x100)).decode(codepage.CODECS[page], "ignore")
    return "".join(one for one in upper if unicodedata.category(one) in {"Lu", "Ll", "Sc"})


def test_every_letter_of_every_page_is_the_same_byte() -> None:
    lines = [(letters(page)[at : at + 40], page) for page in PAGES for at in range(0, len(letters(page)), 40)]
    ours = [(EPSON_PAGES[page], codepage.encode(text, page)) for text, page in lines]
    assert theirs(lines) == ours
    assert sum(len(text) for text, _page in lines) > 250


@pytest.mark.parametrize(
    ("page", "euro"), [("CP858", (19, b"\xd5")), ("CP1252", (16, b"\x80"))], ids=["CP858", "CP1252"]
)
def test_the_euro(page: str, euro: tuple[int, bytes]) -> None:
    assert theirs([("€", page)]) == [euro]
    assert (EPSON_PAGES[page], codepage.encode("€", page)) == euro


def test_where_it_gives_up_we_write_the_closest_ascii() -> None:
    ((_number, lost),) = theirs([("Łódź € Жук", "CP437")])
    assert lost == b"?\xa2d? ? ???"
    assert codepage.encode("Łódź € Жук", "CP437") == b"L\xa2dz EUR Zhuk"
