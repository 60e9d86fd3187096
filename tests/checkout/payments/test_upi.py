"""UPI links: NPCI's own sample, and what its rules forbid."""

from __future__ import annotations

import pytest

from kiosk.checkout.payments import upi
from kiosk.checkout.payments.refused import PayloadRefused

U1 = (
    "upi://pay?pa=nadeem@npci&pn=nadeem%20chinna&mc=0000&tid=cxnkjcnkjdfdvjndkjfvn&tr=4894398cndhcd23"
    "&tn=Pay%20to%20mystar%20store&am=10&mam=null&cu=INR&url=https://mystar.com/orderid=9298yw89e8973e87389e78923ue892"
)
"""NPCI, UPI Linking Specifications 1.6, chapter 2."""


def test_npci_s_sample_is_read() -> None:
    found = upi.check(U1)
    assert found.valid
    assert (found.scheme, found.amount, found.currency) == ("upi", "10", "INR")
    assert found.fields is not None
    assert found.fields["pa"] == "nadeem@npci"
    assert found.fields["pn"] == "nadeem chinna"
    assert found.fields["tr"] == "4894398cndhcd23"
    assert found.fields["url"] == "https://mystar.com/orderid=9298yw89e8973e87389e78923ue892"


def test_what_is_made_reads_back() -> None:
    made = upi.make(
        upi.UpiLink(pa="mia@okbank", pn="Mia & Söhne", am="12.5", tr="A000123", tn="2 mugs = gift")
    )
    assert made.startswith("upi://pay?pa=mia@okbank&pn=Mia%20%26%20S%C3%B6hne&tr=A000123&")
    found = upi.check(made)
    assert found.valid
    assert found.fields == {
        "pa": "mia@okbank",
        "pn": "Mia & Söhne",
        "tr": "A000123",
        "tn": "2 mugs = gift",
        "am": "12.50",
        "cu": "INR",
    }


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"pa": ""}, "pa: is missing"),
        ({"pn": ""}, "pn: is missing"),
        ({"pa": "mia"}, "name@bank"),
        ({"am": "1.234"}, "more than 2 decimals"),
        ({"am": "0"}, "above zero"),
        ({"am": "x"}, "not a plain number"),
        ({"am": "10", "mam": "20"}, "above the amount"),
        ({"mc": "12"}, "four digits"),
        ({"tr": "x" * 36}, "36 characters"),
        ({"pn": "a\x07b"}, "control"),
    ],
)
def test_what_cannot_be_legal_is_refused_with_a_reason(change: dict[str, str], reason: str) -> None:
    with pytest.raises(PayloadRefused) as caught:
        upi.make(upi.UpiLink(**({"pa": "mia@okbank", "pn": "Mia"} | change)))
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("upi://mandate?pa=a@b&pn=x", "upi://pay?"),
        ("upi://pay?pa=a@b&pn=x&cu=USD", "only INR"),
        ("upi://pay?pa=a@b&pn=x&am", "name=value"),
        ("upi://pay?pa=a@b&pa=c@d&pn=x", "twice"),
        ("upi://pay?pa=a@b&pn=%FF", "UTF-8"),
        ("upi://pay?pa=a@b&pn=x&tn=" + "y" * 3000, "2000"),
    ],
)
def test_a_check_says_what_is_wrong(link: str, reason: str) -> None:
    assert any(reason in problem for problem in upi.check(link).problems)
