"""The demo shop is whole, believable and quickly made."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk import cli, demo, i18n
from kiosk.catalogue.products import Catalogue
from kiosk.catalogue.quicklists import every_list
from kiosk.catalogue.resolve import BundleFound, ProductFound, resolve
from kiosk.checkout import shift
from kiosk.checkout.payments.registry import methods
from kiosk.checkout.people import everybody, sign_in
from kiosk.demo.parts import PARTS, register_parts
from kiosk.demo.stall import clock_of, stall_time
from kiosk.energy.ageing import aged
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.settings import Settings, load
from kiosk.setup import ShopExists

NOON = 1_795_431_600_000
"""2026-11-23 11:00 UTC."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return the settings of a demo shop."""
    folder = tmp_path_factory.mktemp("demo") / "shop"
    demo.build(folder, clock=FakeClock(NOON), language="en", timezone="Europe/Berlin")
    return load(folder)


@pytest.fixture
def ledger(shop: Settings) -> Ledger:
    """Return the demo shop's ledger, opened to read."""
    return Ledger.open(shop.ledger, readonly=True)


def test_it_has_goods_of_every_kind(ledger: Ledger, shop: Settings) -> None:
    goods = list(Catalogue(ledger).all())
    assert len(goods) >= 40
    assert {product.unit for product in goods} == {"each", "kg", "l", "m"}
    assert {product.tax_class for product in goods} <= set(shop.pricing.taxes)
    assert any(product.min_age for product in goods)
    assert any(product.prompt for product in goods)
    assert any(product.demo for product in goods)
    assert any(product.price is None for product in goods)
    assert any("\u0590" < letter < "\u06ff" for product in goods for letter in product.name)


def test_every_code_has_a_right_check_digit_and_finds_its_product(ledger: Ledger, shop: Settings) -> None:
    for product in Catalogue(ledger).all():
        for code in product.barcodes:
            found = resolve(ledger, code, shop.scan.patterns)
            assert isinstance(found, ProductFound)
            assert found.product.sku == product.sku


def test_a_weighed_packet_is_understood(ledger: Ledger, shop: Settings) -> None:
    found = resolve(ledger, "2100011003354", shop.scan.patterns)
    assert isinstance(found, ProductFound)
    assert (found.product.sku, found.quantity) == ("OLIVES", 335)


def test_the_lists_are_five_with_colours_and_one_bundle(ledger: Ledger, shop: Settings) -> None:
    lists = every_list(ledger)
    assert [one.name for one in lists if one.kind == "list"] == [
        "Pottery",
        "Candles",
        "Textiles",
        "Food",
        "Loose",
    ]
    assert all(one.colour and one.keys for one in lists)
    on_keys = {key.product.sku for one in lists for key in one.keys}
    assert on_keys == {product.sku for product in Catalogue(ledger).all()}
    (bundle,) = (one for one in lists if one.kind == "bundle")
    found = resolve(ledger, f"{shop.base_url}/L/{bundle.token}", shop.scan.patterns)
    assert isinstance(found, BundleFound)
    assert [part.product.sku for part in found.parts] == ["MUG-BLUE", "HONEY", "TEATOWEL"]


def test_mia_sells_and_sam_supervises_in_an_open_shift(tmp_path: Path) -> None:
    clock = FakeClock(NOON)
    settings = demo.build(tmp_path / "shop", clock=clock, language="en", timezone="Europe/Berlin")
    ledger = Ledger.open(settings.ledger, clock=clock)
    people = {person.name: person for person in everybody(ledger)}
    assert {name: person.role for name, person in people.items()} == {"Mia": "seller", "Sam": "supervisor"}
    assert sign_in(ledger, people["Mia"].id, "1111").name == "Mia"
    assert sign_in(ledger, people["Sam"].id, "2580").name == "Sam"
    opened = shift.current(ledger)
    assert opened is not None
    assert (opened.float_amount, opened.business_date) == (10_000, "2026-11-23")
    ledger.close()


def test_it_speaks_every_language(tmp_path: Path) -> None:
    for language in i18n.languages():
        i18n.set_language(language)
        try:
            settings = demo.build(tmp_path / language, clock=FakeClock(NOON))
        finally:
            i18n.set_language("en")
        assert load(settings.folder).language == language


def test_customers_can_pay_every_way(shop: Settings) -> None:
    made, problems = methods(shop.methods, shop.payments)
    assert problems == {}
    assert list(made) == ["cash", "card", "qr"]


def test_it_overwrites_nothing(tmp_path: Path) -> None:
    demo.build(tmp_path / "shop", clock=FakeClock(NOON))
    with pytest.raises(ShopExists):
        demo.build(tmp_path / "shop", clock=FakeClock(NOON))


def test_the_kits_parts_are_registered_once(shop: Settings) -> None:
    for _again in range(2):
        register_parts(shop, FakeClock())
    with Ledger.open(shop.ledger, readonly=True) as ledger:
        found = aged(ledger, None)
    assert [one.part.id for one in found] == [part.id for part in PARTS]
    assert [one.part.id for one in found if one.flags] == ["PACK-2"]


@pytest.mark.parametrize("argv", [("--at", "25:00"), ("--at", "noon"), ("--speed", "0"), ("--speed", "fast")])
def test_a_time_or_a_speed_that_cannot_be_is_refused(
    argv: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["demo", *argv])
    assert left.value.code == 2
    assert argv[1] in capsys.readouterr().err


def test_the_demo_begins_at_the_hour_it_is_told_and_its_clock_goes_with_the_stall() -> None:
    time = stall_time("9:05", 60)
    clock = clock_of(time)
    began = datetime.fromtimestamp(clock.now().wall_ms / 1000, UTC).astimezone()
    assert (began.hour, began.minute) == (9, 5)
    assert (clock.now().trusted, time.speed) == (True, 60)
    assert clock.now().boot_id != clock_of(time).now().boot_id
