"""The catalogue, the quick-lists and the reading of codes from the command line."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path

import pytest

from kiosk.catalogue import csv_import, csv_text
from kiosk.catalogue.products import Catalogue
from kiosk.cli import main
from kiosk.ledger.connection import Ledger
from kiosk.ledger.instance import TillLock

SETTINGS = """\
[shop]
name = "Test"
currency = "EUR"
base_url = "https://shop.example"

[tax.A]
rate = "0.19"

[tax.B]
rate = "0.07"

[scan]
patterns = ["21IIIIIWWWWWC", "22IIIIVPPPPPC"]
"""
PRINTER = """
[devices.printer]
kind = "usblp"
address = "/dev/usb/lp0"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A shop of its own."""
    (tmp_path / "shop.toml").write_text(SETTINGS)
    Ledger.create(tmp_path / "ledger.db").close()
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


GTIN = {"kind": "gtin", "gtin": "04006381333931", "symbology": "EAN-13"}
BOOK = {"kind": "gtin", "gtin": "09780306406157", "symbology": "EAN-13", "isbn": "9780306406157"}
LABEL = {
    "kind": "gs1",
    "source": "GS1",
    "gtin": "04006381333931",
    "lot": "LOT7",
    "expiry": "2026-12-31",
    "elements": [
        {"ai": "01", "value": "04006381333931"},
        {"ai": "10", "value": "LOT7"},
        {"ai": "17", "value": "261231"},
    ],
}


@pytest.mark.parametrize(
    ("raw", "meaning"),
    [
        ("4006381333931", GTIN),
        ("9780306406157", BOOK),
        ("]C1010400638133393110LOT7<GS>17261231", LABEL),
        ("HTTPS://X/L/ABCD2345", {"kind": "list", "token": "ABCD2345"}),
        ("HTTPS://X/P/ABCD2345", {"kind": "pickup", "token": "ABCD2345"}),
        ("https://x.example/a", {"kind": "url", "url": "https://x.example/a"}),
        ("MUG", {"kind": "plain", "text": "MUG"}),
    ],
)
def test_decode_works_without_a_shop(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], raw: str, meaning: dict[str, object]
) -> None:
    code, out, err = run(capsys, "--shop", str(tmp_path), "decode", "scan", raw)
    assert (code, json.loads(out), err) == (0, meaning, "")


def test_decode_reads_as_the_shop_or_as_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = ("--shop", str(folder))
    _code, out, _err = run(capsys, *shop, "decode", "scan", "2112345012506")
    assert json.loads(out) == {
        "kind": "measured",
        "code": "2112345012506",
        "item": "12345",
        "weight": "1.250",
    }
    _code, out, _err = run(capsys, *shop, "decode", "scan", "2112345012506", "--pattern", "21IIIIIPPPPPC")
    assert json.loads(out)["price"] == "12.50"
    code, _out, err = run(capsys, *shop, "decode", "scan", "2112345012506", "--pattern", "nonsense")
    assert code == 2 and "nonsense" in err


@pytest.mark.parametrize(
    ("raw", "words"), [("4006381333930", "should be 1"), ("", "empty"), ("\x07", "control")]
)
def test_decode_refuses_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], raw: str, words: str
) -> None:
    code, out, err = run(capsys, "--shop", str(tmp_path), "decode", "scan", raw)
    assert code == 2 and out == "" and words in err and len(err.splitlines()) == 1


def test_import_is_a_dry_run_until_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "items.csv"
    file.write_text("sku,name,price,tax\nA,Mug,12.50,A\nB,,1.00,A\nC,Jam,4.00,B\n")
    words = ("--shop", str(folder), "catalogue", "import", str(file), "--json")
    _code, out, _err = run(capsys, *words)
    dry = json.loads(out)
    assert (dry["new"], dry["refused"], dry["applied"]) == (2, 1, False)
    assert dry["problems"] == [{"line": 3, "column": "name", "reason": "is missing"}]
    with Ledger.open(folder / "ledger.db", readonly=True) as ledger:
        assert list(Catalogue(ledger).all()) == []
    assert json.loads(run(capsys, *words, "--apply")[1])["new"] == 2
    again = json.loads(run(capsys, *words, "--apply")[1])
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 2)
    code, out, _err = run(capsys, *words[:-1])
    assert code == 0 and "line 3: name: is missing" in out and "add --apply" in out


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file here")
def test_import_stops_reading_a_file_that_is_too_long(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (csv_text, csv_import):
        monkeypatch.setattr(module, "MOST_BYTES", 1 << 20)
    code, out, err = run(capsys, "--shop", str(folder), "catalogue", "import", "/dev/zero")
    assert code == 2 and not out and "larger than 1 MB" in err


def test_import_lists_the_first_bad_rows_and_counts_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "items.csv"
    file.write_text("sku,name\n" + "".join(f'{n},"12" board\n' for n in range(250)))
    code, out, _err = run(capsys, "--shop", str(folder), "catalogue", "import", str(file))
    assert code == 0 and "250 refused" in out and "... and 150 more" in out
    assert len(out.splitlines()) == 104
    json_out = run(capsys, "--shop", str(folder), "catalogue", "import", str(file), "--json")[1]
    assert len(json.loads(json_out)["problems"]) == 250


def test_a_long_import_tells_how_far_it_is_on_a_terminal_only(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "items.csv"
    file.write_text("sku,name\n" + "".join(f"S{n},Mug {n}\n" for n in range(600)))
    monkeypatch.setattr("kiosk.commands.importing._QUICK", 500)
    words = ("--shop", str(folder), "catalogue", "import", str(file), "--apply")
    assert run(capsys, *words)[2] == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    file.write_text(file.read_text().replace("Mug", "Cup"))
    err = run(capsys, *words)[2]
    assert "\rlooking at row 250/600 " in err and "\rstoring 600/600 \n" in err


@pytest.mark.parametrize("selling", [True, False])
def test_an_import_lets_a_running_till_in(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, selling: bool
) -> None:
    gaps: list[float] = []
    monkeypatch.setattr("kiosk.commands.importing.time.sleep", gaps.append)
    file = folder / "items.csv"
    file.write_text("sku,name\n" + "".join(f"S{n},Mug {n}\n" for n in range(300)))
    with TillLock(folder / "ledger.db") if selling else nullcontext():
        assert run(capsys, "--shop", str(folder), "catalogue", "import", str(file), "--apply")[0] == 0
    assert len(gaps) == (2 if selling else 0)


def test_import_says_what_it_cannot_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "items.xlsx"
    file.write_bytes(b"PK\x03\x04")
    code, out, err = run(capsys, "--shop", str(folder), "catalogue", "import", str(file))
    assert code == 2 and not out and "Excel" in err
    assert run(capsys, "--shop", str(folder), "catalogue", "import", str(folder / "none.csv"))[0] == 1
    assert run(capsys, "--shop", str(folder), "catalogue", "import", str(file), "--tax", "X")[0] == 2


def test_add_search_and_export(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = ("--shop", str(folder), "catalogue")
    code, out, _err = run(
        capsys,
        *shop,
        "add",
        "--sku",
        "MUG",
        "--name",
        "Blue mug",
        "--price",
        "12.50",
        "--barcode",
        "4006381333931",
    )
    assert code == 0 and json.loads(out)["added"] is True
    code, out, _err = run(capsys, *shop, "add", "--sku", "MUG", "--price", "ask", "--min-age", "16")
    changed = json.loads(out)
    assert (changed["added"], changed["price"], changed["name"]) == (False, None, "Blue mug")
    assert [one["sku"] for one in json.loads(run(capsys, *shop, "search", "blu", "--json")[1])] == ["MUG"]
    assert "Blue mug" in run(capsys, *shop, "search", "400638")[1]
    file = folder / "out.csv"
    assert run(capsys, *shop, "export", str(file))[0] == 0
    assert "MUG,Blue mug,,,each,A,4006381333931,16,,,no,yes" in file.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--sku", "A"), "name: is missing"),
        (("--sku", "A", "--name", "A", "--price", "1.005"), "decimals"),
        (("--sku", "A", "--name", "A", "--tax", "X"), "no tax class X"),
        (("--sku", "A", "--name", "A", "--barcode", "4006381333930"), "should be 1"),
    ],
)
def test_add_refuses(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], reason: str
) -> None:
    code, out, err = run(capsys, "--shop", str(folder), "catalogue", "add", *words)
    assert code == 2 and out == "" and reason in err


def test_quicklists_are_made_listed_and_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = ("--shop", str(folder))
    (folder / "shop.toml").write_text(SETTINGS + PRINTER)
    assert run(capsys, *shop, "quicklist", "print")[0] == 2
    run(capsys, *shop, "catalogue", "add", "--sku", "MUG", "--name", "Mug", "--price", "12.50")
    made = json.loads(run(capsys, *shop, "quicklist", "create", "Gift set", "--bundle")[1])
    assert made["kind"] == "bundle" and made["url"] == f"HTTPS://SHOP.EXAMPLE/L/{made['token']}"
    assert run(capsys, *shop, "quicklist", "add", "Gift set", "MUG")[0] == 0
    assert run(capsys, *shop, "quicklist", "add", "Gift set", "NONE")[0] == 2
    assert json.loads(run(capsys, *shop, "quicklist", "list", "--json")[1])[0]["keys"][0]["sku"] == "MUG"
    assert "1.1" in run(capsys, *shop, "quicklist", "list")[1]
    svg, pdf = folder / "sheet.svg", folder / "sheet.pdf"
    code, out, _err = run(capsys, *shop, "quicklist", "print", "--svg", str(svg), "--pdf", str(pdf))
    assert code == 0 and json.loads(out)["lists"] == [made["url"]]
    assert made["url"] in svg.read_text() and pdf.read_bytes().startswith(b"%PDF")
    with Ledger.open(folder / "ledger.db", readonly=True) as ledger:
        ((kind, state, body),) = ledger.rows("SELECT kind, state, body FROM print_job")
    assert (kind, state) == ("slip", "QUEUED") and made["url"] in body
    (folder / "shop.toml").write_text(SETTINGS)
    code, out, err = run(capsys, *shop, "quicklist", "print", "--svg", str(folder / "no.svg"))
    assert code == 2 and not out and "names no printer" in err and not (folder / "no.svg").exists()
    run(capsys, *shop, "quicklist", "print", made["token"], "--no-paper")
    assert run(capsys, *shop, "quicklist", "print", "Nothing")[0] == 2
    with Ledger.open(folder / "ledger.db", readonly=True) as ledger:
        assert ledger.row("SELECT count(*) FROM print_job") == (1,)
