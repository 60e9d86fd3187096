"""Text on paper: right on the page, closest ASCII where the page lacks it, and never a command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.printer.codepage import CODECS, encode


@pytest.mark.parametrize(
    ("text", "page", "printed"),
    [
        ("“Grand” – l’été…", "CP437", '"Grand" - l\'été...'),
        ("“Grand” – l’été…", "CP1252", "“Grand” – l’été…"),
        ("3 × 2½ €", "CP852", "3 × 21/2 EUR"),
        ("3 × 2½ €", "CP858", "3 × 2½ €"),
        ("Straße, smørrebrød, Łódź, Þór, Đuro", "CP852", "Straße, smorrebrod, Łódź, Thór, Đuro"),
        ("Łódź, Ħal, Øst, ƀĸŋ", "CP437", "Lódz, Hal, Ost, bkng"),
        ("Борщ и Щи, Ελιά", "CP858", "Borshch i Shchi, Elia"),
        ("ﬁlet №5 ™", "CP858", "filet No5 TM"),
        ("a\u200b\u202eb\ufeffc\x1b", "CP858", "abc"),
        ("a\u00a0b\tc\nd", "CP858", "a b c d"),
        ("日本", "CP858", "??"),
    ],
)
def test_what_a_page_lacks_becomes_its_closest_ascii(text: str, page: str, printed: str) -> None:
    assert encode(text, page).decode(CODECS[page]) == printed


def test_composed_and_decomposed_accents_print_alike() -> None:
    assert encode("e\u0301", "CP858") == encode("é", "CP858") == b"\x82"


@pytest.mark.parametrize(
    ("page", "euro"),
    [("CP858", b"\xd5"), ("CP1252", b"\x80"), ("CP437", b"EUR"), ("CP850", b"EUR"), ("CP852", b"EUR")],
)
def test_the_euro_is_right_or_spelt_out(page: str, euro: bytes) -> None:
    assert encode("€", page) == euro


@given(st.text(), st.sampled_from(sorted(CODECS)))
def test_no_text_ever_yields_a_control_byte(text: str, page: str) -> None:
    assert all(byte >= 0x20 and byte != 0x7F for byte in encode(text, page))


@given(st.characters(categories=["L"], max_codepoint=0x17F), st.sampled_from(sorted(CODECS)))
def test_every_letter_of_europe_prints_as_letters(letter: str, page: str) -> None:
    assert b"?" not in encode(letter, page)
    assert encode(letter, page)
