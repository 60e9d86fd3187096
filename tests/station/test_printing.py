"""From the committed sale to the paper: what the printer does to a slip, and what it never does to a sale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.catalogue.paper import Row
from kiosk.checkout import printqueue
from kiosk.checkout.printqueue import Job
from kiosk.checkout.sale import commit
from kiosk.ledger.connection import Ledger
from kiosk.station.events import DrawerStuck, QueueChanged
from kiosk.station.rendering import enqueue_rows, render
from tests.station.stand import Stand, done

CUT = "✂"


def receipts(stand: Stand) -> list[str]:
    """The numbers on the paper, in order; a copy has its mark before the number."""
    marks = ("Receipt A-", "COPY")
    return [line.strip().removeprefix("Receipt ") for line in stand.paper() if line.strip().startswith(marks)]


def test_a_committed_sale_is_on_paper_with_the_rows_of_the_preview(stand: Stand) -> None:
    receipt = stand.sell("MUG-BLUE", "HONEY", "CAN-CREME")
    stand.printed()
    job = Job(0, "receipt", receipt.id, 0, "QUEUED", 0, 0, None, None)
    preview = done(stand.station.read(render, job, stand.station.settings))
    paper = stand.paper()
    assert paper[-1].startswith(CUT)
    texts = [row.text.strip() for row in preview if row.text and not row.big]
    assert [line for line in texts if line not in {printed.strip() for printed in paper}] == []
    assert stand.stall.do("paper")["qr"] == ["R/A-000001"]
    assert stand.stall.do("paper")["unknown"] == []
    assert "TOTAL€31.30" in "".join(paper).replace(" ", "")
    stand.until(lambda: [row[3] for row in stand.queue()] == ["SENT", "CONFIRMED"])  # a pulse has no answer


def test_the_drawer_opens_once_and_before_the_receipt(stand: Stand) -> None:
    stand.sell()
    stand.sell(drawer=False)
    stand.printed()
    assert [row[0] for row in stand.queue()] == ["drawer", "receipt", "receipt"]
    assert stand.pulses() == 1


def test_out_of_paper_the_till_sells_on_and_prints_after_the_refill(stand: Stand) -> None:
    stand.printer("paper-out")
    numbers = [stand.sell(drawer=False).number for _n in range(3)]
    stand.until(lambda: stand.jobs()[0].error == "the printer is out of paper")
    stand.until(lambda: [job.state for job in stand.jobs()] == ["QUEUED"] * 3)
    stand.until(lambda: stand.lamp("printer")[1] == "no paper")
    stand.until(lambda: stand.lamp("queue")[1] == "3 waiting")
    assert stand.paper() == []
    stand.printer("paper-ok")
    stand.printed()
    assert receipts(stand) == numbers
    stand.until(lambda: stand.lamp("queue") == ("", ""))


def test_the_drawer_opens_for_every_sale_while_there_is_no_paper(stand: Stand) -> None:
    stand.printer("paper-out")
    for sold in range(1, 4):
        stand.sell()
        stand.pulsed(sold)
    stand.printer("paper-ok")
    stand.printed()
    assert stand.pulses() == 3


def test_with_an_open_cover_a_slip_waits(stand: Stand) -> None:
    stand.printer("cover-open")
    number = stand.sell().number
    stand.until(lambda: stand.jobs() and stand.jobs()[-1].error == "the printer's cover is open")
    stand.until(lambda: stand.lamp("printer")[1] == "printer cover open")
    stand.printer("cover-closed")
    stand.printed()
    assert receipts(stand) == [number]


def test_a_roll_that_ends_inside_a_receipt_is_printed_to_its_end_from_the_new_one(stand: Stand) -> None:
    stand.printer("paper-out", after=6)
    number = stand.sell().number
    stand.until(lambda: stand.lamp("printer")[1] == "no paper")
    assert len(stand.paper()) < 10
    stand.printer("paper-ok")
    stand.until(lambda: any(line.startswith(CUT) for line in stand.paper()))
    stand.printed()
    assert receipts(stand) == [number]
    assert sum(line.startswith(CUT) for line in stand.paper()) == 1


def cut_off(stand: Stand) -> None:
    """Sell, and pull the printer's plug while the receipt comes out."""
    stand.printer("slow", rate=200)
    stand.sell(drawer=False)
    stand.until(lambda: stand.jobs()[0].sent > 0)
    stand.printer("unplug")
    stand.until(lambda: [job.state for job in stand.jobs()] == ["DOUBTFUL"])
    stand.printer("clear")


