"""Whatever is sold under whichever rules: lines, tax classes and totals add up to the same cent."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.checkout.basket import Basket, BasketLine, Discount, Item
from kiosk.checkout.cash import CashRounding
from kiosk.checkout.money import Currency
from kiosk.checkout.tax import Tax, TaxClass
from kiosk.checkout.totals import Pricing, Totals, compute

CODES = "ABCD"
RATES = st.one_of(st.sampled_from([0, 70_000, 190_000, 99_750]), st.integers(0, 300_000))
CLASSES = st.lists(st.tuples(RATES, st.sampled_from(["base", "base+earlier"])), min_size=1, max_size=3)
DISCOUNTS = st.one_of(
    st.none(),
    st.integers(0, 1_000_000).map(lambda percent: Discount(percent=percent)),
    st.integers(0, 50_000).map(lambda amount: Discount(amount=amount)),
)


@st.composite
def rules(draw: st.DrawFn) -> Pricing:
    """Any shop's way of pricing."""
    taxes = {code: TaxClass(code, tuple(Tax(rate, on) for rate, on in draw(CLASSES))) for code in CODES}
    step = draw(st.sampled_from([0, 5, 10, 100]))
    return Pricing(
        currency=Currency.of("EUR"),
        prices=draw(st.sampled_from(["inclusive", "exclusive"])),
        rounding=draw(st.sampled_from(["line", "rate", "document"])),
        taxes=taxes,
        cash=CashRounding(step, draw(st.sampled_from(["half-up", "up", "down"]))) if step else None,
    )


@st.composite
def sales(draw: st.DrawFn) -> tuple[tuple[BasketLine, ...], Discount | None, Pricing]:
    """Any sale of up to twelve lines under any rules."""
    rows = draw(
        st.lists(
            st.tuples(
                st.one_of(st.integers(0, 300), st.integers(0, 100_000)),
                st.one_of(st.integers(1, 3000), st.sampled_from([1000, 2000, 5000])),
                st.sampled_from(CODES),
                DISCOUNTS,
            ),
            max_size=12,
        )
    )
    lines = tuple(
        BasketLine(nth, Item(f"X{nth}", "Thing", "kg", price, code), quantity, price, discount)
        for nth, (price, quantity, code, discount) in enumerate(rows, 1)
    )
    return lines, draw(DISCOUNTS), draw(rules())


def assert_adds_up(totals: Totals) -> None:
    """Lines, classes, taxes and totals say the same."""
    for figure in ("net", "tax", "gross"):
        by_line = sum(getattr(line, figure) for line in totals.lines)
        by_rate = sum(getattr(rate, figure) for rate in totals.rates)
        assert by_line == by_rate == getattr(totals, figure), figure
    assert totals.net + totals.tax == totals.gross == totals.due_other
    for rate in totals.rates:
        own = [line for line in totals.lines if line.tax_class == rate.tax_class]
        assert rate.net == sum(line.net for line in own)
        assert [part.tax for part in rate.parts] == [
            sum(taxes) for taxes in zip(*(line.parts for line in own), strict=True)
        ]
        assert rate.tax == sum(part.tax for part in rate.parts)
    for line in totals.lines:
        assert line.net + line.tax == line.gross
        assert line.tax == sum(line.parts)
    assert totals.discount == sum(line.discount for line in totals.lines)


@settings(max_examples=300, deadline=None)
@given(sales())
def test_everything_adds_up(sale: tuple[tuple[BasketLine, ...], Discount | None, Pricing]) -> None:
    lines, discount, pricing = sale
    totals = compute(lines, discount, pricing)
    assert_adds_up(totals)
    assert all(line.net >= 0 and min(line.parts) >= 0 and line.sale_discount >= 0 for line in totals.lines)


@settings(max_examples=200, deadline=None)
@given(sales())
def test_the_printed_prices_are_what_is_charged(
    sale: tuple[tuple[BasketLine, ...], Discount | None, Pricing],
) -> None:
    lines, discount, pricing = sale
    totals = compute(lines, discount, pricing)
    printed = sum(line.amount for line in lines)
    off = discount.of(printed) if discount else 0
    charged = totals.gross if pricing.prices == "inclusive" else totals.net
    assert charged == printed - off
    assert totals.discount == sum(line.line_discount for line in lines) + off


@settings(max_examples=200, deadline=None)
@given(sales())
def test_tax_is_rounded_where_the_setting_says(
    sale: tuple[tuple[BasketLine, ...], Discount | None, Pricing],
) -> None:
    lines, discount, pricing = sale
    totals = compute(lines, discount, pricing)
    inclusive = pricing.prices == "inclusive"
    for rate in totals.rates:
        tax_class = pricing.taxes[rate.tax_class]
        amount, divisor = (rate.gross if inclusive else rate.net), tax_class.divisor(inclusive)
        for part, factor in zip(rate.parts, tax_class.factors, strict=True):
            away = abs(part.tax * divisor - amount * factor)
            if pricing.rounding == "rate":
                assert away * 2 <= divisor
            elif pricing.rounding == "document":
                assert away <= divisor


@settings(max_examples=100, deadline=None)
@given(sales())
def test_the_order_of_lines_changes_no_total(
    sale: tuple[tuple[BasketLine, ...], Discount | None, Pricing],
) -> None:
    lines, _, pricing = sale
    there, back = compute(lines, None, pricing), compute(lines[::-1], None, pricing)
    assert (there.net, there.tax, there.rates) == (back.net, back.tax, back.rates)


def mirrored(line: BasketLine) -> BasketLine:
    """The line as a refund books it: every amount on the other side of zero."""
    twin = replace(line)
    for name in ("full", "line_discount", "amount"):
        object.__setattr__(twin, name, -getattr(line, name))
    return twin


@settings(max_examples=200, deadline=None)
@given(sales())
def test_a_refund_of_everything_is_the_sale_with_its_signs_turned(
    sale: tuple[tuple[BasketLine, ...], Discount | None, Pricing],
) -> None:
    lines, _, pricing = sale
    sold, back = compute(lines, None, pricing), compute([mirrored(line) for line in lines], None, pricing)
    assert_adds_up(back)
    assert (back.net, back.tax, back.due_cash) == (-sold.net, -sold.tax, -sold.due_cash)
    assert [line.parts for line in back.lines] == [tuple(-tax for tax in line.parts) for line in sold.lines]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5000), st.sampled_from(CODES)), max_size=8), rules(), DISCOUNTS)
def test_a_baskets_totals_are_those_of_its_lines(
    things: list[tuple[int, str]], pricing: Pricing, discount: Discount | None
) -> None:
    basket = Basket(pricing)
    for nth, (price, code) in enumerate(things):
        basket = basket.add(Item(f"X{nth}", "Thing", "each", price, code))
    basket = basket.discount_sale(discount)
    assert basket.totals is basket.totals
    assert basket.totals == compute(basket.lines, discount, pricing)
    assert_adds_up(basket.totals)
