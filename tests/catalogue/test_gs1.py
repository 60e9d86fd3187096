"""GS1 element strings and Digital Link, with biip as the second opinion."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from urllib.parse import quote

import pytest
from biip import ParseError
from biip.gs1_application_identifiers import GS1ApplicationIdentifier
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.gs1_messages import GS1Message
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue import gs1, gs1_formats, gtin

GS = "\x1d"
SIGNS = "!\"%&'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz"
"""What may stand in a text: some letters, and every sign (GS1 section 7.11)."""
TEXT = st.text(SIGNS, min_size=1, max_size=20)
PAYLOAD = st.text("0123456789", min_size=13, max_size=13)


@pytest.mark.parametrize("length", [2, 3, 4])
def test_the_identifiers_are_those_of_biip(length: int) -> None:
    for number in range(10**length):
        name = str(number).zfill(length)
        try:
            theirs = GS1ApplicationIdentifier.extract(f"{name}0000").ai == name
        except ParseError:
            theirs = False
        if theirs:
            assert gs1_formats.identifier_at(name, 0) == name
            known = not GS1ApplicationIdentifier.extract(name).separator_required
            assert gs1_formats.length_is_known(name) == known
        else:
            assert gs1_formats.identifier_at(name, 0) != name


@given(
    PAYLOAD,
    TEXT,
    TEXT,
    st.dates(dt.date(1980, 1, 1), dt.date(2070, 1, 1)),
    st.integers(0, 5),
    st.integers(0, 999_999),
)
def test_a_label_reads_as_biip_reads_it(
    payload: str, lot: str, serial: str, date: dt.date, places: int, weight: int
) -> None:
    number = payload + gtin.check_digit(payload)
    expiry = f"{date.year % 100:02}{date.month:02}{min(date.day, 28):02}"
    text = f"01{number}17{expiry}310{places}{weight:06}10{lot}{GS}21{serial}"
    ours, theirs = gs1.parse(text), GS1Message.parse(text)
    assert [(one.ai, one.value) for one in ours.elements] == [
        (one.ai.ai, one.value) for one in theirs.element_strings
    ]
    assert (ours.gtin, ours.lot, ours.serial) == (number, lot, serial)
    (their_date,) = [one.date for one in theirs.element_strings if one.ai.ai == "17"]
    assert ours.expiry == str(their_date)
    exact = Decimal(weight).scaleb(3 - places)
    assert ours.weight is not None and abs(ours.weight - exact) <= Decimal("0.5")


DATE = st.dates(dt.date(1980, 1, 1), dt.date(2070, 1, 1)).map(lambda day: f"{day:%y%m%d}")
NUMBER = PAYLOAD.map(lambda payload: payload + gtin.check_digit(payload))
LISTED: dict[str, st.SearchStrategy[str]] = {
    "01": NUMBER, "02": NUMBER, "10": TEXT, "11": DATE, "13": DATE, "15": DATE, "17": DATE, "21": TEXT,
    "30": st.integers(0, 99_999_999).map(str), "37": st.integers(0, 99_999_999).map(str),
    **{f"310{places}": st.text("0123456789", min_size=6, max_size=6) for places in range(6)},
    **{f"392{places}": st.text("0123456789", min_size=1, max_size=15) for places in range(4)},
    "8020": TEXT,
}  # fmt: skip
"""The identifiers a stall meets, each with what may stand in it."""


@given(
    st.lists(st.sampled_from(sorted(LISTED)), min_size=1, max_size=8, unique=True), st.data(), st.booleans()
)
def test_any_label_of_the_listed_elements_reads_as_biip_reads_it(
    names: list[str], data: st.DataObject, every_end: bool
) -> None:
    values = {name: data.draw(LISTED[name]) for name in names}
    text = ""
    for at, (name, value) in enumerate(values.items()):
        last = at == len(names) - 1
        text += (
            name + value + (GS if not last and (every_end or not gs1_formats.length_is_known(name)) else "")
        )
    ours, theirs = gs1.parse(text), GS1Message.parse(text)
    assert {one.ai: one.value for one in ours.elements} == values
    assert [(one.ai, one.value) for one in ours.elements] == [
        (one.ai.ai, one.value) for one in theirs.element_strings
    ]
    dates = {one.ai.ai: one.date for one in theirs.element_strings if one.date is not None}
    assert (ours.expiry, ours.best_before, ours.made, ours.packed) == tuple(
        str(dates[ai]) if ai in dates else None for ai in ("17", "15", "11", "13")
    )


@given(NUMBER, TEXT, TEXT, DATE, st.booleans())
def test_any_digital_link_reads_as_biip_reads_it(
    number: str, lot: str, serial: str, expiry: str, in_path: bool
) -> None:
    lot_text, serial_text = quote(lot, safe=""), quote(serial, safe="")
    where = f"/10/{lot_text}/21/{serial_text}?" if in_path else f"?10={lot_text}&21={serial_text}&"
    url = f"https://any.example/some/path/01/{number}{where}17={expiry}&linkType=all"
    ours, theirs = gs1.parse_link(url), GS1DigitalLinkURI.parse(url)
    assert ours is not None
    assert [(one.ai, one.value) for one in ours.elements] == [
        (one.ai.ai, one.value) for one in theirs.element_strings
    ]
    assert (ours.gtin, ours.lot, ours.serial) == (number, lot, serial)


def test_a_digital_link_reads_as_biip_reads_it() -> None:
    url = "https://example.com/shop/01/09506000134352/10/ABC%2F1/21/12345?17=261231&linkType=all"
    ours, theirs = gs1.parse_link(url), GS1DigitalLinkURI.parse(url)
    assert ours is not None
    assert [(one.ai, one.value) for one in ours.elements] == [
        (one.ai.ai, one.value) for one in theirs.element_strings
    ]
    assert ours.gtin == "09506000134352"
    assert (ours.lot, ours.serial, ours.expiry) == ("ABC/1", "12345", "2026-12-31")
    assert ours.source == "GS1 Digital Link"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/",
        "https://example.com/01/abc",
        "https://example.com/01/09506000134352/10",
        "http://[",
    ],
)
def test_other_addresses_are_no_digital_link(url: str) -> None:
    assert gs1.parse_link(url) is None


def test_a_digital_link_may_carry_any_number_of_other_fields() -> None:
    tracking = "&".join(f"t{nth}=x" for nth in range(60))
    found = gs1.parse_link(f"https://example.com/01/09506000134352?{tracking}&10=L7")
    assert found is not None and found.lot == "L7"


def test_a_digital_link_with_a_short_number() -> None:
    found = gs1.parse_link("http://id.example/01/4006381333931")
    assert found is not None and found.gtin == "04006381333931"


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        (f"0204006381333931{GS}3712", "count", 12),
        ("30150", "count", 150),
        ("3203001102", "weight", 500),  # 1.102 lb
        ("3152000150", "measure", 1500),
        ("3922001250", "price", "12.50"),
        ("3920001250", "price", "1250"),
        ("39329781250", "price", "12.50"),
        ("39329781250", "currency", "978"),
        ("8020SLIP-1", "reference", "SLIP-1"),
        ("15261200", "best_before", "2026-12-31"),
        ("11240229", "made", "2024-02-29"),
        ("13770101", "packed", "1977-01-01"),
        ("70032612311200", "expiry", "2026-12-31"),
        ("(01)04006381333931(10)A-1", "lot", "A-1"),
    ],
)
def test_what_elements_mean(text: str, field: str, value: object) -> None:
    assert getattr(gs1.parse(text), field) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0104006381333930", "should be 1"),
        ("00106141412345678900", "should be 8"),
        ("17261331", "no date"),
        ("11230229", "no date"),
        ("0104006381", "missing"),
        ("10", "missing"),
        (f"10{'A' * 21}", "separator"),
        ("10Käse", "missing"),
        ("05123", "no GS1 identifier"),
        ("3106000001", "no GS1 identifier"),
        (f"10A{GS}10B", "twice"),
        ("(01)04006381333931(10", "pair up"),
        ("(99999)1", "pair up"),
        (GS, "nothing"),
    ],
)
def test_what_is_refused_says_why(text: str, words: str) -> None:
    with pytest.raises(gtin.BadCode, match=words):
        gs1.parse(text)


@given(st.text(max_size=60))
def test_nothing_else_than_a_refusal_comes_of_any_text(text: str) -> None:
    for read in (gs1.parse, gs1.parse_link):
        try:
            read(text)
        except gtin.BadCode as refused:
            assert str(refused).isprintable()