def test_a_slip_cut_off_in_the_middle_is_in_doubt_and_offered_again_as_a_copy(stand: Stand) -> None:
    cut_off(stand)
    stand.until(lambda: stand.lamp("queue")[0] == "bad")
    stand.until(lambda: stand.lamp("printer")[1] == "printer not found")
    stand.printer("replug")
    stand.until(lambda: stand.lamp("printer")[0] == "ok")
    later = stand.sell(drawer=False).number
    stand.until(lambda: len(stand.jobs()) == 1)
    assert receipts(stand)[-1] == later, "nothing of the first one came after the break"
    (job,) = stand.jobs()
    assert job.state == "DOUBTFUL"
    done(stand.station.submit(printqueue.retry, job.id, stand.person()))
    stand.printed()
    assert receipts(stand)[-2:] == ["COPY 1", "COPY 1"] or receipts(stand)[-3:] == [
        "COPY 1",
        "A-000001",
        "COPY 1",
    ]
    stand.until(lambda: stand.lamp("queue") == ("", ""))


def test_a_slip_in_doubt_can_be_given_up(stand: Stand) -> None:
    cut_off(stand)
    (job,) = stand.jobs()
    done(stand.station.submit(printqueue.cancel, job.id))
    stand.until(lambda: stand.lamp("queue") == ("", ""))
    stand.printer("replug")
    stand.until(lambda: stand.lamp("printer")[0] == "ok")
    number = stand.sell().number
    stand.until(lambda: receipts(stand)[-1:] == [number])


def test_without_a_printer_the_drawer_is_said_to_be_stuck_and_never_opens_later(stand: Stand) -> None:
    stand.printer("unplug")
    stand.until(lambda: stand.lamp("printer")[1] == "printer not found")
    number = stand.sell().number
    (stuck,) = stand.until(lambda: stand.heard.of(DrawerStuck))
    assert stuck.reason == "the printer is not connected"
    stand.printer("replug")
    stand.until(lambda: receipts(stand) == [number])
    stand.printed()
    assert stand.pulses() == 0


def test_a_drawer_pulse_queued_before_a_power_cut_is_dropped_and_the_receipt_printed(
    stand: Stand, opening: Callable[..., Stand], tmp_path: Path
) -> None:
    sale = stand.sale()
    cut = stand.snapshot(tmp_path / "cut", lambda ledger: commit(ledger, sale))
    stand.printed()
    stand.station.close()
    assert stand.pulses() == 1
    again = opening(folder=cut.parent)
    again.printed()
    wanted = [("drawer", "CANCELLED"), ("receipt", "CONFIRMED")]  # sent comes a moment before confirmed
    again.until(lambda: [(row[0], row[3]) for row in again.queue()] == wanted)
    assert again.pulses() == 1


def test_a_receipt_that_was_being_sent_at_a_power_cut_is_in_doubt_and_not_sent_again_by_itself(
    stand: Stand, opening: Callable[..., Stand], tmp_path: Path
) -> None:
    stand.printer("slow", rate=100)
    number = stand.sell(drawer=False).number
    stand.until(lambda: stand.jobs()[0].state == "SENDING")
    cut = stand.snapshot(tmp_path / "cut")
    stand.printer("slow")
    stand.printed()
    stand.station.close()
    stand.stall.do("paper", tear=True)
    again = opening(folder=cut.parent)
    again.until(lambda: again.lamp("queue")[1] == "1 prints in doubt")
    later = again.sell().number
    again.until(lambda: receipts(again) == [later])
    (job,) = again.until(lambda: [one for one in again.jobs() if one.state != "SENDING"])
    assert (job.state, job.error) == ("DOUBTFUL", "the till stopped while this was being printed")
    done(again.station.submit(printqueue.retry, job.id, again.person()))
    again.printed()
    assert receipts(again) == [later, "COPY 1", number, "COPY 1"]


