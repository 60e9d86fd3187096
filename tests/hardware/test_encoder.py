"""Rows become exactly these bytes. Source: Epson's ESC/POS reference; python-escpos agrees."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.printer import encoder, qr
from hardware.printer.profile import PROFILES, UnknownProfile, choose, for_columns
from hardware.simulated.paper import Paper
from hardware.simulated.printer import _REAL_TIME
from hardware.simulated.tokenizer import Tokenizer
from tests.hardware.conftest import Row

START = b"\x1b@\x1bt\x13"
EPSON = PROFILES["80mm"]


def test_a_job_starts_with_a_reset_and_then_pins_its_code_page(row: Any) -> None:
    assert encoder.encode([row("Tea")], EPSON) == START + b"Tea\n"


def test_the_euro_and_accents_are_those_of_the_pinned_page(row: Any) -> None:
    assert encoder.encode([row("Käse 3,50 €")], EPSON) == START + b"K\x84se 3,50 \xd5\n"
    windows = choose("80mm", page="CP1252")
    assert encoder.encode([row("Käse 3,50 €")], windows) == b"\x1b@\x1bt\x10K\xe4se 3,50 \x80\n"
    central = choose("80mm", page="CP852")
    assert encoder.encode([row("Łódź 3 €")], central) == b"\x1b@\x1bt\x12\x9d\xa2d\xab 3 EUR\n"


def test_clone_boards_have_their_own_page_numbers(row: Any) -> None:
    assert encoder.encode([row("€")], PROFILES["pos-5890"]) == b"\x1b@\x1bt\x35\xd5\n"


def test_font_b_is_chosen_where_the_columns_need_it(row: Any) -> None:
    assert encoder.encode([row("x")], PROFILES["58mm-42"]) == b"\x1b@\x1bM\x01\x1bt\x13x\n"


def test_styles_are_sent_only_when_they_change(row: Any) -> None:
    rows = [
        row("A", bold=True, big=True, align="centre"),
        row("B", bold=True, big=True, align="centre"),
        row("C", align="right"),
        row("D"),
    ]
    assert encoder.encode(rows, EPSON) == (
        START + b"\x1ba\x01\x1bE\x01\x1d!\x11A\nB\n\x1ba\x02\x1bE\x00\x1d!\x00C\n\x1ba\x00D\n"
    )


def test_feed_cut_and_blank_rows(row: Any) -> None:
    assert encoder.encode([row()], EPSON) == START + b"\n"
    assert encoder.encode([row(feed=3)], EPSON) == START + b"\x1bd\x03"
    assert encoder.encode([row("x", feed=2, cut=True)], EPSON) == START + b"x\n\x1bd\x02\x1dVB\x00"
    assert encoder.encode([row(cut=True)], choose("58mm")) == START + b"\x1bd\x04"


def test_a_rule_is_a_line_where_the_page_has_one(row: Any) -> None:
    assert encoder.encode([row(rule=True)], EPSON) == START + b"\xc4" * 48 + b"\n"
    assert encoder.encode([row(rule=True)], choose("80mm", page="CP1252")).endswith(b"-" * 48 + b"\n")


def test_native_qr_code(row: Any) -> None:
    """GS ( k 65, 67, 69, 80, 81: model 2, module size, correction M, contents, print."""
    url = "https://example.org/r/A-1"
    assert encoder.encode([row(qr=url, align="centre")], EPSON) == (
        START + b"\x1ba\x01\n"
        b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x06\x1d(k\x03\x001E1"
        b"\x1d(k\x1c\x001P0" + url.encode() + b"\x1d(k\x03\x001Q0\n"
    )


def test_what_transliteration_adds_is_taken_from_the_gap_so_amounts_stay_in_line(row: Any) -> None:
    old = choose("58mm", page="CP437")
    line = f"{'Käse':<24}{'12,50 €':>8}"
    encoded = encoder.encode([row(line)], old).removeprefix(b"\x1b@\x1bt\x00")
    assert encoded == b"K\x84se" + b" " * 19 + b"12,50 EUR\n"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Большая щука, лещ 1\u00a0234,50 A", b"Bolshaya shchuka, leshch\n" + b" " * 22 + b"1 234,50 A\n"),
        ("Большая щука, лещ 1 234,50 A", b"Bolshaya shchuka, leshch\n" + b" " * 22 + b"1 234,50 A\n"),
        ("Щи, борщ, лещ, щука 2  € 8.10", b"Shchi, borshch, leshch, shchuka 2\n" + b" " * 24 + b"EUR 8.10\n"),
        ("Щи и борщ, 25 порций 1234.50", b"Shchi i borshch, 25 portsiy\n" + b" " * 25 + b"1234.50\n"),
        ("  (щи, борщ, лещ, щука, вещи 2)", b" (shchi, borshch, leshch, shchuka, veshchi 2)\n"),
        ("Прощай, щука, до новых встреч!", b"Proshchay, shchuka, do novykh vstrech!\n"),
    ],
)
def test_an_amount_that_finds_no_room_stands_on_a_line_of_its_own(
    row: Any, text: str, printed: bytes
) -> None:
    old = choose("58mm", page="CP437")
    assert encoder.encode([row(text)], old).removeprefix(b"\x1b@\x1bt\x00") == printed


@pytest.mark.parametrize(
    "name", ["\x1b@\x1bp\x00\x19\xfa", "Tea\x10\x14\x01\x00\x01", "a\nb\rc\x00\x07\x9b", "\x1d(k"]
)
def test_a_name_cannot_hand_the_printer_a_command(row: Any, name: str) -> None:
    body = encoder.encode([row(name)], EPSON).removeprefix(START)
    assert all(byte >= 0x20 for byte in body[:-1])
    assert body[-1:] == b"\n"


rows = st.builds(
    lambda **fields: fields,
    text=st.text(max_size=80),
    bold=st.booleans(),
    big=st.booleans(),
    align=st.sampled_from(["left", "centre", "right"]),
    qr=st.none() | st.text(min_size=1, max_size=120),
    cut=st.booleans(),
    feed=st.integers(0, 255),
    rule=st.booleans(),
    logo=st.booleans(),
)


@given(
    st.lists(rows, max_size=8),
    st.sampled_from(sorted(PROFILES)),
    st.sampled_from(["CP437", "CP852", "CP858", "CP1252"]),
)
def test_an_independent_tokenizer_knows_every_command(
    fields: list[dict[str, Any]], name: str, page: str
) -> None:
    profile = choose(name, page=page)
    job = encoder.encode([Row(**one) for one in fields], profile)
    tokens, paper = Tokenizer(), Paper(profile)
    tokens.feed(job)
    while (token := tokens.next()) is not None:
        paper.put(token)
    assert len(tokens) == 0
    assert paper.unknown == []
    assert _REAL_TIME.search(job) is None
    if profile.cut != "none":
        assert paper.cuts == sum(one["cut"] for one in fields)
    if profile.native_qr:
        printed = [line.text.encode() for line in paper.lines if line.kind == "qr"]
        assert printed == [qr.clean(one["qr"]) for one in fields if one["qr"] and not one["logo"]]


@given(st.text("abcdefghij €äöüß0123456789.,", max_size=48))
def test_what_the_page_has_comes_out_as_it_went_in(text: str) -> None:
    tokens, paper = Tokenizer(), Paper(EPSON)
    tokens.feed(encoder.encode([Row(text)], EPSON))
    while (token := tokens.next()) is not None:
        paper.put(token)
    assert [line.text.rstrip() for line in paper.lines] == [text.rstrip()]


def test_python_escpos_sends_the_same_bytes(row: Any) -> None:
    from escpos.printer import Dummy

    theirs = Dummy(profile="TM-T20II")
    theirs.charcode("CP858")
    theirs.text("Käse 3,50 €\n")
    theirs.set(align="center", bold=True)
    theirs.text("Summe\n")
    ours = encoder.encode([row("Käse 3,50 €"), row("Summe", bold=True, align="centre")], EPSON)
    assert b"\x1bt\x13" in theirs.output
    assert b"K\x84se 3,50 \xd5\n" in theirs.output
    for command in (b"\x1bE\x01", b"\x1ba\x01", b"Summe\n"):
        assert command in theirs.output
        assert command in ours


def test_python_escpos_draws_the_same_native_qr_code() -> None:
    from escpos.printer import Dummy

    url = "https://example.org/r/A-000123"
    theirs = Dummy(profile="TM-T20II")
    theirs.qr(url, ec=1, size=6, native=True)
    assert qr.encode(url, EPSON).strip(b"\n") in theirs.output


def test_a_receipt_of_twenty_lines_is_short(row: Any) -> None:
    """At 9600 baud 1,500 bytes take 1.6 s, as long as the paper takes to come out."""
    lines = [row(f"{'Gurke, grün':<38}{'1,50 €':>10}") for _ in range(20)]
    head = [row("Barrow", big=True, align="centre"), row("Marktplatz 1", align="centre"), row(rule=True)]
    foot = [
        row(rule=True),
        row(f"{'TOTAL':<38}{'30,00 €':>10}", bold=True),
        row(qr="https://example.org/r/A-000123?h=0011223344"),
    ]
    job = encoder.encode([*head, *lines, *foot, row(feed=2, cut=True)], EPSON)
    assert len(job) <= 1500


def test_profiles_by_name_and_by_columns() -> None:
    assert {profile.columns for profile in PROFILES.values()} == {32, 42, 48}
    assert for_columns(32).name == "58mm"
    assert for_columns(48, page="CP437").page == "CP437"
    assert choose("58mm", native_qr=True).native_qr
    with pytest.raises(UnknownProfile, match="80mm"):
        choose("a0")
    with pytest.raises(UnknownProfile, match="CP858"):
        choose("80mm", page="KOI8")
    with pytest.raises(UnknownProfile, match="32, 42, 48"):
        for_columns(40)
