"""What the screen computes before it paints: numbers typed, PINs, digits of blocks, bars, codes, pages."""

from __future__ import annotations

from itertools import pairwise

import pytest
import segno

from kiosk.catalogue.paper import Row
from kiosk.checkout.basket import Basket, Discount
from kiosk.checkout.qr_matrix import QUIET
from kiosk.tui.basketrows import BasketRow, rows_of
from kiosk.tui.entry import NumberEntry, TextEntry
from kiosk.tui.pinpad import PinPad
from kiosk.tui.quickkeys import BUNDLE, PAGE, QuickKeys, list_tabs, menu_keys, product_keys
from kiosk.tui.widgets.basket import pages_of
from kiosk.tui.widgets.chart import columns
from kiosk.tui.widgets.glyphs import block_rows
from kiosk.tui.widgets.keygrid import places
from kiosk.tui.widgets.paper import paper_lines
from kiosk.tui.widgets.powerstrip import Power, told
from kiosk.tui.widgets.qrcode import qr_rows
from kiosk.tui.widgets.touchkey import TouchKey
from tests.tui.fakes import EUR, MIA, PRICING, SAM, FakeKey, FakeList, item, offer


@pytest.mark.parametrize(
    ("keys", "decimals", "value"),
    [
        ("", 2, None),
        ("20", 2, 2000),
        ("12.5", 2, 1250),
        ("12,50", 2, 1250),
        ("0.335", 3, 335),
        (".5", 2, 50),
        ("1.2.3", 2, 123),
        ("1.999", 2, 199),
        ("007", 0, 7),
        ("5.5", 0, 55),
        ("1234567890123", 0, 123456789),
    ],
)
def test_a_number_typed_is_an_integer_of_its_smallest_unit(
    keys: str, decimals: int, value: int | None
) -> None:
    entry = NumberEntry(decimals=decimals)
    for key in keys:
        entry = entry.press(key)
    assert entry.value == value


def test_text_takes_no_control_characters_and_no_more_than_it_may() -> None:
    entry = TextEntry("", 5).press("a").press("\x1b").press("\u202e").press("bcdefg").press("b c")
    assert entry.typed == "ab c"
    assert entry.back().typed == "ab "


def test_a_pin_is_not_taken_while_it_has_to_wait() -> None:
    pad = PinPad()
    for digit in "11a11":
        pad = pad.press(digit, 0)
    assert pad.typed == "1111"
    assert pad.dots == "●●●●"
    assert pad.ready(0)
    assert pad.trying().typed == ""
    pad = pad.trying().refused(4, 1000)
    assert pad.press("1", 4999).typed == ""
    assert pad.wait_s(1001) == 4
    assert pad.press("1", 5000).typed == "1"


@pytest.mark.parametrize(
    ("width", "height", "rows"), [(60, 8, 7), (30, 8, 7), (30, 4, 4), (16, 4, 3), (5, 4, 0)]
)
def test_the_largest_digits_that_fit_are_taken(width: int, height: int, rows: int) -> None:
    drawn = block_rows("9.15", width, height)
    assert len(drawn) == rows
    assert all(len(row) <= width for row in drawn)


def test_digits_of_every_locale_are_drawn() -> None:
    assert block_rows("1\u202f234,50", 60, 4)
    assert block_rows("1’234.50", 60, 4)
    assert block_rows("−5", 60, 4)
    assert block_rows("EUR", 60, 4) == ()


def test_bars_tell_unknown_from_nothing() -> None:
    assert columns([0, 4, 8, None], 1) == [" ▄█·"]
    assert columns([8, 16], 2) == [" █", "██"]
    assert columns([], 3) == ["", "", ""]
    assert columns([0, 0], 1) == ["  "]


def test_a_code_on_the_screen_is_the_code_with_its_quiet_zone() -> None:
    rows = qr_rows("HTTPS://PAY.EXAMPLE/S3/7K2Q")
    matrix = [
        list(line) for line in segno.make("HTTPS://PAY.EXAMPLE/S3/7K2Q", error="M", boost_error=False).matrix
    ]
    halves = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
    pixels = [[halves[char][part] for char in row] for row in rows for part in (0, 1)]
    size = len(matrix)
    assert [line[QUIET : QUIET + size] for line in pixels[QUIET : QUIET + size]] == matrix
    assert not any(any(line) for line in pixels[:QUIET])
    assert len(rows[0]) == size + 2 * QUIET


def test_paper_shows_the_rows_that_are_printed() -> None:
    rows = [
        Row("STALL 3", big=True, align="centre"),
        Row(rule=True),
        Row("Mug      12.50", bold=True),
        Row(cut=True),
    ]
    lines = ["".join(part.text for part in line) for line in paper_lines(rows, 20)]
    assert lines == ["   S T A L L   3    ", "─" * 20, "Mug      12.50      "]
    code = paper_lines([Row(qr="X")], 42)
    assert len(code) > 10


