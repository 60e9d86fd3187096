"""What a sale comes to: the cases other tills got wrong, with their sources."""

from __future__ import annotations

import pytest

from kiosk.checkout.basket import Basket, Discount, Item
from kiosk.checkout.cash import CashRounding
from kiosk.checkout.money import Currency
from kiosk.checkout.tax import Tax, TaxClass, TaxError, rounded_taxes
from kiosk.checkout.totals import Pricing, Rounding, UnknownTaxClass
from tests.checkout.rules.shop import basket_of, pricing

ROUNDINGS: tuple[Rounding, ...] = ("line", "rate", "document")


def test_five_lines_of_one_hundred_at_19_percent_rounded_on_each_line() -> None:
    """The figures of pretix's `apply_rounding`."""
    totals = basket_of(pricing("line"), *[(10_000, "A")] * 5).totals
    assert (totals.net, totals.tax, totals.gross) == (42_015, 7_985, 50_000)


def test_the_same_rounded_on_the_rate_moves_two_cents_of_tax_and_no_price() -> None:
    totals = basket_of(pricing("rate"), *[(10_000, "A")] * 5).totals
    assert (totals.net, totals.tax, totals.gross) == (42_017, 7_983, 50_000)
    assert [line.tax for line in totals.lines] == [1596, 1596, 1597, 1597, 1597]
    assert {line.gross for line in totals.lines} == {10_000}


@pytest.mark.parametrize(("rounding", "gross"), [("line", 3664), ("rate", 3667), ("document", 3667)])
def test_two_taxes_and_a_third_on_top_of_both(rounding: Rounding, gross: int) -> None:
    """Odoo's `test_taxes_tax_totals_summary`: 2 x 15.89 net, 6 % and 6 %, then 3 % on base and both."""
    totals = basket_of(pricing(rounding, "exclusive"), (1589, "S"), (1589, "S")).totals
    assert totals.gross == gross
    assert sum(line.gross for line in totals.lines) == gross
    assert sum(part.tax for part in totals.rates[0].parts) == totals.tax


@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_a_cent_twice_and_sixteen_is_1602_everywhere(rounding: Rounding) -> None:
    """woocommerce-android #12496 showed 16.03 and charged 16.02."""
    basket = Basket(pricing(rounding)).add(Item("P", "Penny sweet", "each", 1, "A"), 2000)
    totals = basket.add(Item("T", "Tin", "each", 1600, "A")).totals
    assert (
        totals.gross
        == sum(line.gross for line in totals.lines)
        == sum(rate.gross for rate in totals.rates)
        == 1602
    )


def test_canada_492_by_card_and_490_in_cash() -> None:
    """The rounding text of Canada's budget of 2012: 1.83 + 2.86 and 5 %."""
    rules = pricing(
        "rate", "exclusive", CashRounding(5), {"G": TaxClass("G", (Tax(50_000),))}, Currency.of("CAD")
    )
    totals = basket_of(rules, (183, "G"), (286, "G")).totals
    assert (totals.due_other, totals.due_cash) == (492, 490)


@pytest.mark.parametrize("rounding", ROUNDINGS)
@pytest.mark.parametrize("prices", [(9999,), (3333, 3333, 3333)])
def test_the_printed_price_wins_over_a_net_that_does_not_exist(
    rounding: Rounding, prices: tuple[int, ...]
) -> None:
    """99.99 at 19 % has no net: 84.02 makes 99.98 and 84.03 makes 100.00. pretix once charged 100.00."""
    totals = basket_of(pricing(rounding), *[(price, "A") for price in prices]).totals
    assert totals.gross == 9999
    assert [line.gross for line in totals.lines] == list(prices)
    assert totals.net + totals.tax == 9999


def test_the_net_is_what_the_taxes_leave_and_is_not_divided_out() -> None:
    """Odoo: 17.79 with 6 % and 6 % inside is 17.79 - 0.95 - 0.95 = 15.89, not 17.79 / 1.12 = 15.88."""
    both = {"T": TaxClass("T", (Tax(60_000), Tax(60_000)))}
    totals = basket_of(pricing("line", taxes=both), (1779, "T")).totals
    assert (totals.net, totals.tax) == (1589, 190)


