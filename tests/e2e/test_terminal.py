"""The till in a real terminal, as somebody meets it who has just installed it."""

from __future__ import annotations

import os
import resource
from pathlib import Path

from kiosk.checkout.find_sale import find
from kiosk.checkout.sale import load
from kiosk.ledger.connection import Ledger
from kiosk.ledger.verify import verify
from tests.e2e.terminal import NO_RIGHTS, Terminal, closed, kill, need, till_of

MUG, HONEY = "9520000000011", "9520000000349"


def sold(shop: Path) -> list[tuple[str, int]]:
    """Number and total of what is in the ledger, which is whole."""
    with Ledger.open(shop / "ledger.db", readonly=True) as ledger:
        assert verify(ledger).ok
        return sorted((one.number, load(ledger, one.id).total) for one in find(ledger, ""))


def test_a_new_user_sells_in_the_demo(terminal: Terminal) -> None:
    terminal.open("demo")
    terminal.sign_in("a", "Mia", "1111")
    terminal.shows("Scan, tap or search", "Mug, blue", "printer ok")
    terminal.until(terminal.readers, "a reader")
    terminal.kiosk("sim", "scan", MUG)
    terminal.shows("1 Mug, blue glaze             12.50", "1 item")
    terminal.kiosk("sim", "scan", HONEY)
    terminal.shows("1 Honey 500 g                  7.80", "2 items")
    terminal.press("F5")
    terminal.shows("exact")
    terminal.type("50")
    terminal.shows("change 29.70")
    terminal.press("Enter")
    terminal.shows("A-000001 · total €20.30")
    terminal.until(lambda: "Chipped mugs come back" in terminal.paper(), "a receipt")
    paper = terminal.paper()
    assert "Receipt A-000001" in paper
    assert "Change                             29.70" in paper
    no_paper(terminal)
    terminal.press("Enter")
    terminal.shows("Scan, tap or search")


def no_paper(terminal: Terminal) -> None:
    """The roll ends; the till says so, sells on, and prints when there is a new one."""
    terminal.kiosk("sim", "printer", "paper-out")
    terminal.until(lambda: "no paper" in terminal.top(), "no paper")
    terminal.press("Enter")
    terminal.shows("Scan, tap or search")
    terminal.press("a")
    terminal.shows("1 item")
    terminal.press("F5")
    terminal.shows("exact")
    terminal.press("a")
    terminal.shows("A-000002 · total €12.50")
    assert "A-000002" not in terminal.paper()
    terminal.kiosk("sim", "printer", "paper-ok")
    terminal.until(lambda: "A-000002" in terminal.paper(), "the second receipt")
    terminal.until(lambda: "printer ok" in terminal.top(), "printer ok")


def test_the_basket_is_back_after_a_kill(terminal: Terminal, shop: Path) -> None:
    terminal.open("demo", "--keep", str(shop))
    terminal.sign_in("a", "Mia", "1111")
    terminal.until(lambda: terminal.readers("--shop", str(shop)), "a reader")
    for code in (MUG, HONEY):
        terminal.kiosk("--shop", str(shop), "sim", "scan", code)
    terminal.shows("Mug, blue glaze", "Honey 500 g")
    terminal.until(lambda: saved(shop) == 2, "both lines on disk")
    kill(till_of(shop))
    assert terminal.ended() == 137
    terminal.leave()
    terminal.open("--shop", str(shop))
    terminal.sign_in("b", "Sam", "2580")
    terminal.shows("1 Mug, blue glaze             12.50", "1 Honey 500 g                  7.80", "no printer")
    terminal.press("F5")
    terminal.shows("exact")
    terminal.press("a")
    terminal.shows("A-000001 · total €20.30")
    assert sold(shop) == [("A-000001", 2030)]


def saved(shop: Path) -> int:
    """How many lines the draft on disk has."""
    with Ledger.open(shop / "ledger.db", readonly=True) as ledger:
        row = ledger.row("SELECT json_array_length(body, '$.lines') FROM draft WHERE state = 'open'")
    return int(row[0]) if row else 0


def test_a_till_that_is_killed_while_it_sells_loses_nothing_it_showed(terminal: Terminal, shop: Path) -> None:
    for number in (1, 2):
        terminal.open("--shop", str(shop))
        terminal.sign_in("a", "Mia", "1111")
        terminal.wedge(MUG)
        terminal.shows("Mug, blue glaze             12.50", "1 item")
        terminal.press("F5")
        terminal.shows("exact")
        terminal.press("a")
        terminal.shows(f"A-{number:06} · total €12.50")
        kill(till_of(shop))
        assert terminal.ended() == 137
        terminal.leave()
        assert sold(shop) == [(f"A-{n:06}", 1250) for n in range(1, number + 1)]


