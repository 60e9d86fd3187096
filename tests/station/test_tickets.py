"""The ticket on the receipt: its code is on the paper, and in nothing that is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from hardware.printer.encoder import encode
from hardware.printer.profile import PROFILES
from hardware.simulated.picture import png
from hardware.simulated.printer import SimulatedPrinter
from kiosk.catalogue.paper import Row
from kiosk.checkout import printqueue, stored_sale
from kiosk.checkout.printqueue import Job
from kiosk.ledger.backup import backup
from kiosk.pickup import codes, desk, holds, orders
from kiosk.pickup.codes import KEY_FILE, NoSecret
from kiosk.pickup.order import Step
from kiosk.pickup.wish import Wish
from kiosk.station import collecting, rendering
from tests.tui.pickups import pickup_stall, sold
from tests.tui.stall import Stall


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Stall]:
    with pickup_stall(tmp_path) as shop:
        yield shop


def words(rows: list[Row]) -> str:
    """The text of some paper."""
    return "\n".join(row.text for row in rows)


def job(made: Stall) -> Job:
    """What is printed next."""
    found = printqueue.next_job(made.ledger)
    assert found is not None
    return found


def bodies(made: Stall) -> list[object]:
    """What the print queue keeps."""
    return [body for (body,) in made.rows("SELECT body FROM print_job")]


def printed(made: Stall) -> list[Row]:
    """The next job on paper, and what became of it."""
    one = job(made)
    rows = rendering.render(made.ledger, one, made.settings)
    printqueue.mark_sending(made.ledger, one.id)
    printqueue.mark_sent(made.ledger, one.id, 100)
    return rows


def has_code(rows: list[Row], ticket: desk.Ticket) -> bool:
    """Whether digits, bars and QR code are there; never only some of them."""
    parts = (
        codes.show(ticket.code) in words(rows),
        any(row.bars == ticket.code for row in rows),
        any((row.qr or "").startswith("BRW:") for row in rows),
    )
    assert len(set(parts)) == 1, parts
    return parts[0]


@pytest.mark.parametrize("profile", ["80mm", "58mm"])
def test_the_receipt_is_the_ticket_and_every_reader_reads_it(made: Stall, profile: str) -> None:
    _receipt, ticket = sold(made, "MUG-BLUE")
    printer = SimulatedPrinter(PROFILES[profile])
    printer.receive(encode(printed(made), PROFILES[profile]))
    printer.work()
    assert printer.paper.unknown == []
    told = [line.told() for line in printer.paper.lines]
    answer = {"drawn": told, "dots": PROFILES[profile].dots, "font": PROFILES[profile].font}
    picture = Image.open(BytesIO(png(json.loads(json.dumps(answer))))).convert("L")
    texts = {code.text for code in zxingcpp.read_barcodes(picture)}
    assert {ticket.code, ticket.token, "R/A-000001"} <= texts


def test_a_shop_that_prints_no_receipt_prints_the_ticket_alone(made: Stall) -> None:
    _receipt, ticket = sold(made, "MUG-BLUE", "HONEY", receipt=False)
    rows = printed(made)
    assert has_code(rows, ticket)
    assert "Mug, blue glaze" in words(rows)
    assert "TOTAL" not in words(rows)


def test_neither_the_ledger_nor_a_backup_tells_the_code(made: Stall, tmp_path: Path) -> None:
    _receipt, ticket = sold(made, "MUG-BLUE")
    made.ledger.checkpoint()
    copy = backup(made.ledger, tmp_path / "copy.db").path
    raw = copy.read_bytes() + b"".join(file.read_bytes() for file in made.settings.folder.glob("ledger.db*"))
    for part in (ticket.code, codes.show(ticket.code), ticket.token):
        assert part.encode() not in raw


def test_once_the_bytes_have_left_the_seal_is_gone_and_a_copy_has_no_code(made: Stall) -> None:
    receipt, ticket = sold(made, "MUG-BLUE")
    assert has_code(printed(made), ticket)
    assert bodies(made) == [None]
    printqueue.reprint(made.ledger, "receipt", receipt.id, made.somebody("Mia"))
    again = printed(made)
    assert not has_code(again, ticket)
    assert f"Order {ticket.order.ref}" in words(again)
    assert "gets a new one" in words(again)
    shown = rendering.rows_of_sale(made.ledger, stored_sale.load(made.ledger, receipt.id), made.settings)
    assert not has_code(shown, ticket)


def test_what_was_cut_off_is_printed_again_with_its_code(made: Stall) -> None:
    _receipt, ticket = sold(made, "MUG-BLUE")
    one = job(made)
    printqueue.mark_sending(made.ledger, one.id)
    assert printqueue.after_boot(made.ledger) == [one.id]  # the power failed while it was printed
    printqueue.retry(made.ledger, one.id, made.somebody("Mia"))
    rows = printed(made)
    assert has_code(rows, ticket)
    assert "COPY 1" in words(rows)
    assert bodies(made) == [None]


def test_what_is_given_up_is_forgotten(made: Stall) -> None:
    sold(made, "MUG-BLUE", receipt=False)
    printqueue.cancel(made.ledger, job(made).id)
    assert bodies(made) == [None]


def test_the_queue_on_the_screen_shows_no_code(made: Stall) -> None:
    _receipt, ticket = sold(made, "MUG-BLUE")
    rows = rendering.preview(made.ledger, job(made), made.settings)
    assert not has_code(rows, ticket)
    assert "on the paper only" in words(rows)


def test_a_new_code_takes_the_old_one_out_of_the_queue(made: Stall) -> None:
    _receipt, old = sold(made, "MUG-BLUE")
    secret = codes.read_secret(made.settings.folder)
    new = desk.give_code(made.ledger, old.order.id, secret, 7, "Mia")
    rows = printed(made)
    assert not has_code(rows, old)
    assert not has_code(rows, new)
    assert "TOTAL" in words(rows)
    with pytest.raises(desk.WrongCode):
        desk.by_code(made.ledger, old.code, secret, 7)


def test_a_ticket_whose_order_has_ended_is_not_printed(made: Stall) -> None:
    _receipt, ticket = sold(made, "MUG-BLUE", receipt=False)
    with made.ledger.transaction():
        for step in (Step.PACK, Step.ARRIVE, Step.NO_BOX, Step.ANNOUNCE, Step.HANDED_OVER):
            orders.step(made.ledger, ticket.order.id, step, "Mia")
    assert printqueue.open_jobs(made.ledger) == []
    assert bodies(made) == [None]


def test_a_ticket_on_the_screen_is_printed_when_asked_for_and_the_journal_knows(made: Stall) -> None:
    _receipt, ticket = sold(made, "MUG-BLUE")
    printed(made)
    collecting.print_ticket(made.ledger, ticket, made.settings, "Mia")
    assert has_code(printed(made), ticket)
    [(body,)] = made.rows("SELECT body FROM journal WHERE type = 'pickup.slip'")
    assert json.loads(body) == {"o": ticket.order.id, "g": 1, "w": "Mia"}


def test_without_the_secret_nothing_is_printed_that_looks_like_a_ticket(made: Stall) -> None:
    sold(made, "MUG-BLUE")
    (made.settings.folder / KEY_FILE).unlink()
    with pytest.raises(NoSecret):
        rendering.render(made.ledger, job(made), made.settings)


def test_a_seal_opens_for_its_own_order_and_secret_only() -> None:
    sealed = codes.seal(b"k" * 32, "00112233445566aa", 1, "48210937")
    assert "48210937" not in sealed
    assert codes.unseal(b"k" * 32, "00112233445566aa", 1, sealed) == "48210937"
    assert codes.seal(b"k" * 32, "00112233445566aa", 2, "48210937") != sealed
    for secret, order, text in (
        (b"j" * 32, "00112233445566aa", sealed), (b"k" * 32, "ff112233445566aa", sealed),
        (b"k" * 32, "00112233445566aa", "zz"), (b"k" * 32, "00112233445566aa", sealed[:-2]),
    ):  # fmt: skip
        with pytest.raises(codes.NotACode):
            codes.unseal(secret, order, 1, text)


def test_what_was_held_and_not_paid_leaves_no_ticket(made: Stall) -> None:
    pickup = made.settings.pickup
    assert pickup is not None
    wish = Wish("00112233445566aa", "stall", 1_795_600_800_000, "", {"MUG-BLUE": 1000})
    holds.hold(made.ledger, wish, handovers=4, boxed=False)
    assert bodies(made) == []
