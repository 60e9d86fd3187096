"""Energy without a screen: the register, the reports, the export, and the doctor's word on the parts."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.checkout.z_report import close_shift
from kiosk.cli import main
from kiosk.doctor.parts import parts, shown_with
from kiosk.energy import demos
from kiosk.energy.demos import Figures
from kiosk.energy.minutes import Row
from kiosk.energy.powerbook import FILE, Known, PowerBook
from kiosk.energy.wear import Figures as Learned
from kiosk.settings import load
from tests.checkout.books.stall import Stall

SETTINGS = """\
[shop]
name = "Test"
currency = "EUR"
timezone = "UTC"
[tax.A]
rate = "0.19"
[devices.blender]
role = "outlet"
kind = "shelly2"
address = "192.168.1.20"
[power]
ah = 48
inverter_w = 200
price_kwh = 0.35
"""
DAY = "2026-01-01"


class Shop:
    """Runs commands on a shop."""

    def __init__(self, stall: Stall, capsys: pytest.CaptureFixture[str]) -> None:
        self.stall, self.capsys = stall, capsys
        self.folder = stall.ledger.path.parent
        (self.folder / "shop.toml").write_text(SETTINGS)

    def run(self, *words: str) -> tuple[int, str, str]:
        code = main(["--shop", str(self.folder), *words])
        out, err = self.capsys.readouterr()
        return code, out, err

    def json(self, *words: str) -> Any:
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    def measure(self) -> None:
        """Half an hour at 72 W, and a worn pack."""
        nine_s = self.stall.clock.wall_ms // 1000
        rows = [Row(nine_s + s, 10.0, 13.0, 72 / 13, 72.0) for s in range(0, 1860, 10)]
        with PowerBook(self.folder) as book:
            learned = {"PACK-1": Learned(35.0, None, 0.030, None, 412.4)}
            book.keep(Known("{}", "b", 0, nine_s * 1000, True), rows, "PACK-1", learned)
        self.stall.clock.advance(1_800_000)


@pytest.fixture
def shop(stall: Stall, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("BARROW_LANG", "en")
    return Shop(stall, capsys)


def test_a_pack_is_added_tested_swapped_and_its_story_told(shop: Shop) -> None:
    add = ("power", "components", "add")
    shop.json(*add, "PACK-1", "--kind", "pack", "--ah", "48", "--milliohm", "14", "--in-use", "--by", "Sam")
    shop.json(*add, "PACK-2", "--kind", "pack", "--ah", "48", "--by", "Sam")
    shop.measure()
    [used, _spare] = shop.json("power", "components")
    assert (used["usable_ah"], used["share"], used["cycles"]) == (35.0, 0.729, 412.4)
    assert (used["swap"], used["flags"]) == (True, ["capacity", "resistance"])
    code, out, _err = shop.run("power", "components", "list")
    assert code == 0 and "gives 35 of 48 Ah · 30 mΩ · 412 cycles · swap it" in out
    shop.json("power", "components", "test", "PACK-1", "--wh", "431", "--by", "Mia", "--note", "hub")
    [used, _spare] = shop.json("power", "components", "swap", "PACK-1", "PACK-2", "--by", "Mia")
    assert (used["id"], used["state"]) == ("PACK-2", "used")
    told = shop.json("power", "components", "history", "PACK-1")
    assert [act["what"] for act in told["acts"]] == ["added", "tested", "taken out"]
    assert (told["acts"][1]["by"], told["acts"][1]["wh"], told["acts"][1]["note"]) == ("Mia", 431.0, "hub")
    assert [one["usable_ah"] for one in told["learned"]] == [35.0]
    assert "tested · gives 431 Wh  Mia  hub" in shop.run("power", "components", "history", "PACK-1")[1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "P", "--kind", "pack", "--ah", "4,8", "--by", "Sam"), 2),
        (("add", "P 1", "--kind", "pack", "--by", "Sam"), 2),
        (("add", "P", "--kind", "pack", "--at", "blender", "--by", "Sam"), 2),
        (("add", "P", "--kind", "pack", "--by", "Nobody"), 2),
        (("add", "P", "--kind", "pack", "--by", "Mia"), 1),
        (("test", "GONE", "--wh", "1", "--by", "Mia"), 2),
        (("swap", "A", "B", "--by", "Mia"), 2),
        (("history", "GONE"), 2),
    ],
)
def test_what_cannot_be_is_one_line_and_changes_nothing(
    shop: Shop, words: tuple[str, ...], code: int
) -> None:
    found, out, err = shop.run("power", "components", *words)
    assert (found, out, len(err.splitlines())) == (code, "", 1)
    assert shop.json("power", "components") == []


def test_reports_tell_what_showing_and_selling_took(shop: Shop) -> None:
    shop.measure()
    demo = demos.begin(shop.stall.ledger, "BLENDER", shop.stall.mia)
    demos.end(shop.stall.ledger, demo.id, "hand", Figures(60, 60, 214_000), 350_000, shop.stall.mia)
    for _sale in range(4):
        shop.stall.sell("MUG")
    close_shift(shop.stall.ledger, {}, shop.stall.sam)
    [row] = shop.json("report", "demo")["rows"]
    assert (row["sku"], row["wh"], row["demos"], row["sold"], row["cost"]) == (
        "BLENDER",
        214.0,
        1,
        "0",
        "0.07",
    )
    assert "Blender  214 Wh, 1 demo, 0 sold" in shop.run("report", "demo")[1]
    energy = shop.json("report", "energy")
    assert (energy["wh"], energy["wh_per_sale"], energy["measured"], energy["cost"]) == (
        36.0,
        9.0,
        1.0,
        "0.01",
    )
    assert [(row["hour"], row["sales"]) for row in energy["rows"]] == [("09", 4)]
    assert "9 Wh a sale; 100% of the time was measured" in shop.run("report", "energy")[1].replace("\xa0", "")
    assert shop.json("report", "day")["energy"]["wh_per_sale"] == 9.0
    rows = list(csv.DictReader(shop.run("report", "energy", "--csv")[1].splitlines()))
    assert [row["wh"] for row in rows] == ["36.0"]


def test_without_a_record_energy_is_unknown_and_reports_are_as_they_were(shop: Shop) -> None:
    assert "energy" not in shop.json("report", "day")
    shop.stall.clock.advance(60_000)
    assert shop.json("report", "energy")["wh"] is None
    assert "nothing of it was measured" in shop.run("report", "energy")[1]


def test_a_record_that_is_damaged_costs_its_own_figures_only(shop: Shop) -> None:
    (shop.folder / FILE).write_bytes(b"no database" * 100)
    assert shop.json("report", "day")["energy"]["wh"] is None
    assert shop.run("power", "components")[0] == 0


def test_power_is_exported_as_csv(shop: Shop, tmp_path: Path) -> None:
    shop.run("power", "components", "add", "PACK-1", "--kind", "pack", "--in-use", "--by", "Sam")
    shop.measure()
    assert shop.run("export", str(tmp_path / "out"))[0] == 0
    folder = tmp_path / "out" / "barrow-A"
    minutes = list(csv.DictReader((folder / f"power-minutes-{DAY}.csv").read_text("utf-8-sig").splitlines()))
    assert len(minutes) == 30
    assert (minutes[0]["time"], minutes[0]["load_w"], minutes[0]["solar_w"]) == (
        "2026-01-01T09:00:00+00:00", "72.000", "",
    )  # fmt: skip
    samples = list(csv.DictReader((folder / "power-samples.csv").read_text("utf-8-sig").splitlines()))
    assert len(samples) == 186
    [act] = csv.DictReader((folder / "components.csv").read_text("utf-8-sig").splitlines())
    assert (act["component"], act["what"], act["by"]) == ("PACK-1", "added", "Sam")
    assert (folder / f"demos-{DAY}.csv").exists()


def test_the_doctor_names_a_product_whose_outlet_is_not_there(shop: Shop) -> None:
    [note] = shown_with(shop.stall.ledger, load(shop.folder))
    assert note.words.startswith("LAMP-1 is shown with lamp, which is no outlet")


def test_the_doctor_names_what_has_no_id_and_what_is_due(shop: Shop) -> None:
    settings = load(shop.folder)
    notes = [finding.fix for finding in parts(shop.stall.ledger, settings) if finding.state == "note"]
    assert [note.split("`")[1] for note in notes] == [
        "kiosk power components add PACK-1 --kind pack --ah 48 --in-use --by NAME",
        "kiosk power components add INVERTER-1 --kind inverter --watts 200 --in-use --by NAME",
        "kiosk power components add BLENDER --kind outlet --at blender --by NAME",
    ]
    for note in notes:
        assert shop.run(*note.split("`")[1].replace("NAME", "Sam").split()[1:])[0] == 0
    shop.measure()
    found = list(parts(shop.stall.ledger, settings))
    [worn] = [finding for finding in found if finding.is_bad]
    assert worn.words.startswith("PACK-1 · gives 35 of 48 Ah")
    assert "swap it: below 75 % of its label" in worn.words
    assert not [finding for finding in found if finding.state == "note"]