def test_a_second_till_on_the_same_shop_is_refused(terminal: Terminal, shop: Path, tmp_path: Path) -> None:
    terminal.open("--shop", str(shop))
    terminal.shows("Mia")  # the shop is open
    process = till_of(shop)
    (tmp_path / "second").mkdir()
    second = Terminal(tmp_path / "second")
    try:
        second.open("--shop", str(shop))
        assert second.ended() == 1
        assert f"A till is running on {shop}/ledger.db already (process {process})" in second.said()
    finally:
        second.close()
    terminal.sign_in("a", "Mia", "1111")


def test_the_till_closes_itself_in_good_order_when_its_terminal_goes(terminal: Terminal, shop: Path) -> None:
    terminal.open("--shop", str(shop))
    terminal.sign_in("a", "Mia", "1111")
    terminal.press("a")
    terminal.shows("1 item")
    terminal.leave()
    terminal.until(lambda: closed(shop), "the end of the till")
    terminal.open("--shop", str(shop))
    terminal.sign_in("a", "Mia", "1111")
    terminal.shows("Mug, blue glaze", "1 item")


def test_a_full_disk_leaves_the_sale_on_the_screen_until_there_is_room(
    terminal: Terminal, shop: Path
) -> None:
    terminal.open("--shop", str(shop))
    terminal.sign_in("a", "Mia", "1111")
    terminal.press("a")
    terminal.shows("1 item")
    terminal.until(lambda: saved(shop) == 1, "the line on disk")
    terminal.press("F5")
    terminal.shows("exact")
    limit = resource.RLIMIT_FSIZE
    before = resource.prlimit(till_of(shop), limit, (1, resource.RLIM_INFINITY))
    terminal.press("a")
    terminal.shows("Not stored: the disk")
    assert sold(shop) == []
    resource.prlimit(till_of(shop), limit, before)
    terminal.press("Enter")
    terminal.shows("A-000001 · total €12.50")
    assert sold(shop) == [("A-000001", 1250)]


def test_a_shop_folder_that_can_only_be_read(terminal: Terminal, shop: Path) -> None:
    need("setpriv", "util-linux")
    shop.chmod(0o555)
    (shop / "ledger.db").chmod(0o444)
    try:
        terminal.open("--shop", str(shop), through=NO_RIGHTS if os.geteuid() == 0 else ())
        assert terminal.ended() == 1
        assert "The ledger cannot be written" in terminal.said()
        assert "Everything stored is safe" in terminal.said()
    finally:
        shop.chmod(0o755)


def test_a_damaged_ledger(terminal: Terminal, shop: Path) -> None:
    ledger = shop / "ledger.db"
    garbage = bytes(range(256)) * 64
    ledger.write_bytes(garbage)
    terminal.open("--shop", str(shop))
    assert terminal.ended() == 1
    assert "is damaged" in terminal.said()
    assert "kiosk backup --restore" in terminal.said()
    assert ledger.read_bytes() == garbage, "nothing is written to what may still be rescued"


def test_settings_with_mistakes(terminal: Terminal, shop: Path) -> None:
    toml = (shop / "shop.toml").read_text("utf-8")
    (shop / "shop.toml").write_text(toml.replace("columns = 42", "columns = 41").replace('"EUR"', '"EURO"'))
    terminal.open("--shop", str(shop))
    assert terminal.ended() == 2
    for words in ("shop.currency", "EURO", "receipt.columns", "41", "32, 42, 48", "shop.toml"):
        assert words in terminal.said()


def test_no_shop_at_all(terminal: Terminal, tmp_path: Path) -> None:
    terminal.open("--shop", str(tmp_path / "nowhere"))
    assert terminal.ended() == 1
    assert "kiosk init" in terminal.said()
    assert not (tmp_path / "nowhere").exists()


def test_settings_and_ledger_of_different_shops(terminal: Terminal, shop: Path) -> None:
    toml = (shop / "shop.toml").read_text("utf-8").replace('currency = "EUR"', 'currency = "CHF"')
    toml = toml.replace(', "qr"]', "]")
    (shop / "shop.toml").write_text(toml[: toml.index("[payments.qr]")] + toml[toml.index("[scan]") :])
    terminal.open("--shop", str(shop))
    assert terminal.ended() == 2
    assert "shop.toml says CHF, the ledger counts in EUR" in terminal.said()
