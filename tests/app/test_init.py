"""`kiosk init` makes a whole shop, or none."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kiosk.checkout.people import WrongPin, everybody, sign_in
from kiosk.cli import main
from kiosk.commands import questions
from kiosk.ledger.connection import Ledger
from kiosk.settings import equipment, load


def init(shop: Path, *flags: str) -> int:
    """Run `kiosk init` on a folder."""
    return main(["--shop", str(shop), "init", *flags])


def test_flags_alone_make_a_shop_that_opens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = tmp_path / "new" / "shop"
    flags = ["--yes", "--country", "CH", "--name", "Chäs Meier", "--supervisor", "Sam", "--pin", "2580"]
    assert init(shop, *flags, "--printer", "192.168.1.50", "--series", "B7") == 0
    settings = load(shop)
    assert (settings.name, settings.currency.code, settings.locale) == ("Chäs Meier", "CHF", "de_CH")
    assert settings.pricing.cash is not None
    assert settings.devices[0].address == "192.168.1.50:9100"
    ledger = Ledger.open(settings.ledger)
    assert (ledger.series, ledger.currency) == ("B7", "CHF")
    (sam,) = everybody(ledger)
    assert sign_in(ledger, sam.id, "2580").role == "supervisor"
    ledger.close()
    assert "2580" not in capsys.readouterr().out
    assert [entry.name for entry in shop.parent.iterdir()] == ["shop"]


def test_a_pin_that_was_not_given_is_made_up_and_shown_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(tmp_path / "shop", "--yes") == 0
    pin = next(
        word
        for word in capsys.readouterr().out.replace(".", " ").split()
        if len(word) == 6 and word.isdigit()
    )
    ledger = Ledger.open(tmp_path / "shop" / "ledger.db")
    (person,) = everybody(ledger)
    assert sign_in(ledger, person.id, pin).id == person.id
    with pytest.raises(WrongPin):
        sign_in(ledger, person.id, "0000")
    ledger.close()
    assert pin not in (tmp_path / "shop" / "shop.toml").read_text(encoding="utf-8")


def test_a_shop_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(tmp_path / "shop", "--yes") == 0
    before = (tmp_path / "shop" / "shop.toml").read_bytes()
    capsys.readouterr()
    assert init(tmp_path / "shop", "--yes", "--name", "Other") == 1
    assert "not touched" in capsys.readouterr().err
    assert (tmp_path / "shop" / "shop.toml").read_bytes() == before


def test_half_a_shop_is_not_overwritten_either(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_bytes(b"precious")
    assert init(tmp_path, "--yes") == 1
    assert (tmp_path / "ledger.db").read_bytes() == b"precious"


def test_an_empty_folder_becomes_the_shop_and_other_files_in_it_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert init(tmp_path, "--yes") == 0
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["ledger.db", "notes.txt", "shop.toml"]


@pytest.mark.parametrize(
    "flags",
    [
        ("--pin", "12"),
        ("--currency", "EURO"),
        ("--tax", "A"),
        ("--tax", "A standard 190"),
        ("--name", "x" * 60),
    ],
)
def test_what_cannot_be_used_leaves_nothing_behind(
    tmp_path: Path, flags: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(tmp_path / "shop", "--yes", *flags) == 2
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().err.count("Traceback") == 0


def test_without_a_terminal_it_says_how_to_ask_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert init(tmp_path / "shop") == 2
    assert "--yes" in capsys.readouterr().err


def test_every_answer_is_looked_at_as_soon_as_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [
        "lk", "x" * 41, "evil \x1b[31m", "Vits Food", "EURO", "ZZZ", "lkr", "en", "ho st", "none",
        "A VAT 190", "A VAT 18; A other 0", "A VAT 18 %; Z exempt 0 %", "y" * 41, "Vit",
    ]  # fmt: skip
    typed = iter(answers)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: next(typed))
    monkeypatch.setattr(questions.getpass, "getpass", lambda _question: "2580")
    assert init(tmp_path / "shop") == 0
    assert next(typed, None) is None
    said = capsys.readouterr()
    for words in ("1 to 40 characters", "three capital letters", "is unknown", "192.168.1.50:9100", "19 %"):
        assert words in said.out, words
    settings = load(tmp_path / "shop")
    assert settings.pricing.cash is not None and settings.pricing.cash.step == 100
    assert list(settings.pricing.taxes) == ["A", "Z"]


def test_the_person_is_asked_to_confirm_the_tax_rates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(tmp_path / "shop", "--yes", "--country", "NL") == 0
    said = capsys.readouterr().out
    assert "A standard 21; B reduced 9; Z zero 0" in said and "Confirm these rates" in said


def test_questions_are_asked_again_until_they_can_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["qq", "de", "Töpferei", "", "xx", "de", "usb", "nonsense", "A standard 19", "Rosa"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: next(typed))
    pins = iter(["12", "12", "4711", "4712", "4711", "4711"])
    monkeypatch.setattr(questions.getpass, "getpass", lambda _question: next(pins))
    assert init(tmp_path / "shop") == 0
    settings = load(tmp_path / "shop")
    assert (settings.name, settings.language, settings.locale) == ("Töpferei", "de", "de_DE")
    assert list(settings.pricing.taxes) == ["A"]
    assert settings.devices[0].kind == "usblp"
    assert "PIN is 4711" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        ("none", None), ("usb", "usblp"), ("/dev/usb/lp1", "usblp"), ("printer.local", "tcp"),
        ("10.0.0.5:9101", "tcp"), ("[fe80::1]", "tcp"), ("/dev/serial/by-id/x", "serial"),
        ("COM3", "serial"),
    ],
)  # fmt: skip
def test_a_printer_is_understood_from_one_word(where: str, kind: str | None) -> None:
    assert equipment.printer_at(where).get("kind") == kind
