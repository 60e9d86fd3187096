"""The usual taxes and smallest coins of `kiosk init`, against what others publish."""

from __future__ import annotations

from decimal import Decimal

import eu_vat_rates_data
import pytest
from babel.core import get_global

from kiosk.checkout.denominations import denominations
from kiosk.checkout.money import Currency
from kiosk.settings.presets import PRESETS, Preset

EUROPE = [preset for code, preset in PRESETS.items() if eu_vat_rates_data.has_rate(code)]
FRACTIONS = get_global("currency_fractions")
BY_CLDR = ("CH", "CA", "DK", "NO", "SE")
"""Countries whose rounding of cash CLDR knows."""


@pytest.mark.parametrize("preset", EUROPE, ids=lambda preset: preset.code)
def test_the_rates_of_europe_are_those_that_the_tax_offices_publish(preset: Preset) -> None:
    published = eu_vat_rates_data.get_rate(preset.code)
    assert published is not None
    standard, *reduced = [Decimal(tax.rates[0]) for tax in preset.taxes if tax.rates != ("0",)]
    assert standard == Decimal(str(published["standard"]))
    low = [published["super_reduced"]] if published["super_reduced"] else []
    assert set(reduced) <= {Decimal(str(rate)) for rate in [*published["reduced"], *low]}


@pytest.mark.parametrize("code", BY_CLDR)
def test_cash_is_rounded_as_cldr_says(code: str) -> None:
    preset = PRESETS[code]
    _digits, _rounding, cash_digits, cash_step = FRACTIONS[preset.currency]
    step = Decimal(cash_step or 1).scaleb(-cash_digits)
    assert Decimal(preset.step) == step


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.code)
def test_every_step_of_cash_is_a_coin_and_no_smaller_one_is_left_but_euro_cents(preset: Preset) -> None:
    money = Currency.of(preset.currency)
    pieces = denominations(money).pieces
    if preset.step:
        step = money.parse(preset.step)
        assert step in pieces
        assert step == pieces[-1] or preset.currency == "EUR"
