"""The station itself: its threads, its connections, what it tells, and what it keeps over a restart."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hardware.device import CodeScanned, State, StateChanged
from kiosk.catalogue.resolve import ProductFound, Unknown
from kiosk.checkout import printqueue
from kiosk.checkout.shift import current
from kiosk.ledger.connection import Ledger
from kiosk.ledger.errors import LedgerFull
from kiosk.tui.keeper import Keeper
from tests.station.stand import Heard, Stand, device, done

MUG = "9520000000011"


def _fail(trouble: BaseException) -> None:
    raise trouble


def open_files() -> int:
    """How many descriptors this process holds."""
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(sys.platform != "linux", reason="counts descriptors in /proc")
def test_a_station_leaves_no_thread_and_no_descriptor(opening: Callable[..., Stand]) -> None:
    def one_day() -> None:
        stand = opening()
        stand.sell()
        stand.printed()
        done(stand.station.find(MUG))
        done(stand.station.aside(current))
        stand.station.close()

    one_day()  # what is imported or opened once for the process is there now
    threads, files = set(threading.enumerate()), open_files()
    for _day in range(3):
        one_day()
    assert set(threading.enumerate()) <= threads
    Heard().until(lambda: open_files() <= files)  # the stall closes its ends a moment later


def test_a_station_that_is_closed_at_once_leaves_no_thread(opening: Callable[..., Stand]) -> None:
    threads = set(threading.enumerate())
    for _time in range(5):
        opening().station.close()
    assert set(threading.enumerate()) <= threads


def test_a_scan_arrives_as_an_event_with_the_scanners_name(stand: Stand) -> None:
    stand.until(lambda: stand.stall.do("status")["scanner"]["readers"])  # type: ignore[index]
    stand.stall.do("scan", code=MUG)
    (scan,) = stand.until(lambda: stand.heard.of(CodeScanned))
    assert (scan.device, scan.raw) == ("scanner", MUG)
    found = done(stand.station.find(scan.raw))
    assert isinstance(found, ProductFound)
    assert found.product.sku == "MUG-BLUE"


def test_a_code_with_a_wrong_check_digit_is_an_answer_and_no_crash(stand: Stand) -> None:
    answer = done(stand.station.find("9520000000012"))
    assert isinstance(answer, Unknown)
    assert not answer.addable
    assert isinstance(done(stand.station.find("<b>\x1b[31m\u202enobody")), Unknown)


def test_anybody_may_ask_from_any_thread_while_sales_go_on(stand: Stand) -> None:
    with ThreadPoolExecutor(8) as people:
        asked = [people.submit(lambda: done(stand.station.find(MUG))) for _n in range(60)]
        typed = [people.submit(lambda: done(stand.station.search("glaze"))) for _n in range(60)]
        sold = [people.submit(stand.sell) for _n in range(10)]
    assert {one.result().product.sku for one in asked} == {"MUG-BLUE"}  # type: ignore[union-attr]
    assert {tuple(offer.sku for offer in one.result()) for one in typed} == {("MUG-BLUE", "MUG-GREEN")}
    assert sorted(one.result().number for one in sold) == [f"A-{n:06}" for n in range(1, 11)]


def test_a_question_does_not_wait_for_the_writer(stand: Stand) -> None:
    held = threading.Event()
    writing = stand.station.submit(lambda _ledger: held.wait(30))
    assert done(stand.station.search("honey"))[0].sku == "HONEY"
    assert done(stand.station.aside(current)) is not None
    assert not writing.done()
    held.set()
    assert done(writing)


def test_what_a_service_raises_comes_back_to_who_asked(stand: Stand) -> None:
    with pytest.raises(ZeroDivisionError):
        done(stand.station.submit(lambda _ledger: 1 // 0))
    assert stand.sell().number == "A-000001"


def test_the_readers_connection_cannot_write(stand: Stand) -> None:
    with pytest.raises(PermissionError):
        done(stand.station.read(lambda ledger: ledger.execute("DELETE FROM draft")))


def test_a_subscriber_that_leaves_hears_nothing_more(stand: Stand) -> None:
    heard: list[object] = []
    leave = stand.station.subscribe(heard.append)
    leave()
    stand.sell()
    stand.printed()
    assert heard == []


BROKEN = {
    "no such driver": device("printer", "lasers"),
    "an address that is none": device("printer", "tcp", "nowhere"),
    "a serial port that is not there": device("printer", "serial", "/dev/serial/by-id/gone"),
    "a file in no folder": device("printer", "file", "no-such-folder/paper.bin"),
    "a driver that does not know its words": device("scanner", "tcp", ""),
}


@pytest.mark.parametrize("chosen", BROKEN.values(), ids=BROKEN)
def test_a_device_set_up_wrongly_is_one_faulty_device_and_the_till_sells(
    opening: Callable[..., Stand], stall_devices: dict[str, object], chosen: object
) -> None:
    good = [one for name, one in stall_devices.items() if name != chosen.role]  # type: ignore[attr-defined]
    stand = opening(devices=(chosen, *good))
    name = chosen.role  # type: ignore[attr-defined]
    bad = {State.FAULT, State.ABSENT}
    change = stand.until(
        lambda: [c for c in stand.heard.of(StateChanged) if c.device == name and c.state in bad]
    )
    assert change[0].reason
    stand.until(lambda: stand.lamp("power")[0] == "ok")
    assert stand.lamp(name)[0] == "bad"
    assert stand.sell().number == "A-000001"
    ready = {c.device for c in stand.heard.of(StateChanged) if c.state is State.READY}
    assert "battery" in ready


def test_without_any_device_the_till_sells(opening: Callable[..., Stand]) -> None:
    stand = opening(devices=())
    assert stand.sell().number == "A-000001"
    assert {lamp.state for lamp in stand.station.lamps} <= {"off", "warn"}


def test_without_a_printer_no_pulse_is_kept_and_what_waits_is_told(opening: Callable[..., Stand]) -> None:
    stand = opening(devices=())
    stand.sell()
    assert stand.lamp("printer") == ("off", "no printer")
    stand.until(lambda: stand.lamp("queue") == ("warn", "1 waiting"))
    stand.until(lambda: [row[3] for row in stand.queue()] == ["CANCELLED", "QUEUED"])
    (job,) = stand.jobs()
    done(stand.station.submit(printqueue.cancel_all, [job.id]))
    stand.until(lambda: stand.lamp("queue") == ("", ""))


def test_the_basket_on_the_screen_is_there_after_a_power_cut(
    stand: Stand, opening: Callable[..., Stand], tmp_path: Path
) -> None:
    async def ring_up() -> str:
        register = stand.station.register
        register.person = stand.person()
        keeper = Keeper(stand.station, _fail)
        for line, sku in enumerate(("HONEY", "TOTE", "HONEY")):
            register.tap(stand.basket(sku).lines[0].item, 1000 * line)
            keeper.keep()
        await keeper.keep_now()
        return keeper.draft

    draft = asyncio.run(ring_up())
    basket = stand.station.register.basket
    cut = stand.snapshot(tmp_path / "cut")

    async def go_on() -> None:
        again.station.register.person = again.person("Sam")
        keeper = Keeper(again.station, _fail)
        assert await keeper.resume()
        assert keeper.draft == draft

    stand.station.close()
    again = opening(folder=cut.parent)
    asyncio.run(go_on())
    back = again.station.register.basket
    assert [(line.item.sku, line.quantity) for line in back.lines] == [("HONEY", 2000), ("TOTE", 1000)]
    assert back.totals == basket.totals


def test_a_full_disk_at_the_start_keeps_no_device_from_working(
    opening: Callable[..., Stand], monkeypatch: pytest.MonkeyPatch
) -> None:
    full = [True]
    real = printqueue.after_boot

    def after_boot(ledger: Ledger) -> list[int]:
        if full:
            full.clear()
            raise LedgerFull(ledger.path)
        return real(ledger)

    monkeypatch.setattr(printqueue, "after_boot", after_boot)
    stand = opening()
    stand.until(lambda: stand.lamp("printer")[0] == "ok")
    assert stand.sell().number == "A-000001"
    stand.printed()
