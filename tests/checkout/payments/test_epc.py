"""The European code: the guidelines' example byte for byte, and everything segno lets through refused."""

from __future__ import annotations

import pytest

from kiosk.checkout import qr_matrix
from kiosk.checkout.payments import epc
from kiosk.checkout.payments.refused import PayloadRefused

E1 = (
    "BCD\n002\n2\nSCT\n\nFrançois D'Alsace S.A.\nFR1420041010050500013M02606\nEUR12.3\n\n\n"
    "Client:Marie Louise La Lune"
)
"""EPC069-12, example 2 (heuer/segno, test_helpers_epcqr.py)."""


def transfer(**change: str) -> epc.Transfer:
    """A legal transfer with changes."""
    good = {"name": "Mia Kay", "iban": "FR14 2004 1010 0505 0001 3M02 606", "amount": "12.30"}
    return epc.Transfer(**(good | change))


def test_the_guidelines_example_is_made_byte_for_byte() -> None:
    made = epc.make(
        epc.Transfer(
            name="François D'Alsace S.A.",
            iban="FR1420041010050500013M02606",
            amount="12.3",
            text="Client:Marie Louise La Lune",
            charset="iso-8859-1",
        )
    )
    assert made == E1
    assert len(epc.encoded(made)) == 103
    assert len(qr_matrix.matrix(made, "M")) == 17 + 4 * 6  # version 6


def test_segno_makes_the_same_bytes() -> None:
    from segno import helpers

    theirs = helpers.make_epc_qr(
        name="François D'Alsace S.A.",
        iban="FR1420041010050500013M02606",
        amount=12.3,
        text="Client:Marie Louise La Lune",
        encoding="iso-8859-1",
    )
    ours = qr_matrix.matrix(E1, "M")
    assert [[bool(module) for module in row] for row in theirs.matrix] == [list(row) for row in ours]


def test_the_example_is_read_back() -> None:
    found = epc.check(E1)
    assert found.valid
    assert (found.scheme, found.amount, found.currency) == ("epc", "12.3", "EUR")
    assert found.fields is not None
    assert found.fields["text"] == "Client:Marie Louise La Lune"


def test_lines_may_end_with_carriage_returns() -> None:
    assert epc.check(E1.replace("\n", "\r\n")).valid


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"amount": "12.345"}, "more than 2 decimals"),
        ({"amount": "0"}, "0.01 to 999999999.99"),
        ({"amount": "1000000000"}, "0.01 to 999999999.99"),
        ({"amount": "12,30"}, "not a plain number"),
        ({"iban": "FR1420041010050500013M02607"}, "check digits"),
        ({"iban": "FR14"}, "iban"),
        ({"iban": "XX00123"}, "iban"),
        ({"iban": ""}, "iban: is missing"),
        ({"name": ""}, "name: is missing"),
        ({"name": "x" * 71}, "71 characters"),
        ({"bic": "NOBANK"}, "no BIC"),
        ({"version": "001"}, "version 001 needs it"),
        ({"version": "003"}, "001 or 002"),
        ({"iban": "GB29NWBK60161331926819"}, "outside the European Economic Area"),
        ({"purpose": "CHARI"}, "purpose"),
        ({"reference": "RF19539007547034"}, "check digits"),
        ({"reference": "RF18539007547034", "text": "Mugs"}, "only one of them"),
        ({"text": "x" * 141}, "141 characters"),
        ({"information": "x" * 71}, "71 characters"),
        ({"charset": "9"}, "charset"),
        ({"charset": "2", "name": "Łukasz"}, "not in the charset"),
        ({"name": "ж" * 70, "text": "ж" * 140}, "331"),
        ({"name": "a\nb"}, "control"),
    ],
)
def test_what_cannot_be_legal_is_refused_with_a_reason(change: dict[str, str], reason: str) -> None:
    with pytest.raises(PayloadRefused) as caught:
        epc.make(transfer(**change))
    assert reason in str(caught.value)


def test_version_1_with_a_bank_and_a_structured_reference_is_legal() -> None:
    made = epc.make(transfer(version="1", bic="BNPAFRPPXXX", reference="RF18 5390 0754 7034", purpose="gdds"))
    assert made.splitlines()[1] == "001"
    assert made.splitlines()[8:] == ["GDDS", "RF18539007547034"]


def test_the_amount_may_be_left_to_the_payer() -> None:
    assert epc.check(epc.make(transfer(amount=""))).amount is None


def test_a_foreign_text_is_no_code() -> None:
    assert epc.check("BCD\n\n\n").problems
    assert epc.check("BCD" + "\nx" * 20).problems
