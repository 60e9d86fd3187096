"""`kiosk sell` and `kiosk report`: the books without a screen."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from kiosk.checkout.new_sale import NewSale
from kiosk.checkout.sale import Receipt, commit
from kiosk.cli import main
from kiosk.ledger.connection import Ledger
from kiosk.ledger.errors import LedgerFull
from tests.checkout.books.stall import Stall

QUOTE: dict[str, Any] = {
    "currency": "EUR",
    "prices": "inclusive",
    "rounding": "rate",
    "tax": {"A": "0.19", "B": "0.07"},
    "lines": [{"sku": "MUG", "qty": "2", "price": "12.50", "tax": "A"}],
    "payments": [{"method": "cash", "tendered": "30.00"}],
}
ID = "0b0e0c1c-7a51-4f0e-9a53-2d2f5d1c7a11"
SETTINGS = """\
[shop]
name = "Test"
currency = "EUR"
rollover_hour = 0
timezone = "UTC"
[tax.A]
rate = "0.19"
[tax.B]
rate = "0.07"
"""


@pytest.fixture
def shop(shut: Stall, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A shop's folder with a catalogue and people, its shift not open."""
    monkeypatch.setenv("BARROW_LANG", "en")
    return Shop(shut, capsys, monkeypatch)


class Shop:
    """Runs commands on a shop."""

    def __init__(
        self, stall: Stall, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.ledger: Ledger = stall.ledger
        self.folder: Path = stall.ledger.path.parent
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def run(self, *words: str, stdin: object = None) -> tuple[int, str, list[str]]:
        """Exit code, what was printed, and the lines on stderr."""
        text = stdin if isinstance(stdin, str) else json.dumps(stdin)
        raw = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
        self._monkeypatch.setattr(sys, "stdin", raw)
        code = main(["--shop", str(self.folder), *words])
        out, err = self._capsys.readouterr()
        return code, out, err.splitlines()

    def sell(self, sale: object) -> Any:
        """The answer to a sale that goes well."""
        code, out, err = self.run("sell", stdin=sale)
        assert (code, err) == (0, [])
        return json.loads(out)

    def problems(self, sale: object) -> list[str]:
        """The problems of a sale that does not; nothing is booked then."""
        before = self.ledger.row("SELECT count(*) FROM sale")
        code, out, err = self.run("sell", stdin=sale)
        assert (code, out) == (2, "")
        assert self.ledger.row("SELECT count(*) FROM sale") == before
        return err


def test_a_sale_is_booked_and_its_shift_opened(shop: Shop) -> None:
    sold = shop.sell(QUOTE | {"id": ID})
    assert (sold["number"], sold["id"], sold["total"], sold["change"]) == ("A-000001", ID, "25.00", "5.00")
    assert sold["opened_shift"]["float"] == 0
    row = shop.ledger.row("SELECT s.id, p.name FROM sale s JOIN person p ON p.id = s.person")
    assert row == (sold["seq"], "Import")
    assert shop.ledger.rows("SELECT kind FROM print_job") == []
    assert "opened_shift" not in shop.sell(QUOTE)


def test_a_receipt_is_queued_where_there_is_a_printer_and_refused_where_there_is_none(shop: Shop) -> None:
    file = shop.folder / "shop.toml"
    file.write_text(SETTINGS, encoding="utf-8")
    code, _out, err = shop.run("sell", "--print", stdin=QUOTE)
    assert code == 2 and err == ["shop.toml names no printer; nothing was done; leave out --print"]
    assert shop.ledger.row("SELECT count(*) FROM sale") == (0,)
    file.write_text(SETTINGS + '[devices.printer]\nkind = "usblp"\naddress = "/dev/usb/lp0"\n', "utf-8")
    assert shop.run("sell", "--print", stdin=QUOTE)[0] == 0
    assert shop.ledger.rows("SELECT kind FROM print_job") == [("receipt",)]


def test_the_same_id_is_booked_once(shop: Shop) -> None:
    first, second = shop.sell(QUOTE | {"id": ID}), shop.sell(QUOTE | {"id": ID})
    assert (second["number"], second["seq"], second["repeated"]) == (first["number"], first["seq"], True)
    code, _out, err = shop.run("sell", stdin=QUOTE | {"id": ID, "lines": [], "payments": []})
    assert code == 2 and err


def test_a_list_is_booked_in_order(shop: Shop) -> None:
    sold = shop.sell([QUOTE, QUOTE | {"person": "Mia", "training": True}, QUOTE | {"person": "Sam"}])
    assert [one["number"] for one in sold] == ["A-000001", "TA-000001", "A-000002"]


def test_what_was_booked_before_the_disk_was_full_is_told(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked = 0

    def until_full(ledger: Ledger, sale: NewSale) -> Receipt:
        nonlocal booked
        if booked == 2:
            raise LedgerFull(ledger.path)
        booked += 1
        return commit(ledger, sale)

    monkeypatch.setattr("kiosk.checkout.sale.commit", until_full)
    code, out, err = shop.run("sell", stdin=[QUOTE] * 3)
    assert (code, len(err)) == (1, 1)
    assert [one["number"] for one in json.loads(out)] == ["A-000001", "A-000002"]


def test_settings_and_catalogue_fill_in_what_is_left_out(shop: Shop) -> None:
    (shop.folder / "shop.toml").write_text(SETTINGS, encoding="utf-8")
    sold = shop.sell(
        {
            "lines": [{"sku": "MUG", "qty": "1"}, {"sku": "OLIVES", "qty": "0.335"}],
            "payments": [{"method": "card", "tendered": "16.85", "reference": "TX 1"}],
        }
    )
    assert (sold["total"], sold["paid"]) == ("16.85", "16.85")
    assert shop.ledger.rows("SELECT method, reference FROM payment") == [("card", "TX 1")]


def test_an_open_article_needs_a_price_and_is_called_by_its_name_or_sku(shop: Shop) -> None:
    vase = {"sku": "VASE", "qty": "1", "price": "8.00", "tax": "A", "note": "chipped"}
    paid = {"payments": [{"method": "cash", "tendered": "8"}]}
    unpriced = {key: value for key, value in vase.items() if key != "price"}
    assert shop.problems(QUOTE | paid | {"lines": [unpriced]})[0].startswith(
        "lines[0].sku: is not in the catalogue"
    )
    shop.sell(QUOTE | paid | {"lines": [vase | {"name": "Old\x00 vase"}]})
    shop.sell(QUOTE | paid | {"lines": [vase]})
    rows = shop.ledger.rows("SELECT a.name, l.note FROM sale_line l JOIN article a ON a.id = l.article")
    assert rows == [("Old vase", "chipped"), ("VASE", "chipped")]


def test_all_problems_of_all_sales_are_told_at_once(shop: Shop) -> None:
    wrong = QUOTE | {
        "id": "no uuid",
        "colour": "blue",
        "lines": [{"sku": "??", "qty": "-1", "price": "1.005", "tax": "Z"}],
        "payments": [{"method": "gold", "tendered": 5}],
    }
    told = shop.problems([QUOTE, wrong, QUOTE | {"person": "Nobody"}])
    assert all(line.startswith("[1] ") for line in told)
    for part in ("id:", "colour:", "lines[0].qty", "lines[0].price", "payments[0].method"):
        assert any(part in line for line in told), (part, told)
    assert shop.problems([QUOTE, QUOTE | {"person": "Nobody"}])[0].startswith("[1] person:")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"payments": []}, "payments: 25.00 is still to be paid"),
        ({"payments": [{"method": "card", "tendered": "26"}]}, "payments[0].tendered"),
        ({"currency": "USD"}, "currency: this ledger is kept in EUR"),
        ({"person": "Mia", "discount_percent": "10"}, "person: Mia may not do this (discount)"),
        ({"lines": [{"sku": "MUG", "qty": "2.5", "price": "10", "tax": "A"}]}, "lines[0].qty"),
        ({"lines": []}, "lines"),
        ({"lines": [{"sku": "\ud800", "qty": "1", "price": "10", "tax": "A"}]}, "lines[0].sku"),
        ({"id": 7}, "id: must be a text"),
        ({"person": "Bob\x1b[2J"}, "person: "),
    ],
)
def test_one_problem(shop: Shop, change: dict[str, Any], told: str) -> None:
    problems = shop.problems(QUOTE | change)
    assert any(line.startswith(told) for line in problems)
    assert all(line.isprintable() for line in problems)


