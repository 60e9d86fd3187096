"""Trade item numbers: every printed form finds the same article, a wrong digit is named."""

from __future__ import annotations

import pytest
from biip.gtin import Gtin as BiipGtin
from biip.upc import Upc
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue import gtin

digits = st.text("0123456789", min_size=7, max_size=13).filter(lambda text: len(text) in {7, 11, 12, 13})


@given(digits)
def test_check_digits_are_those_of_biip(payload: str) -> None:
    number = payload + gtin.check_digit(payload)
    if len(number) != 8:  # eight digits may be a UPC-E, for which see below
        assert gtin.read(number).gtin == BiipGtin.parse(number).as_gtin_14()
    wrong = payload + str((int(number[-1]) + 1) % 10)
    if len(number) != 8:
        with pytest.raises(gtin.BadCheckDigit) as refused:
            gtin.read(wrong)
        assert refused.value.should == number[-1]
        assert f"should be {number[-1]}" in str(refused.value)


@given(st.sampled_from("01"), st.text("0123456789", min_size=6, max_size=6))
def test_upc_e_expands_as_biip_does(system: str, body: str) -> None:
    upc_a = gtin.expand_upc_e(f"{system}{body}0")
    right = f"{system}{body}{gtin.check_digit(upc_a[:-1])}"
    assert gtin.expand_upc_e(right) == Upc.parse(right).as_upc_a()
    found = gtin.read(right)
    assert right[-1] in found.gtin
    assert gtin.expand_upc_e(right).zfill(14) in {found.gtin, found.other}


@pytest.mark.parametrize(
    ("text", "key", "symbology"),
    [
        ("4006381333931", "04006381333931", "EAN-13"),
        ("96385074", "00000096385074", "EAN-8"),
        ("036000291452", "00036000291452", "UPC-A"),
        ("0036000291452", "00036000291452", "EAN-13"),
        ("04252614", "00042100005264", "UPC-E"),
        ("01234565", "00012345000065", "UPC-E"),
        ("9780306406157", "09780306406157", "EAN-13"),
        ("10012345678902", "10012345678902", "GTIN-14"),
    ],
)
def test_forms_of_a_number(text: str, key: str, symbology: str) -> None:
    found = gtin.read(text)
    assert (found.gtin, found.symbology) == (key, symbology)


def test_eight_digits_that_are_both_keep_the_other_reading() -> None:
    found = gtin.read("01234565")
    assert found.other == "00000001234565"


@pytest.mark.parametrize("text", ["0-306-40615-2", "0306406152"])
def test_an_old_isbn_is_the_book(text: str) -> None:
    found = gtin.read_isbn10(text)
    assert found is not None and found.gtin == "09780306406157"


@pytest.mark.parametrize("text", ["0-306-40615-3", "03064061", "X306406152", "٣306406152", ""])
def test_what_is_no_isbn(text: str) -> None:
    assert gtin.read_isbn10(text) is None


def test_an_isbn_may_end_in_ten() -> None:
    found = gtin.read_isbn10("080442957x")
    assert found is not None and found.gtin == "09780804429573"


@given(digits)
def test_what_is_printed_reads_back(payload: str) -> None:
    key = gtin.read(payload + gtin.check_digit(payload)).gtin if len(payload) > 7 else "00012345000065"
    assert gtin.barcode_key(gtin.printed(key)) == key


def test_what_is_printed_is_short() -> None:
    assert gtin.printed("00036000291452") == "036000291452"
    assert gtin.printed("04006381333931") == "4006381333931"
    assert gtin.printed("00000096385074") == "96385074"
    assert gtin.printed("SHELF-7") == "SHELF-7"


@pytest.mark.parametrize("text", ["", " ", "a b", "x" * 65, "täglich", "a\x1db", "4,00638E+12 "])
def test_what_is_no_barcode(text: str) -> None:
    if text.strip() == "4,00638E+12":
        assert gtin.barcode_key(text) == "4,00638E+12"  # the import refuses it: see there
        return
    with pytest.raises(gtin.BadCode):
        gtin.barcode_key(text)


@pytest.mark.parametrize("text", ["²²²²²²²²", "٣٣٣٣٣٣٣٣٣٣٣٣٣"])
def test_digits_of_other_scripts_are_no_digits(text: str) -> None:
    with pytest.raises(gtin.BadCode):
        gtin.read(text)


def test_plain_and_hyphenated_barcodes() -> None:
    assert gtin.barcode_key(" A-100/b ") == "A-100/b"
    assert gtin.barcode_key("978-0-306-40615-7") == "09780306406157"
    assert gtin.barcode_key("0-306-40615-2") == "09780306406157"
