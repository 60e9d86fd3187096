"""What the customer may see: facts of the basket, there and back as JSON, and two lines of twenty letters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.checkout.basket import Basket, Discount, Item
from kiosk.checkout.customer import (
    CLOSED,
    IDLE,
    MOST_LINES,
    BadView,
    Line,
    View,
    from_json,
    paid,
    paying,
    selling,
    to_json,
    weighing,
)
from kiosk.i18n import set_language, set_locale
from kiosk.station.pole import WIDTH, two_lines
from tests.checkout.rules.shop import pricing

SHOP = pricing()


@pytest.fixture(autouse=True)
def british() -> Iterator[None]:
    """The same words and figures wherever this runs."""
    set_language("en")
    set_locale("en_GB", "UTC")
    yield
    set_language("en")
    set_locale("en_GB", "")


def item(name: str, price: int, unit: Any = "each") -> Item:
    return Item(name, name, unit, price, next(iter(SHOP.taxes)))


def basket() -> Basket:
    made = Basket(SHOP).add(item("Mug, blue glaze", 1250), 2000).add(item("Olives", 1299, "kg"), 335)
    return made.discount_line(made.lines[1].uid, Discount(percent=100_000))


def test_the_basket_is_told_line_by_line_with_its_sum() -> None:
    view = selling(basket())
    assert (view.moment, view.total, view.due, view.pieces, view.more) == ("selling", 2891, 2891, 3, 0)
    assert view.lines == (
        Line("Mug, blue glaze", 2000, "each", 1250, 2500),
        Line("Olives", 335, "kg", 1299, 391, 44),
    )
    assert view.last == view.lines[1]
    assert selling(Basket(SHOP)) == IDLE
    assert selling(basket(), due=891).due == 891


def test_a_line_struck_out_is_not_the_customer_s() -> None:
    made = basket()
    view = selling(made.void(made.lines[1].uid))
    assert [line.name for line in view.lines] == ["Mug, blue glaze"]
    assert view.last is None


def test_a_discount_on_the_whole_sale_is_told_apart_from_those_on_lines() -> None:
    view = selling(basket().discount_sale(Discount(amount=91)))
    assert (view.discount, view.total) == (91, 2800)
    assert sum(line.amount for line in view.lines) - view.discount == view.total


def test_of_a_long_basket_the_newest_lines_travel() -> None:
    made = Basket(SHOP)
    for number in range(MOST_LINES + 15):
        made = made.add(item(f"Nr {number}", 100))
    view = selling(made)
    assert (len(view.lines), view.more, view.lines[-1].name) == (MOST_LINES, 15, f"Nr {MOST_LINES + 14}")
    assert view.total == 100 * (MOST_LINES + 15)


VIEWS = [
    CLOSED,
    IDLE,
    selling(basket()),
    weighing(IDLE, Line("Olives", 1000, "kg", 1299, 0), 335, net=True),
    weighing(selling(basket()), Line("Olives", 1000, "kg", 1299, 0), None),
    paying(selling(basket()), 2891, "BCD\n002\n€", "Stall 3"),
    paid(2891, 5000, 2109),
]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.moment)
def test_a_view_comes_back_as_it_went(view: View) -> None:
    text = to_json(view)
    assert "\n" not in text
    assert from_json(text) == view


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("moment", "robbing"), ("total", "12"), ("total", 1.5), ("total", True), ("lines", 7), ("lines", [7]),
        ("lines", [{"name": 3}]), ("last", {}), ("last", []), ("qr", None), ("net", 1), ("grams", "x"),
    ],
)  # fmt: skip
def test_a_view_with_anything_wrong_is_none(key: str, value: object) -> None:
    table = json.loads(to_json(selling(basket())))
    with pytest.raises(BadView):
        from_json(json.dumps({**table, key: value}))
    with pytest.raises(BadView):
        from_json(json.dumps({name: found for name, found in table.items() if name != key}))


@given(st.text() | st.just("[" * 50_000) | st.just("x" * 200_000))
def test_noise_is_no_view(text: str) -> None:
    with pytest.raises(BadView):
        from_json(text)


@dataclass(frozen=True)
class Shop:
    """The settings that the pole looks at."""

    name: str = "Stall 3"
    language: str = "en"
    currency: Any = SHOP.currency


@pytest.mark.parametrize(
    ("view", "upper", "lower"),
    [
        (CLOSED, "      Stall 3       ", "       closed       "),
        (IDLE, "      Stall 3       ", "      Welcome       "),
        (VIEWS[2], "Olives          3.91", "TOTAL          28.91"),
        (selling(basket(), due=891), "Olives          3.91", "TO PAY          8.91"),
        (VIEWS[3], "Olives      12.99/kg", "0.335 kg        4.35"),
        (VIEWS[4], "Olives      12.99/kg", "-.--- kg"),
        (VIEWS[5], "TO PAY         28.91", "   Scan the code    "),
        (replace(VIEWS[5], qr=""), "TO PAY         28.91", " " * 20),
        (VIEWS[6], "PAID           50.00", "CHANGE         21.09"),
        (paid(2891, 2891, 0), "PAID           28.91", "     Thank you      "),
    ],
)
def test_two_lines_say_the_moment(view: View, upper: str, lower: str) -> None:
    assert two_lines(view, Shop()) == (upper, lower)  # type: ignore[arg-type]


def test_several_of_a_thing_are_counted_and_a_long_name_gives_way() -> None:
    made = Basket(SHOP).add(item("Lantern of beaten copper", 123_450), 3000)
    upper, _lower = two_lines(selling(made), Shop())  # type: ignore[arg-type]
    assert upper == "3 Lantern o 3,703.50"


def test_the_customer_is_spoken_to_in_the_shop_s_language() -> None:
    assert two_lines(paid(100, 200, 100), Shop(language="de"))[1].startswith("RÜCKGELD")  # type: ignore[arg-type]


@given(st.text(max_size=60), st.integers(0, 10**9), st.integers(1, 10**7))
def test_no_name_and_no_sum_leaves_its_line(name: str, price: int, quantity: int) -> None:
    line = Line(name, quantity, "each", price, price)
    for view in (replace(VIEWS[2], last=line), weighing(IDLE, line, 335), weighing(IDLE, line, None)):
        assert all(len(text) <= WIDTH for text in two_lines(view, Shop()))  # type: ignore[arg-type]
