"""EMVCo codes: published samples read back, every damaged digit refused, our own as the samples are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.checkout.payments import codes
from kiosk.checkout.payments.emvco.check import check
from kiosk.checkout.payments.emvco.lankaqr import LankaQr
from kiosk.checkout.payments.emvco.make import make
from kiosk.checkout.payments.emvco.merchant import Merchant
from kiosk.checkout.payments.emvco.pix import Pix
from kiosk.checkout.payments.emvco.promptpay import PromptPay
from kiosk.checkout.payments.emvco.tlv import crc, split
from kiosk.checkout.payments.refused import PayloadRefused

Q1 = (
    "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST "
    "TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016"
    "A0112233449988770708123456786304A13A"
)
"""The sample of EMVCo's merchant-presented specification (mvallim/emv-qrcode, tests)."""
Q2 = (
    "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano "
    "de Tal6008BRASILIA62070503***63041D3D"
)
"""The PIX sample of the Brazilian central bank's manual."""
Q4 = (
    "0002010102112632002816728000581200000000100000055204581253031445502015802LK5909Vits Food6007Colombo"
    "61050080062580032537c0a88562e4a599cab63d1992f0dac05181600766683296-000563042AB7"
)
"""A static LANKAQR code (kasunranganamw/LankaQRUtilSDK, ViewController.swift)."""


def test_the_checksum_is_ccitt_false() -> None:
    assert crc("123456789") == "29B1"


def test_emvco_s_own_sample_is_read_with_characters_as_lengths() -> None:
    found = check(Q1)
    assert found.valid
    assert (found.scheme, found.amount, found.currency, found.crc) == ("emvco", "23.72", "CNY", "A13A")
    assert len(found.tags) == 15
    language = next(tag for tag in found.tags if tag.tag == "64")
    assert [tag.value for tag in language.tags] == ["ZH", "最佳运输", "北京"]


def test_the_pix_sample_is_read_and_written_alike() -> None:
    found = check(Q2)
    assert found.valid
    assert (found.scheme, found.amount, found.currency, found.crc) == ("pix", None, "BRL", "1D3D")
    assert make(Pix(key="123e4567-e12b-12d1-a456-426655440000", name="Fulano de Tal", city="BRASILIA")) == Q2


def test_the_lankaqr_sample_is_read() -> None:
    found = check(Q4)
    assert found.valid
    assert (found.scheme, found.currency, found.crc) == ("lankaqr", "LKR", "2AB7")
    assert found.fields is not None
    assert found.fields["merchant_category_code"] == "5812"
    account = next(tag for tag in found.tags if tag.tag == "26")
    assert len(account.tags[0].value) == 28


@pytest.mark.parametrize("sample", [Q1, Q2, Q4])
def test_any_one_digit_changed_is_refused(sample: str) -> None:
    accepted = [
        (at, digit)
        for at, letter in enumerate(sample)
        if letter.isdigit()
        for digit in "0123456789"
        if digit != letter and check(sample[:at] + digit + sample[at + 1 :]).valid
    ]
    assert accepted == []


@pytest.mark.parametrize(
    ("target", "amount", "expected"),
    [
        (
            "080-123-4567",
            "",
            "00020101021129370016A000000677010111011300668012345675802TH530376463046197",
        ),
        (
            "+66-89-123-4567",
            "",
            "00020101021129370016A000000677010111011300668912345675802TH5303764630429C1",
        ),
        (
            "1-1111-11111-11-1",
            "",
            "00020101021129370016A000000677010111021311111111111115802TH530376463047B5A",
        ),
        (
            "0123456789012",
            "",
            "00020101021129370016A000000677010111021301234567890125802TH530376463040CBD",
        ),
        (
            "000-000-0000",
            "4.22",
            "00020101021229370016A000000677010111011300660000000005802TH530376454044.226304E469",
        ),
    ],
)
def test_promptpay_writes_what_dtinth_promptpay_qr_writes(target: str, amount: str, expected: str) -> None:
    assert make(PromptPay(target=target, amount=amount)) == expected
    assert check(expected).valid
    assert check(expected).scheme == "promptpay"


def test_promptpay_takes_an_e_wallet_and_refuses_other_numbers() -> None:
    assert "0315004999000288505" in make(PromptPay(target="004999000288505"))
    with pytest.raises(PayloadRefused, match="phone number"):
        make(PromptPay(target="12345"))


def test_a_generic_code_has_all_mandatory_tags_in_order() -> None:
    made = make(
        Merchant(
            name="Mia's stall",
            city="Kandy",
            country="LK",
            currency="LKR",
            amount="250",
            reference="A-000123",
            accounts={"26": {"00": "com.example", "01": "4711"}},
        )
    )
    tags = [tag for tag, _value in split(made)]
    assert tags == ["00", "01", "26", "52", "53", "54", "58", "59", "60", "62", "63"]
    assert "5406250.00" in made
    assert "010212" in made