def test_a_list_with_an_id_of_another_sale_books_nothing(shop: Shop) -> None:
    first = shop.sell(QUOTE | {"id": ID})
    other = QUOTE | {"lines": [{"sku": "MUG", "qty": "1", "price": "12.50", "tax": "A"}]}
    assert shop.problems([QUOTE, other | {"id": ID}]) == [
        f"[1] id: {first['number']} was booked under it, with another total"
    ]
    fresh = ID.replace("0", "1")
    told = shop.problems([other | {"id": fresh}, QUOTE | {"id": fresh}])
    assert told == ["[1] id: is that of [0] too; each sale has one of its own"]


def test_a_reference_is_kept_without_what_could_move_a_cursor_or_a_printer(shop: Shop) -> None:
    shop.sell(QUOTE | {"payments": [{"method": "card", "tendered": "25", "reference": "TX\x1b@\n7"}]})
    assert shop.ledger.row("SELECT reference FROM payment") == ("TX @ 7",)


@pytest.mark.parametrize("text", ["", "{", "nonsense", "7", '{"id": 1, "id": 2}', "[" * 100_000, "NaN"])
def test_what_is_no_sale_is_refused(shop: Shop, text: str) -> None:
    assert shop.problems(text)


def test_a_refused_list_opens_no_shift(shop: Shop) -> None:
    shop.problems([QUOTE | {"lines": []}])
    assert shop.ledger.row("SELECT count(*) FROM session") == (0,)


def test_a_report_in_each_form(shop: Shop) -> None:
    shop.sell([QUOTE, QUOTE])
    code, out, _err = shop.run("report", "day", "--json")
    body = json.loads(out)
    assert code == 0
    assert body["rows"][0]["gross"] == "50.00"
    assert [row["gross"] for row in body["methods"]] == ["50.00"]
    assert body["rates"][0]["tax"] == "7.98"
    assert len(body["hours"]) == 1
    _code, out, _err = shop.run("report", "product", "--csv")
    assert out.splitlines()[1].startswith('MUG,"Mug, blue glaze",2,4,42.02,7.98,50.00')
    _code, out, _err = shop.run("report", "product")
    assert "Mug, blue glaze" in out and "50.00" in out


def test_a_report_of_a_day_without_sales(shop: Shop) -> None:
    for word in ("--date", "--day", "--from"):  # as `kiosk export` calls them too
        code, out, _err = shop.run("report", "day", word, "2020-02-29", "--json")
        assert (code, json.loads(out)["rows"]) == (0, [])
    code, out, _err = shop.run("report")
    assert code == 0 and "nothing was sold" in out
    for words in (("--date", "2020-02-30"), ("--date", "x"), ("nonsense",)):
        with pytest.raises(SystemExit) as stopped:
            shop.run("report", *words)
        assert stopped.value.code == 2
