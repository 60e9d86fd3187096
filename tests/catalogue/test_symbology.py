"""What codes mean, in the order of least doubt, and what is refused."""

from __future__ import annotations

import pytest
from biip import ParseConfig
from biip.checksums import gs1_price_weight_check_digit
from biip.gtin import Gtin as BiipGtin
from biip.rcn import Rcn, RcnRegion
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue import gtin, patterns
from kiosk.catalogue.symbology import interpret
from kiosk.catalogue.symbols import Gs1, Gtin, ListToken, Measured, PickupToken, PlainCode, Url

SHOP = ("21IIIIIWWWWWC", "22IIIIVPPPPPC", "23IIIIIIWWWWC:2", "24IIIIINNNNNC", "2IIIIIPPPPPC")


def checked(payload: str) -> str:
    return payload + gtin.check_digit(payload)


@pytest.mark.parametrize(
    ("raw", "meaning"),
    [
        ("4006381333931", Gtin("04006381333931", "EAN-13")),
        ("]E04006381333931\r\n", Gtin("04006381333931", "EAN-13")),
        ("]E496385074", Gtin("00000096385074", "EAN-8")),
        ("]E004252614", Gtin("00042100005264", "UPC-E")),
        ("]C0036000291452", Gtin("00036000291452", "UPC-A", others=("036000291452",))),
        ("]C0036000291451", PlainCode("036000291451")),
        ("977123456789812", Gtin("09771234567898", "EAN-13", addon="12")),
        ("0306406152", Gtin("09780306406157", "ISBN-10", others=("0306406152",))),
        ("ISBN 0-306-40615-2", Gtin("09780306406157", "ISBN-10", others=("ISBN 0-306-40615-2",))),
        ("978-0-306-40615-7", Gtin("09780306406157", "EAN-13", others=("978-0-306-40615-7",))),
        ("https://shop.example/L/abcd2345", ListToken("ABCD2345")),
        ("HTTPS://SHOP.EXAMPLE/STALL/3/L/ABCD2345", ListToken("ABCD2345")),
        ("HTTPS://SHOP.EXAMPLE/P/ABCD2345EFGH", PickupToken("ABCD2345EFGH")),
        ("https://shop.example/L/abcd", Url("https://shop.example/L/abcd")),
        ("http://[broken", Url("http://[broken")),
        ("javascript:alert(1)", PlainCode("javascript:alert(1)")),
        ("MUG-001", PlainCode("MUG-001")),
        ("12345", PlainCode("12345")),
        ("0" * 100, PlainCode("0" * 100)),
    ],
)
def test_what_a_code_means(raw: str, meaning: object) -> None:
    assert interpret(raw, SHOP) == meaning


@pytest.mark.parametrize(
    "raw",
    [
        "]C10104006381333931",
        "\x1d0104006381333931",
        "0104006381333931",
        "(01)04006381333931",
        "]Q3(01)04006381333931",
    ],
)
def test_element_strings_are_recognised(raw: str) -> None:
    found = interpret(raw)
    assert isinstance(found, Gs1) and found.gtin == "04006381333931"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("]E04006381333931", Gtin),
        ("]E38006381333931", None),
        ("]Q14006381333931", Gtin),
        ("]C1" + "4006381333931", Gs1),
        ("]d2104006381333931", Gs1),
        ("]e01012AB", Gs1),
        ("]J110AB", Gs1),
        ("4006381333931", Gtin),
        ("\x1d4006381333931", Gs1),
        ("40063813339", PlainCode),
        ("https://shop.example/L/ABCD2345/01/04006381333931", Gs1),
    ],
)
def test_a_prefix_takes_away_all_guessing(raw: str, kind: type | None) -> None:
    """4006381333931 is a trade item number, or identifier 400 with text where the symbol says it is GS1."""
    if kind is None:
        with pytest.raises(gtin.BadCheckDigit):
            interpret(raw)
    else:
        assert isinstance(interpret(raw), kind)


def test_a_digital_link_comes_before_an_address() -> None:
    found = interpret("HTTPS://ANY.EXAMPLE/01/04006381333931/21/7")
    assert isinstance(found, Gs1) and found.serial == "7"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("4006381333930", "should be 1"),
        ("036000291453", "should be 2"),
        ("96385075", "should be 4"),
        ("04252615", "should be 4"),
        ("10012345678903", "should be 2"),
        ("]E04006381333930", "should be 1"),
        ("2112345012505", "should be 6"),
        ("0104006381333930", "should be 1"),
        ("978-0-306-40615-8", "should be 7"),
        ("", "empty"),
        (" \r\n", "empty"),
        ("\x1d\x1d", "empty"),
        ("]E0", "empty"),
        ("AB\x07C", "control characters"),
        ("AB\x9bC", "control characters"),
        ("A" * 2954, "2954"),
    ],
)
def test_what_is_refused_says_why(raw: str, words: str) -> None:
    with pytest.raises(gtin.BadCode, match=words):
        interpret(raw, SHOP)


def test_a_weight_from_the_scale() -> None:
    found = interpret("2112345012506", SHOP)
    assert isinstance(found, Measured)
    assert (found.item, found.weight, found.price, found.count) == ("12345", 1250, None, None)
    assert found.keys == ("0" + checked("211234500000"), "2112345", "12345")