def test_lengths_count_characters_and_the_sum_runs_over_bytes() -> None:
    made = make(
        Merchant(
            name="Café Zoë",
            city="東京",
            country="JP",
            currency="JPY",
            amount="500",
            accounts={"26": {"00": "x"}},
        )
    )
    assert "5908Café Zoë6002東京" in made
    assert made[-4:] == crc(made[:-4])
    assert "5403500" in made
    assert check(made).valid


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": ""}, "name: is missing"),
        ({"city": "", "country": ""}, "country: is missing"),
        ({"currency": "ABC"}, "ABC"),
        ({"amount": "1.234"}, "more than 2 decimals"),
        ({"amount": "0.00"}, "above zero"),
        ({"amount": "-1"}, "above zero"),
        ({"amount": "1e3"}, "not a plain number"),
        ({"amount": "12345678901.00"}, "13 are allowed"),
        ({"name": "x" * 26}, "26 characters"),
        ({"city": "x" * 16}, "16 characters"),
        ({"mcc": "58"}, "must have 4"),
        ({"mcc": "58AB"}, "digits only"),
        ({"country": "lka"}, "must have 2"),
        ({"name": "a\nb"}, "control characters"),
        ({"accounts": {}}, "no merchant account"),
        ({"accounts": {"26": {"01": "x"}}}, "lacks its tag 00"),
        ({"reference": "x" * 26}, "26 characters"),
        ({"local_name": "北"}, "64"),
        (
            {
                "bill_number": "x" * 25,
                "store_label": "x" * 25,
                "terminal_label": "x" * 25,
                "purpose": "y" * 25,
            },
            "99",
        ),
    ],
)
def test_what_cannot_be_legal_is_refused_with_a_reason(change: dict[str, object], reason: str) -> None:
    good: dict[str, object] = {
        "name": "Mia",
        "city": "Kandy",
        "country": "LK",
        "currency": "LKR",
        "accounts": {"26": {"00": "com.example"}},
    }
    with pytest.raises(PayloadRefused) as caught:
        make(Merchant(**(good | change)))  # type: ignore[arg-type]
    assert reason in str(caught.value)


def test_every_missing_field_is_named_at_once() -> None:
    with pytest.raises(PayloadRefused) as caught:
        make(Merchant())
    assert len(caught.value.problems) == 4


@pytest.mark.parametrize(
    ("key", "good"),
    [
        ("+5511987654321", True),
        ("mia@example.com", True),
        ("390.533.447-05", True),  # a CPF with its check digits
        ("390.533.447-06", False),
        ("16.727.230/0001-97", True),  # a CNPJ
        ("11987654321", False),  # a phone without +55 is neither phone nor CPF
        ("hello", False),
    ],
)
def test_pix_keys_are_checked(key: str, good: bool) -> None:
    pix = Pix(key=key, name="Mia", city="RECIFE", amount="10")
    if good:
        assert check(make(pix)).amount == "10.00"
    else:
        with pytest.raises(PayloadRefused, match="no key"):
            make(pix)


def test_pix_bounds_its_transaction_id() -> None:
    with pytest.raises(PayloadRefused, match="txid"):
        make(Pix(key="mia@example.com", name="Mia", city="RECIFE", reference="A-1"))


def test_lankaqr_wants_its_28_characters() -> None:
    number = "1672800058120000000010000005"
    made = make(
        LankaQr(merchant_id=number, name="Vits Food", city="Colombo", amount="144.50", reference="A-1")
    )
    assert check(made).scheme == "lankaqr"
    assert f"26320028{number}" in made
    with pytest.raises(PayloadRefused, match="28"):
        make(LankaQr(merchant_id=number[1:], name="Vits Food", city="Colombo"))


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ("", "must end with tag 63"),
        ("000201", "must end with tag 63"),
        (Q2[:-4] + "FFFF", "expected 1D3D, got FFFF"),
        (Q2[:40], "must end"),
        (Q2 + " ", "must end"),
        ("0102" + "1" * 600, "512"),
        ("0002010104", "only 0 follow"),
        ("00020101006304", "is empty"),
    ],
)
def test_a_check_says_what_is_wrong(payload: str, reason: str) -> None:
    assert any(reason in problem for problem in check(payload).problems)


def test_fees_and_tips_go_together() -> None:
    good = Merchant(
        name="A", city="B", country="LK", currency="LKR", fee="1.50", accounts={"26": {"00": "com.example"}}
    )
    assert "55020256041.50" in make(good)
    body = make(good).replace("550202", "550203")[:-4]
    assert any("55-02" in problem for problem in check(body + crc(body)).problems)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_a_check_never_breaks(text: str) -> None:
    codes.check(text)
    codes.check("000201" + text)
    codes.check("BCD\n" + text)
    codes.check("upi://pay?" + text)


@settings(max_examples=100, deadline=None)
@given(
    name=st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=25),
    city=st.text(st.characters(categories=["L"]), min_size=1, max_size=15),
    minor=st.integers(1, 10**9),
)
def test_what_is_made_reads_back(name: str, city: str, minor: int) -> None:
    amount = f"{minor // 100}.{minor % 100:02}"
    made = make(
        Merchant(
            name=name, city=city, country="LK", currency="LKR", amount=amount, accounts={"26": {"00": "x"}}
        )
    )
    found = check(made)
    assert found.valid
    assert found.amount == amount
    assert found.fields is not None
    assert (found.fields["name"], found.fields["city"]) == (name, city)
