"""Importing: other people's files as they are, bad rows named, good rows in, twice the same is nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.catalogue import csv_import
from kiosk.catalogue.csv_export import export
from kiosk.catalogue.csv_import import ImportPlan, Rules, UnreadableFile
from kiosk.catalogue.products import BarcodeTaken, Catalogue, Product
from kiosk.catalogue.spreadsheet import harmless
from kiosk.ledger.connection import Ledger

RULES = Rules(exponent=2, taxes={"A": 190_000, "B": 70_000, "Z": 0}, default_tax="A")


FILES = Path(__file__).with_name("files")
"""Exports as the three programs write them, and one with every fault a row can have."""


def file(name: str) -> bytes:
    return (FILES / name).read_bytes()


def plan(ledger: Ledger, content: str | bytes, rules: Rules = RULES) -> ImportPlan:
    return csv_import.plan(ledger, content.encode() if isinstance(content, str) else content, rules)


def problems(planned: ImportPlan) -> list[tuple[int, str]]:
    return [(problem.line, problem.column) for problem in planned.problems]


def named(planned: ImportPlan) -> dict[str, tuple[str, int | None, str, str, tuple[str, ...]]]:
    return {one.sku: (one.name, one.price, one.unit, one.tax_class, one.barcodes) for one in planned.new}


def test_loyverse(ledger: Ledger) -> None:
    planned = plan(ledger, file("loyverse.csv"))
    assert planned.source == "Loyverse" and planned.problems == () and planned.rows == 6
    assert named(planned) == {
        "10000": ("Mug", 1250, "each", "A", ("04006381333931",)),
        "10001": ("Olives", 1299, "kg", "B", ()),
        "10002": ("T-shirt, S, red", 1500, "each", "A", ()),
        "10003": ("T-shirt, L, red", 1500, "each", "A", ()),
        "10004": ("Gift box", 2000, "each", "A", ()),
        "10005": ("Engraving", None, "each", "Z", ()),
    }
    by_sku = {one.sku: one for one in planned.new}
    assert by_sku["10003"].category == "Clothes" and not by_sku["10003"].active
    assert by_sku["10000"].stock_tracked and not by_sku["10001"].stock_tracked
    assert "Cost" in planned.unused and "In stock [Market]" in planned.unused


def test_square(ledger: Ledger) -> None:
    planned = plan(ledger, file("square.csv"))
    assert planned.source == "Square" and planned.encoding == "utf-8-sig"
    assert named(planned) == {
        "SQ-1": ("Coffee, Large", 350, "each", "A", ()),
        "036000291452": ("Sandwich", 425_000, "each", "A", ("00036000291452",)),
        "SQ-3": ("Cheese", None, "kg", "A", ()),
    }
    assert [one.active for one in planned.new] == [True, True, False]
    assert planned.new[0].category == "Hot Drinks"
    assert problems(planned) == [(5, "Unit and Precision")]


def test_odoo(ledger: Ledger) -> None:
    planned = plan(ledger, file("odoo.csv"))
    assert planned.source == "Odoo"
    assert named(planned) == {
        "MUG": ("Mug", 1250, "each", "A", ("04006381333931",)),
        "p2": ("Olives", 1299, "kg", "B", ()),
    }
    assert planned.new[0].category == "Kitchen"
    assert problems(planned) == [(4, "Customer Taxes")]
    assert "--tax" in planned.problems[0].reason
    assert len(plan(ledger, file("odoo.csv"), replace(RULES, tax="A")).new) == 3


def test_odoo_in_its_own_words(ledger: Ledger) -> None:
    planned = plan(
        ledger, "id,name,default_code,barcode,list_price,uom_id/id\nx.p1,Mug,MUG,,12.5,uom.product_uom_unit\n"
    )
    assert planned.source == "Odoo" and named(planned) == {"MUG": ("Mug", 1250, "each", "A", ())}


def test_a_german_spreadsheet(ledger: Ledger) -> None:
    text = "sep=;\r\nArtikelnummer;Bezeichnung;Preis;Strichcode\r\nA1;Käse;1.234,50 €;\r\n"
    text += "A2;Brot;3,5;96385074\r\n"
    planned = csv_import.plan(ledger, text.encode("cp1252"), RULES)
    assert (planned.encoding, planned.delimiter, planned.decimal) == ("cp1252", ";", ",")
    assert named(planned)["A1"][:2] == ("Käse", 123_450)
    assert named(planned)["A2"] == ("Brot", 350, "each", "A", ("00000096385074",))
    assert csv_import.plan(ledger, text.encode("utf-16"), RULES).new == planned.new


def test_bad_rows_are_named_and_good_rows_stand(shop: Ledger) -> None:
    planned = plan(shop, file("bad.csv"))
    assert [one.sku for one in planned.new] == ["GOOD-1", "GOOD-2", "GOOD-3"]
    assert problems(planned) == [
        (3, "name"), (4, "price"), (5, "price"), (6, "price"), (7, "barcodes"), (8, "tax"), (9, "min_age"),
        (10, "active"), (11, ""), (12, "sku"), (13, ""), (14, "barcodes"), (15, "sku"), (16, "price"),
        (17, "barcodes"), (19, "barcodes"), (20, "sku"), (21, "name"),
    ]  # fmt: skip
    reasons = {problem.line: problem.reason for problem in planned.problems}
    assert "should be 1" in reasons[7]
    assert "GOOD-1 is on line 2" in reasons[12]
    assert "spreadsheet has damaged" in reasons[14]
    assert "4006381333931 belongs to MUG-1" in reasons[17]
    assert "5901234123457 is on line 18" in reasons[19]
    assert all(reason.isprintable() for reason in reasons.values())


def test_a_plan_stores_nothing_and_applying_it_twice_changes_nothing(ledger: Ledger) -> None:
    before = ledger.row("SELECT count(*) FROM journal")
    first = plan(ledger, file("loyverse.csv"))
    assert list(Catalogue(ledger).all(inactive=True)) == []
    assert ledger.row("SELECT count(*) FROM journal") == before
    told: list[tuple[int, int]] = []
    done = csv_import.apply(ledger, first, author=3, progress=lambda at, of: told.append((at, of)))
    assert (done.new, done.changed, done.same, done.refused) == (6, 0, 0, 0)
    assert told == [(0, 6), (6, 6)]
    rows = ledger.row("SELECT count(*) FROM journal")
    second = plan(ledger, file("loyverse.csv"))
    assert (len(second.new), len(second.changed), second.same) == (0, 0, 6)
    csv_import.apply(ledger, second)
    assert ledger.row("SELECT count(*) FROM journal") == rows


def test_only_what_a_file_says_is_changed(shop: Ledger) -> None:
    planned = plan(shop, 'sku,name,price\nJAM,Cassis,5.00\nMUG-1,"Mug, blue glaze",12.50\n')
    (change,) = planned.changed
    assert change.fields == ("name", "price") and planned.same == 1
    assert change.after.min_age == 18 and change.after.barcodes == ("SHELF-7",)
    csv_import.apply(shop, planned)
    jam = Catalogue(shop).by_sku("JAM")
    assert jam is not None and (jam.name, jam.price, jam.min_age) == ("Cassis", 500, 18)


def test_another_programs_barcode_joins_those_there_are(shop: Ledger) -> None:
    text = "Handle,SKU,Name,Sold by weight,Barcode,Price\nmug,MUG-1,Mug,N,5901234123457,12.50\n"
    (change,) = plan(shop, text).changed
    assert change.after.barcodes == ("00036000291452", "04006381333931", "05901234123457")
    assert change.after.category == "Mugs"


def test_in_parts_somebody_else_can_write_between_them(ledger: Ledger) -> None:
    planned = plan(ledger, "sku,name,price\n" + "".join(f"S{n},Mug {n},1.00\n" for n in range(600)))
    seen: list[int] = []

    def between() -> None:
        with ledger.sibling() as till, till.transaction():
            till.record("sale", {"no": f"A-{len(seen):06}"})
        row = ledger.row("SELECT count(*) FROM product")
        seen.append(row[0] if row else 0)

    done = csv_import.apply(ledger, planned, between=between)
    assert (done.new, seen) == (600, [250, 500, 600])


def test_a_part_that_fails_leaves_those_before_it_and_the_rest_comes_with_the_next_import(
    ledger: Ledger,
) -> None:
    text = "sku,name,price\n" + "".join(f"S{n},Mug {n},1.00\n" for n in range(600))

    def between() -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        csv_import.apply(ledger, plan(ledger, text), between=between)
    again = plan(ledger, text)
    assert (again.same, len(again.new)) == (250, 350)
    csv_import.apply(ledger, again)
    assert plan(ledger, text).same == 600


def test_applying_fails_whole_when_the_catalogue_has_moved_on(ledger: Ledger) -> None:
    planned = plan(ledger, "sku,name,price,barcode\nA,First,1.00,\nB,Second,1.00,96385074\n")
    Catalogue(ledger).put(Product("C", "Third", 100, barcodes=("96385074",)))
    with pytest.raises(BarcodeTaken):
        csv_import.apply(ledger, planned)
    assert [one.sku for one in Catalogue(ledger).all()] == ["C"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"PK\x03\x04xx",
        b"%PDF-1.7",
        b"a,b\x00,c",
        b"colour,size\nred,L\n",
        b'"sku,name\n',
        b"\x81\x8d\x8f\x90\x9d",
    ],
)
def test_what_is_no_catalogue(ledger: Ledger, content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        csv_import.plan(ledger, content, RULES)


def test_a_cell_over_several_lines_keeps_the_line_numbers(ledger: Ledger) -> None:
    text = 'sku,name,price\nA,"Mug\nblue",1.00\nB,,1.00\nC,"12"" pipe",1.00\nD,12" pipe,2.00\n'
    planned = plan(ledger, text)
    assert [one.name for one in planned.new] == ["Mug blue", '12" pipe', '12" pipe']
    assert problems(planned) == [(4, "name")]


GOODS = (
    Product("=A1", '=HYPERLINK("x")', 0, category="+cat", prompt="-note", demo="@demo"),
    Product("'-B", "''=quoted", None, unit="kg", barcodes=("-5", "4006381333931", "01234565")),
    Product("C", 'Anis, "süß" 🍬 كوب', 10**10, tax_class="B", min_age=99, stock_tracked=True, active=False),
    Product("D", "x" * 200, 5, unit="l"),
)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_an_export_reads_back_unchanged(ledger: Ledger, tmp_path: Path, delimiter: str) -> None:
    for product in GOODS:
        Catalogue(ledger).put(product)
    path = tmp_path / "products.csv"
    assert export(ledger, path, delimiter) == len(GOODS)
    same = csv_import.plan(ledger, path.read_bytes(), RULES)
    assert (same.source, same.same, same.problems, same.changed) == ("Barrow", len(GOODS), (), ())
    fresh = Ledger.create(tmp_path / "other.db", clock=ledger.clock, series="B")
    csv_import.apply(fresh, csv_import.plan(fresh, path.read_bytes(), RULES))
    stored = [replace(one, id=None, article=None) for one in Catalogue(fresh).all(inactive=True)]
    assert stored == [replace(one, id=None, article=None) for one in Catalogue(ledger).all(inactive=True)]
    fresh.close()


def test_no_cell_of_an_export_is_a_formula(ledger: Ledger, tmp_path: Path) -> None:
    for product in GOODS:
        Catalogue(ledger).put(product)
    path = tmp_path / "products.csv"
    export(ledger, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    cells = path.read_text("utf-8-sig").replace("\r\n", ",").split(",")
    assert not [cell for cell in cells if cell.strip('"')[:1] in {"=", "+", "-", "@"}]
    assert harmless("'-B") == "''-B" and harmless("it's plain") == "it's plain"


def test_a_failed_export_leaves_the_old_file(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    with pytest.raises(FileNotFoundError):
        export(ledger, folder / "products.csv")
    assert list(tmp_path.glob("*.part")) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200) | st.text("sku,name;price\n\"'\r\x1d=1.5Eé", max_size=120).map(str.encode))
def test_any_bytes_are_a_plan_or_a_refusal(ledger: Ledger, content: bytes) -> None:
    for whole in (content, b"sku,name,price,barcodes\n" + content):
        try:
            planned = csv_import.plan(ledger, whole, RULES)
        except UnreadableFile as refused:
            assert str(refused)
        else:
            assert len(planned.new) + len(planned.changed) + planned.same + planned.refused == planned.rows