@pytest.mark.parametrize(
    ("number", "exponent", "field", "value"),
    [
        (checked("230000420125"), 2, "weight", 1250),
        (checked("240001200006"), 2, "count", 6),
        (checked("20004200435"), 2, "price", 435),
        (checked("20004200435"), 0, "price", 435),
        ("0" + checked("20004200435"), 2, "price", 435),
    ],
)
def test_other_layouts(number: str, exponent: int, field: str, value: int) -> None:
    found = interpret(number, SHOP, exponent)
    assert isinstance(found, Measured) and getattr(found, field) == value


def test_decimals_of_a_price_follow_the_pattern_then_the_currency() -> None:
    number = checked("291234501250")
    assert interpret(number, ("29IIIIIPPPPPC:1",), 2) == interpret(number, ("29IIIIIPPPPPC:2",), 3)
    with pytest.raises(gtin.BadCode, match="decimals"):
        interpret(checked("291234501255"), ("29IIIIIPPPPPC:2",), 1)


@given(st.integers(0, 9999), st.integers(0, 99_999))
def test_german_prices_are_those_of_biip(item: int, price: int) -> None:
    value = f"{price:05}"
    number = checked(f"22{item:04}{gs1_price_weight_check_digit(value)}{value}")
    theirs = BiipGtin.parse(number, config=ParseConfig(rcn_region=RcnRegion.GERMANY))
    ours = interpret(number, SHOP)
    assert isinstance(theirs, Rcn) and isinstance(ours, Measured)
    assert theirs.price is not None and ours.price == int(theirs.price * 100)
    assert ours.keys[0] == theirs.without_variable_measure().as_gtin_14()


LAYOUTS = {
    RcnRegion.DENMARK: ("21IIIIPPPPPPC", "24IIIIPPPPPPC", "26IIIIWWWWWWC", "27IIIIIWWWWWC"),
    RcnRegion.FINLAND: ("23IIIIIIWWWWC:3", "24IIIIIIWWWWC:2", "25IIIIIIWWWWC:1"),
    RcnRegion.GERMANY: ("22IIIIVPPPPPC", "25IIIIVNNNNNC", "28IIIIVWWWWWC"),
    RcnRegion.GREAT_BRITAIN: ("20IIIIIVPPPPC",),
    RcnRegion.SWEDEN: ("20IIIIIIPPPPC:2", "21IIIIIIPPPPC:1", "22IIIIIIPPPPC:0", "23IIIIIIWWWWC:3"),
}
"""How scales print in some countries, in our notation."""


@given(st.sampled_from([(region, one) for region, all_ in LAYOUTS.items() for one in all_]), st.data())
def test_the_countries_layouts_are_those_of_biip(layout: tuple[RcnRegion, str], data: st.DataObject) -> None:
    region, pattern = layout
    places, value = pattern.partition(":")[0][:-1], "".join
    drawn = data.draw(st.text("0123456789", min_size=12, max_size=12))
    digits = [mine if place.isalpha() else place for place, mine in zip(places, drawn, strict=True)]
    if "V" in places:
        measured = value(digit for digit, place in zip(digits, places, strict=True) if place in "PWN")
        digits[places.index("V")] = str(gs1_price_weight_check_digit(measured))
    number = checked("".join(digits))
    theirs = BiipGtin.parse(number, config=ParseConfig(rcn_region=region))
    ours = interpret(number, (pattern,))
    assert isinstance(theirs, Rcn) and isinstance(ours, Measured)
    assert ours.price == (None if theirs.price is None else int(theirs.price * 100))
    assert ours.weight == (None if theirs.weight is None else int(theirs.weight * 1000))
    assert ours.count == theirs.count
    assert ours.keys[0] == theirs.without_variable_measure().as_gtin_14()


@given(st.text("0123456789", min_size=4, max_size=5))
def test_the_inner_check_digit_is_that_of_biip(value: str) -> None:
    assert patterns.inner_check_digit(value) == str(gs1_price_weight_check_digit(value))


def test_a_wrong_inner_check_digit_is_named_and_may_be_switched_off() -> None:
    number = checked("221234000435")
    with pytest.raises(gtin.BadCode, match="write X instead of V"):
        interpret(number, SHOP)
    found = interpret(number, ("22IIIIXPPPPPC",))
    assert isinstance(found, Measured) and found.price == 435


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21",
        "IIIIIWWWWWC",
        "21IIIIIWWWWW",
        "21IIIIIWWWWWWC",
        "21IIIIIC",
        "21IIIWPIIWWWC",
        "21IIIIIVWWWWWC",
        "21IIVVIIIWWWC",
        "2" * 500,
    ],
)
def test_a_pattern_no_scale_prints_is_refused(text: str) -> None:
    with pytest.raises(patterns.BadPattern):
        patterns.parse(text)


def test_a_number_no_pattern_fits_is_an_ordinary_one() -> None:
    assert interpret(checked("290000000001"), SHOP) == Gtin("0" + checked("290000000001"), "EAN-13")


@given(st.text(max_size=80) | st.text("0123456789]EC()\x1d", max_size=30))
def test_any_text_has_a_meaning_or_a_refusal(text: str) -> None:
    try:
        interpret(text, SHOP)
    except gtin.BadCode as refused:
        assert str(refused).isprintable() and len(str(refused)) < 300
