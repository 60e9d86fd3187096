"""Paper speaks the shop's language, whatever the seller's screen speaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk import i18n
from kiosk.catalogue.paper import Row
from kiosk.checkout import printqueue, slip_body, stored_sale
from kiosk.checkout.payments.method import Instruction
from kiosk.ledger.connection import Ledger
from kiosk.settings import Settings
from kiosk.station import rendering
from tests.tui.stall import Stall


@pytest.fixture
def german_shop(shop: Settings) -> Iterator[tuple[Stall, Settings]]:
    """A shop that speaks German, in which somebody English sells."""
    settings = replace(shop, language="de", locale="de_DE")
    i18n.set_language("en")
    i18n.set_locale("de_DE", "UTC")
    ledger = Ledger.open(settings.ledger)
    yield Stall(ledger, settings), settings
    ledger.close()
    i18n.set_locale("en_GB", "")


def words(rows: list[Row]) -> str:
    """The text of some paper."""
    return "\n".join(row.text for row in rows)


def test_a_receipt_is_printed_and_shown_in_the_shops_language(german_shop: tuple[Stall, Settings]) -> None:
    made, settings = german_shop
    receipt = made.sell("MUG-BLUE", given=5000)
    job = printqueue.next_job(made.ledger)
    assert job is not None and (job.kind, job.ref) == ("receipt", receipt.id)
    printed = rendering.render(made.ledger, job, settings)
    assert "Rückgeld" in words(printed)
    assert "Change" not in words(printed)
    shown = rendering.rows_of_sale(made.ledger, stored_sale.load(made.ledger, receipt.id), settings)
    assert shown == printed
    assert i18n.language() == "en"


def test_a_payment_code_is_printed_in_the_shops_language(german_shop: tuple[Stall, Settings]) -> None:
    made, settings = german_shop
    rendering.enqueue_code(made.ledger, Instruction("words", "000201", "Willow"), 1234, settings)
    [(body,)] = made.rows("SELECT body FROM print_job WHERE kind = 'slip'")
    paper = words(slip_body.load(body))
    assert "12,34" in paper
    assert "NOT PAID" not in paper
    assert "BEZAHLT" in paper
