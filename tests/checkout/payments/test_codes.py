"""One door for all schemes: fields by the names people use, and codes told apart."""

from __future__ import annotations

import pytest

from kiosk.checkout.money import EXPONENTS
from kiosk.checkout.payments import codes
from kiosk.checkout.payments.emvco.numeric import LETTERS, NUMBERS
from kiosk.checkout.payments.refused import PayloadRefused
from kiosk.checkout.payments.schemes import SCHEMES


def test_every_currency_has_a_number() -> None:
    assert set(NUMBERS) == set(EXPONENTS)
    assert (NUMBERS["EUR"], NUMBERS["LKR"], LETTERS["764"], LETTERS["532"]) == ("978", "144", "THB", "XCG")


def test_fields_may_be_called_otherwise() -> None:
    mine = codes.make("epc", {"name": "Mia", "iban": "FR1420041010050500013M02606", "text": "Mugs"})
    theirs = codes.make(
        "GiroCode", {"Beneficiary": "Mia", "IBAN": "FR1420041010050500013M02606", "remittance-text": "Mugs"}
    )
    assert mine == theirs
    assert (
        codes.make("upi", {"vpa": "a@b", "name": "x", "amount": 10})
        == "upi://pay?pa=a@b&pn=x&am=10.00&cu=INR"
    )


@pytest.mark.parametrize("account", ["26.00=com.example 26.01=4711", "26230011com.example01044711"])
def test_accounts_may_be_written_on_one_line(account: str) -> None:
    made = codes.make(
        "emvco", {"account": account, "name": "A", "city": "B", "country": "lk", "currency": "lkr"}
    )
    assert "26230011com.example01044711" in made


def test_one_account_may_be_told_by_its_identifier() -> None:
    shop = {"name": "A", "city": "B", "country": "lk", "currency": "lkr"}
    made = codes.make("emvco", shop | {"account": {"guid": "com.example", "id": "4711"}})
    assert "26230011com.example01044711" in made


@pytest.mark.parametrize(
    ("scheme", "fields", "reason"),
    [
        ("bitcoin", {}, "known are emvco, pix"),
        ("pix", {"kei": "x"}, "kei: unknown"),
        ("pix", {"key": "x", "chave": "y"}, "given twice"),
        ("epc", {"currency": "USD"}, "must be EUR"),
        ("pix", {"currency": "USD"}, "must be BRL"),
        ("upi", {"am": 1.5}, "must be a text"),
        ("emvco", {"once": "perhaps"}, "yes or no"),
        ("emvco", {"accounts": {"60": "x"}}, "not 02 to 51"),
        ("emvco", {"accounts": "what"}, "26.00="),
        ("emvco", {"accounts": {"26": {"00": {"a": "1"}}}}, "accounts 26: must be a text"),
        ("emvco", {"accounts": {"26": ["a"]}}, "accounts 26: must be a text"),
    ],
)
def test_fields_that_cannot_be_used_are_named(scheme: str, fields: dict[str, object], reason: str) -> None:
    with pytest.raises(PayloadRefused) as caught:
        codes.make(scheme, fields)
    assert reason in str(caught.value)


def test_a_text_that_is_no_code_is_told_so() -> None:
    found = codes.check("4006381333931 mug")
    assert not found.valid
    assert codes.check("mug").scheme == ""


def test_the_reference_field_of_each_scheme_exists() -> None:
    for name, scheme in SCHEMES.items():
        assert scheme.reference in codes.field_names(name)
        assert set(scheme.aliases.values()) <= set(codes.field_names(name))
