"""`kiosk setup printer`: a strip on the shop's printer, a number from a person, two lines for shop.toml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hardware.printer.errors import PaperOut
from hardware.printer.strip import LINES
from hardware.simulated.stall import SimulatedStall
from kiosk.cli import main
from kiosk.demo.stall import devices
from kiosk.settings import Settings, load, parse
from kiosk.station.teststrip import NoPrinterToTry, NoSuchLine, meaning, print_strip


def beside(shop: Settings, stall: SimulatedStall) -> Settings:
    """The shop with the stall's printer."""
    return replace(shop, devices=tuple(devices(stall.devices())))


def test_the_strip_is_printed_past_the_queue(shop: Settings, stall: SimulatedStall) -> None:
    assert print_strip(beside(shop, stall)).answers
    assert " 1 1 € äöüß éèñ  CP858 19" in stall.do("paper")["lines"]  # type: ignore[operator]


def test_a_printer_that_answers_nothing_prints_it_too_and_is_found_out(
    shop: Settings, stall: SimulatedStall
) -> None:
    stall.do("printer", act="silent")
    assert not print_strip(beside(shop, stall)).answers
    assert len(stall.do("paper")["lines"]) > len(LINES)  # type: ignore[arg-type]


def test_what_is_in_the_way_is_said(shop: Settings, stall: SimulatedStall) -> None:
    stall.do("printer", act="paper-out")
    with pytest.raises(PaperOut):
        print_strip(beside(shop, stall))
    with pytest.raises(NoPrinterToTry):
        print_strip(replace(shop, devices=()))


def line(page: str, at: int) -> int:
    """The number of a line of the strip."""
    return next(one.number for one in LINES if (one.page, one.at) == (page, at))


def test_the_line_says_what_to_write(shop: Settings) -> None:
    assert meaning(line("CP858", 19), shop) == {"code_page": "CP858"}, "the usual number needs no line"
    assert meaning(line("CP1252", 71), shop) == {"code_page": "CP1252", "page_number": 71}
    clone = replace(shop, receipt=replace(shop.receipt, profile="pos-5890"))
    assert meaning(line("CP858", 53), clone) == {"code_page": "CP858"}
    assert meaning(0, shop) == {"code_page": "CP437"}
    with pytest.raises(NoSuchLine):
        meaning(len(LINES) + 1, shop)


def test_the_command_prints_asks_and_answers(
    shop: Settings, stall: SimulatedStall, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = stall.devices()["printer"]
    file = shop.folder / "shop.toml"
    toml = file.read_text("utf-8").partition("[devices.")[0]
    toml += f'\n[devices.printer]\nkind = "tcp"\naddress = "{table["host"]}:{table["port"]}"\n'
    file.write_text(toml, "utf-8")
    stall.do("printer", act="silent")
    monkeypatch.setattr("builtins.input", lambda _prompt: str(line("CP1252", 71)))
    assert main(["--shop", str(shop.folder), "setup", "printer"]) == 0
    out = capsys.readouterr().out
    assert '[receipt]\ncode_page = "CP1252"\npage_number = 71\n' in out
    assert "answers = false" in out
    written = toml.replace('code_page = "CP858"', 'code_page = "CP1252"\npage_number = 71')
    assert parse(written.encode(), Path("shop.toml")).receipt.page_number == 71


def test_a_number_that_is_none_ends_in_one_line(
    shop: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["--shop", str(shop.folder), "setup", "printer", "--line", "99"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert load(shop.folder).receipt.page_number is None