def test_half_a_cent_of_tax_goes_up() -> None:
    """HMRC refuses retailers that round VAT down (VATREC12020)."""
    assert rounded_taxes(TaxClass("V", (Tax(200_000),)), 3, inclusive=True) == (1,)  # exactly 0.5


def test_a_tax_on_a_tax_takes_the_earlier_one_as_it_is_on_the_receipt() -> None:
    quebec_as_it_was = TaxClass("Q", (Tax(50_000), Tax(99_750, "base+earlier")))
    assert rounded_taxes(quebec_as_it_was, 1050, inclusive=False) == (53, 110)  # 9.975 % of 11.03
    assert quebec_as_it_was.rate == 154_738  # 15.47375 %, half up


def test_a_sale_discount_is_split_over_tax_classes_to_the_cent() -> None:
    basket = basket_of(pricing(), (1999, "A"), (250, "B"), (75, "Z")).discount_sale(Discount(amount=500))
    totals = basket.totals
    assert [line.sale_discount for line in totals.lines] == [430, 54, 16]
    assert [(rate.tax_class, rate.gross) for rate in totals.rates] == [("A", 1569), ("B", 196), ("Z", 59)]
    assert (totals.discount, totals.gross) == (500, 1824)


def test_ten_euros_off_three_equal_lines() -> None:
    totals = basket_of(pricing(), *[(5000, "A")] * 3).discount_sale(Discount(amount=1000)).totals
    assert [line.sale_discount for line in totals.lines] == [334, 333, 333]


def test_a_line_and_a_sale_discount_add_up() -> None:
    basket = basket_of(pricing(), (1000, "A"), (500, "A")).discount_line(1, Discount(percent=150_000))
    totals = basket.discount_sale(Discount(percent=100_000)).totals
    assert [(line.line_discount, line.sale_discount) for line in totals.lines] == [(150, 85), (0, 50)]
    assert (totals.discount, totals.gross) == (285, 1215)


def test_document_rounding_rounds_once_over_all_classes() -> None:
    """0.042 + 0.033 exact tax is 0.075 and rounds to 0.08; by class it would be 0.04 + 0.03."""
    lines = ((60, "B"), (47, "B7"))
    taxes = {"B": TaxClass("B", (Tax(70_000),)), "B7": TaxClass("B7", (Tax(70_213),))}
    by_rate = basket_of(pricing("rate", "exclusive", taxes=taxes), *lines).totals
    by_document = basket_of(pricing("document", "exclusive", taxes=taxes), *lines).totals
    assert (by_rate.tax, by_document.tax) == (7, 8)
    assert [rate.tax for rate in by_document.rates] == [4, 4]  # 0.0330 lost most when rounded down


def test_void_lines_count_zero_and_stay() -> None:
    basket = basket_of(pricing(), (1000, "A"), (500, "B")).void(1)
    assert (basket.totals.gross, basket.totals.count, len(basket.lines)) == (500, 1, 2)
    assert [line.uid for line in basket.totals.lines] == [2]


def test_an_empty_basket_comes_to_nothing() -> None:
    totals = Basket(pricing("document", cash=CashRounding(5))).totals
    assert (totals.gross, totals.tax, totals.due_cash, totals.rates, totals.lines) == (0, 0, 0, (), ())


def test_a_class_the_settings_lost_is_named() -> None:
    with pytest.raises(UnknownTaxClass, match="Q"):
        _ = basket_of(pricing(), (1000, "Q")).totals


@pytest.mark.parametrize("rates", [(), (Tax(0),) * 9])
def test_a_class_has_at_least_one_tax_and_not_a_heap(rates: tuple[Tax, ...]) -> None:
    with pytest.raises(TaxError):
        TaxClass("A", rates)


def test_a_rate_is_a_fraction_and_not_a_percentage() -> None:
    with pytest.raises(TaxError, match=r"0\.19"):
        Tax(19_000_000)


def test_money_without_decimals_is_taxed_in_whole_yen() -> None:
    japan = Pricing(Currency.of("JPY"), "inclusive", "rate", {"R": TaxClass("R", (Tax(80_000),))})
    totals = basket_of(japan, (108, "R"), (99, "R")).totals
    assert (totals.gross, totals.tax) == (207, 15)