@pytest.mark.parametrize(
    "body",
    ["not JSON", "[1]", '[{"nonsense": 1}]', '[{"text": 7}]', '[{"feed": "x"}]', '{"a": 1}'],
    ids=["text", "numbers", "another row", "a number", "a word", "no list"],
)
def test_a_slip_that_cannot_be_drawn_does_not_block_the_ones_behind_it(stand: Stand, body: str) -> None:
    def damaged(ledger: Ledger) -> None:
        with ledger.transaction():
            printqueue.enqueue(ledger, "slip", None, body=body)

    done(stand.station.submit(damaged))
    number = stand.sell().number
    stand.until(lambda: receipts(stand) == [number])
    (job,) = stand.until(lambda: [one for one in stand.jobs() if one.state == "DOUBTFUL"])
    assert job.kind == "slip"
    assert job.error


def test_a_receipt_of_a_sale_that_is_not_there_does_not_block_the_queue(stand: Stand) -> None:
    def lost(ledger: Ledger) -> None:
        with ledger.transaction():
            printqueue.enqueue(ledger, "receipt", 999_999)

    done(stand.station.submit(lost))
    number = stand.sell().number
    stand.until(lambda: receipts(stand) == [number])


def test_a_slip_of_no_row_of_the_ledger_is_printed_too(stand: Stand) -> None:
    done(stand.station.submit(enqueue_rows, [Row("Żurek & Käse € 5"), Row(cut=True)]))
    stand.printed()
    assert stand.paper()[0] == "Zurek & Käse € 5", "transliterated where the code page has no letter"


def test_without_a_printer_in_the_settings_receipts_wait_and_are_counted(
    opening: Callable[..., Stand], stall_devices: dict[str, object]
) -> None:
    stand = opening(devices=(stall_devices["scanner"],))
    stand.sell()
    stand.until(lambda: [(job.kind, job.state) for job in stand.jobs()] == [("receipt", "QUEUED")])


def test_a_printer_bought_later_prints_what_waited(
    opening: Callable[..., Stand], stall_devices: dict[str, object]
) -> None:
    stand = opening(devices=())
    number = stand.sell().number
    stand.station.close()
    again = opening()
    again.until(lambda: receipts(again) == [number])
    assert again.pulses() == 0


def test_a_printer_on_another_pin_or_without_a_drawer(
    opening: Callable[..., Stand], stall_devices: dict[str, object]
) -> None:
    printer = stall_devices["printer"]
    for pin, pulses in ((5, 1), (0, 1)):
        stand = opening(devices=(replace(printer, drawer_pin=pin),))  # type: ignore[type-var]
        stand.sell()
        stand.printed()
        assert stand.pulses() == pulses
        assert stand.heard.of(DrawerStuck) == []
        stand.station.close()


def test_the_queue_is_told_when_it_changes_and_only_then(stand: Stand) -> None:
    stand.printer("paper-out")
    stand.sell(drawer=False)
    stand.until(lambda: QueueChanged(1, 0) in stand.heard.of(QueueChanged))
    stand.printer("paper-ok")
    stand.until(lambda: stand.heard.of(QueueChanged)[-1] == QueueChanged(0, 0))
    told = stand.heard.of(QueueChanged)
    assert all(before != after for before, after in pairwise(told))


NASTY = {
    "markup": "[bold red]Mug[/] {sku} %s <b>",
    "control": "Mug\x1b@\x1dV\x00\x10\x14\x01\x00\x01\nbelow\tbeside",
    "right to left": "\u202egum \u200fحليب חלה",
    "long": "Ä" * 200,
    "wide": "陶器のマグカップ 🍵",
}


@pytest.mark.parametrize("name", NASTY.values(), ids=NASTY)
def test_a_name_from_outside_is_words_on_paper_and_nothing_else(stand: Stand, name: str) -> None:
    sale = stand.sale(drawer=False)
    (line,) = sale.basket.lines
    item = replace(line.item, name=name, sku="ODD", article=None, product=None)
    basket = replace(sale.basket, lines=(replace(line, item=item),))
    receipt = done(stand.station.submit(commit, replace(sale, basket=basket)))
    stand.printed()
    assert receipts(stand) == [receipt.number]
    told = stand.stall.do("paper")
    assert (told["unknown"], told["cuts"], told["pulses"]) == ([], 1, 0)
    assert max(map(len, stand.paper())) <= stand.settings.receipt.columns
