"""Ways to pay: what each asks for, what a silent reader means, and a shop whose plug-in is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import pytest

from kiosk.checkout.money import Currency
from kiosk.checkout.payments import codes, qr
from kiosk.checkout.payments.card import Card
from kiosk.checkout.payments.cash import Cash
from kiosk.checkout.payments.method import Answer, Instruction, PaymentMethod, PolledMethod, Request
from kiosk.checkout.payments.pending import ask, begin, give_up, pause_s
from kiosk.checkout.payments.refused import PayloadRefused
from kiosk.checkout.payments.registry import methods
from kiosk.checkout.tender import Attempt

EUR = Currency.of("EUR")
REQUEST = Request("5f0c", 1230, EUR, "A-000123")
PAYEE = {"scheme": "epc", "name": "Mia Kay", "iban": "FR1420041010050500013M02606"}


@dataclass
class Reader:
    """A card reader that answers what it is told to, or not at all."""

    answers: list[Answer | Exception] = field(default_factory=list)
    name: str = "reader"
    label: str = "Reader"
    opens_drawer: bool = False
    can_overpay: bool = False
    needs_reference: bool = False
    confirmed_by: Literal["seller", "reader"] = "reader"
    seen: list[str] = field(default_factory=list)

    def start(self, request: Request) -> Instruction:
        self._next("start", request)
        return Instruction("hand the reader over")

    def poll(self, request: Request) -> Answer:
        return self._next("poll", request)

    def cancel(self, request: Request) -> Answer:
        return self._next("cancel", request)

    def _next(self, what: str, request: Request) -> Answer:
        self.seen.append(f"{what} {request.attempt}")
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_only_cash_opens_the_drawer_and_gives_change() -> None:
    made: list[PaymentMethod] = [Cash(), Card(), qr.make("qr", PAYEE)]
    assert [(one.name, one.opens_drawer, one.can_overpay) for one in made] == [
        ("cash", True, True),
        ("card", False, False),
        ("qr", False, False),
    ]
    assert Card().needs_reference
    assert "12.30" in Cash().start(REQUEST).words
    assert not isinstance(Card(), PolledMethod)


def test_a_qr_payment_carries_the_amount_and_the_reference() -> None:
    shown = qr.make("qr", PAYEE | {"text": "Mugs"}).start(REQUEST)
    assert shown.payee == "Mia Kay"
    found = codes.check(shown.qr or "")
    assert found.valid
    assert found.amount == "12.30"
    assert found.fields is not None
    assert found.fields["text"] == "Mugs A-000123"


@pytest.mark.parametrize(
    ("table", "currency", "where"),
    [
        (
            {"scheme": "pix", "key": "mia@example.com", "name": "Mia", "city": "RECIFE"},
            "BRL",
            "reference_label",
        ),
        ({"scheme": "upi", "vpa": "mia@okbank", "name": "Mia", "category": "5812"}, "INR", "tr"),
        (
            {"scheme": "lankaqr", "merchant": "1672800058120000000010000005", "name": "Mia", "city": "Kandy"},
            "LKR",
            "reference_label",
        ),
        ({"scheme": "promptpay", "target": "0812345678"}, "THB", "reference_label"),
        (
            {"scheme": "emvco", "account": "26.00=com.example", "name": "M", "city": "R", "country": "LV"},
            "EUR",
            "reference_label",
        ),
    ],
)
def test_every_scheme_can_be_set_up_as_the_settings_say(
    table: dict[str, object], currency: str, where: str
) -> None:
    method = qr.make("qr", table)
    payload = method.start(Request("1", 4250, Currency.of(currency), "A-000123")).qr or ""
    found = codes.check(payload)
    assert found.valid
    assert (found.scheme, found.amount, found.currency) == (table["scheme"], "42.50", currency)
    assert found.fields is not None
    assert found.fields[where] == "A000123"


def test_a_structured_reference_of_the_shop_is_kept() -> None:
    shown = qr.make("qr", PAYEE | {"reference": "RF18539007547034"}).start(REQUEST)
    assert codes.check(shown.qr or "").valid


def test_a_code_for_another_currency_is_refused() -> None:
    with pytest.raises(PayloadRefused, match="EUR only"):
        qr.make("qr", PAYEE).start(Request("1", 100, Currency.of("CHF")))


def test_wrong_details_are_refused_when_the_method_is_made() -> None:
    with pytest.raises(PayloadRefused, match="check digits"):
        qr.make("qr", PAYEE | {"iban": "FR1420041010050500013M02607"})


def test_a_try_is_stored_before_the_reader_is_asked() -> None:
    kept: list[Attempt] = []
    reader = Reader([OSError("no route to host")])
    begun = begin(reader, REQUEST, kept.append)
    assert [one.state for one in kept] == ["pending", "unknown"]
    assert begun.instruction is None
    assert "may have been paid" in begun.words
    assert pause_s(begun.attempt) == 10.0


def test_a_refused_try_is_failed_and_told() -> None:
    kept: list[Attempt] = []
    with pytest.raises(ValueError, match="too small"):
        begin(Reader([ValueError("too small")]), REQUEST, kept.append)
    assert [one.state for one in kept] == ["pending", "failed"]


def test_an_unknown_payment_is_asked_again_with_the_same_key_until_it_is_known() -> None:
    kept: list[Attempt] = []
    reader = Reader([Answer("pending"), TimeoutError("slow"), Answer("pending"), Answer("confirmed", "T-77")])
    attempt = begin(reader, REQUEST, kept.append).attempt
    for state in ("unknown", "pending", "confirmed"):
        attempt, _words = ask(reader, REQUEST, attempt, kept.append)
        assert attempt.state == state
    assert attempt.reference == "T-77"
    assert {line.split()[1] for line in reader.seen} == {"5f0c"}
    assert pause_s(attempt) == 1.0


def test_a_cancelled_payment_may_turn_out_to_be_paid_and_stays_so() -> None:
    kept: list[Attempt] = []
    reader = Reader([Answer("confirmed", "T-78")])
    attempt, _words = give_up(reader, REQUEST, Attempt("5f0c", "reader", 1230), kept.append)
    assert attempt.state == "confirmed"
    again, _words = ask(reader, REQUEST, attempt, kept.append)
    assert again == attempt
    assert len(kept) == 1


def test_one_method_set_up_wrongly_does_not_close_the_shop() -> None:
    made, problems = methods(
        ["card", "cash", "qr", "sumup"], {"qr": {"scheme": "epc", "name": "Mia", "iban": "wrong"}}
    )
    assert list(made) == ["card", "cash"]
    assert "IBAN" in problems["qr"]
    assert "install the package" in problems["sumup"]


def test_a_second_qr_method_goes_by_its_own_name() -> None:
    made, problems = methods(["girocode"], {"girocode": PAYEE | {"kind": "qr"}})
    assert problems == {}
    assert made["girocode"].name == "girocode"


def test_a_package_brings_a_method_by_an_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    class Found:
        def load(self) -> object:
            return lambda name, _table: Reader(name=name)

    monkeypatch.setattr(
        metadata, "entry_points", lambda **wanted: [Found()] if wanted["name"] == "sumup" else []
    )
    made, _problems = methods(["sumup"], {})
    assert isinstance(made["sumup"], PolledMethod)