def test_unknown_power_is_said_to_be_unknown() -> None:
    assert told(Power()) == ["battery unknown"]
    assert told(Power(87, 71_400, 190)) == ["87 %", "3 h 10 left", "71 W"]
    assert told(Power(87, None, None, age_ms=300_000)) == ["87 %", "5 min ago"]


def test_a_grid_fills_its_box_and_its_keys_never_touch() -> None:
    found = places(46, 12, 3, 3)
    assert max(place.right for place in found) == 46
    assert max(place.bottom for place in found) == 12
    for row in range(3):
        line = found[row * 3 : row * 3 + 3]
        assert all(after.x - before.right == 1 for before, after in pairwise(line))


def test_a_page_never_tears_a_line_from_what_belongs_to_it() -> None:
    rows = [BasketRow(uid, kind) for uid in range(1, 9) for kind in ("line", "more")]  # type: ignore[arg-type]
    pages = pages_of(rows, 9)
    assert sum(len(page) for page in pages) == len(rows)
    assert all(len(page) <= 7 for page in pages)
    assert all(page[0].kind == "line" for page in pages)
    assert pages_of(rows[:4], 9) == [rows[:4]]


def test_a_basket_says_what_was_agreed_and_what_is_missing() -> None:
    basket = Basket(PRICING).add(item("Sloe gin")).add(item("Olives"), 335)
    basket = basket.discount_line(2, Discount(percent=100_000, reason="ripe"), MIA.id)
    basket = basket.add(item("Gift box")).void(3).discount_sale(Discount(amount=100))
    texts = [(row.kind, row.count, row.text, row.sum) for row in rows_of(basket)]
    assert texts == [
        ("line", "1", "Sloe gin", "24.00"),
        ("ask", "", "check age: 18", ""),
        ("line", "", "Olives", "4.35"),
        ("more", "", "0.335\u00a0kg × 12.99/kg", ""),
        ("more", "", "10% ripe", "-0.44"),
        ("void", "1", "Gift box", "void"),
        ("sale", "", "discount", "-1.00"),
    ]
    waived = rows_of(basket.waive_age(1, SAM.id))
    assert (waived[1].kind, waived[1].text) == ("more", "age not checked")  # nothing is left to be done


def shop(count: int, kind: str = "list") -> QuickKeys:
    keys = tuple(FakeKey(1, at + 1, offer(at, f"Thing {at}", 100)) for at in range(count))
    return QuickKeys((FakeList(1, "Things", "blue", keys, kind), FakeList(2, "Other", "", ())))  # type: ignore[arg-type]


def test_a_list_with_more_keys_than_fit_can_be_turned_to_its_end() -> None:
    quick = shop(14)
    seen: set[str] = set()
    for _page in range(2):
        keys = product_keys(quick, 3, 3, EUR)
        assert keys[-1] is not None and keys[-1].id == PAGE
        seen |= {key.label for key in keys if key and key.tile}
        quick = quick.turned(9)
    assert seen == {f"Thing {number}" for number in range(14)}


def test_a_list_that_fits_has_no_page_key_and_gaps_stay_gaps() -> None:
    keys = (FakeKey(1, 1, offer(1, "One", 100)), FakeKey(1, 3, offer(3, "Three", None, unit="kg")))
    quick = QuickKeys((FakeList(1, "L", "", keys),))  # type: ignore[arg-type]
    shown = product_keys(quick, 3, 3, EUR)
    assert [key and key.label for key in shown] == ["One", None, "Three"]
    assert shown[2] is not None and shown[2].hint == "c" and shown[2].detail == "…/kg"


def test_commands_that_do_not_fit_are_paged_and_the_way_back_is_on_every_page() -> None:
    keys = [TouchKey(f"k{number}", "x") for number in range(16)]
    done = TouchKey("done", "done")
    assert menu_keys(keys[:11], done, 12, 0)[-1] == done
    assert len(menu_keys(keys[:11], done, 12, 0)) == 12
    seen: set[str] = set()
    for page in range(3):
        shown = menu_keys(keys, done, 8, page)
        assert len(shown) <= 8 and shown[-1] == done and shown[-2].id == PAGE
        seen |= {key.id for key in shown}
    assert {key.id for key in keys} <= seen


def test_a_bundle_offers_all_of_it_at_once() -> None:
    assert product_keys(shop(3, "bundle"), 3, 3, EUR)[-1].id == BUNDLE  # type: ignore[union-attr]


def test_lists_that_do_not_fit_are_reached_by_the_last_tab() -> None:
    lists = tuple(FakeList(number, f"L{number}", "") for number in range(9))
    quick = QuickKeys(lists)  # type: ignore[arg-type]
    assert [tab.id for tab in list_tabs(quick, 4)] == ["list:0", "list:1", "list:2", "next_list"]
    assert [tab.id for tab in list_tabs(quick.opened(8), 4)][:3] == ["list:6", "list:7", "list:8"]
    assert quick.opened(99) == quick
    assert QuickKeys().step(1) == QuickKeys()
