"""`kiosk journal` and `kiosk backup`, as a person and as a program uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.ledger.connection import Ledger

from .conftest import Tamper


@pytest.fixture
def shop(five: Ledger) -> str:
    return str(five.path.parent)


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    spoken = capsys.readouterr()
    assert spoken.err == ""
    found = json.loads(spoken.out)
    assert isinstance(found, dict)
    return found


def test_verify_says_that_all_is_well_while_the_till_runs(
    shop: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["journal", "--shop", shop, "verify"]) == 0
    assert "as it was written: 6 rows" in capsys.readouterr().out
    assert main(["journal", "--shop", shop, "verify", "--json"]) == 0
    found = answer(capsys)
    assert (found["ok"], found["rows"], found["first_bad"], found["fault"]) == (True, 6, None, None)
    assert len(str(found["head"])) == 64


def test_verify_names_the_first_bad_row(
    shop: str, tamper: Tamper, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper("UPDATE journal SET body = '{}' WHERE seq = 4")
    assert main(["journal", "--shop", shop, "verify"]) == 1
    assert "Row 4 of the journal is wrong: its contents were changed" in capsys.readouterr().out
    assert main(["journal", "--shop", shop, "verify", "--json"]) == 1
    found = answer(capsys)
    assert (found["ok"], found["first_bad"], found["fault"]) == (False, 4, "contents")


def test_show_lists_from_a_row_on(shop: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "--shop", shop, "show", "--from", "5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["5", "6"]
    assert "2026-01-01 09:00:05Z" in lines[-1]
    assert "Zoë" in lines[-1]


def test_show_prints_envelopes_for_programs(shop: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "--shop", shop, "show", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["seq"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert rows[1]["b"] == {"no": "A-000001", "total": 450, "who": "Zoë"}
    assert set(rows[1]) == {"b", "bms", "boot", "hash", "hlc", "id", "seq", "sync", "t", "v", "wall"}


def test_show_spells_out_what_could_trick_a_terminal(
    shop: str, five: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    with five.transaction():
        five.record("sale", {"name": "\x9b2J\u202egnp.exe"})
    main(["journal", "--shop", shop, "show", "--from", "7"])
    assert "\\u009b2J\\u202egnp.exe" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [["show", "--from", "0"], ["show", "--from", "x"], [], ["mend"]])
def test_wrong_arguments_are_usage(shop: str, wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["journal", "--shop", shop, *wrong])
    assert left.value.code == 2


def test_backup_and_restore(
    shop: str, five: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "copy.db"
    assert main(["backup", "--shop", shop, str(target), "--json"]) == 0
    made = answer(capsys)
    assert (made["copy"], made["rows"]) == (str(target), 6)
    assert main(["journal", "verify", "--file", str(target)]) == 0
    five.close()
    capsys.readouterr()
    assert main(["backup", "--shop", shop, "--restore", str(target), "--json"]) == 0
    back = answer(capsys)
    assert back["kept"] == str(five.path.with_name("ledger.replaced-1.db"))
    assert main(["backup", "--shop", shop, "--restore", str(target)]) == 0
    assert "The replaced ledger is kept as" in capsys.readouterr().out


def test_the_settings_go_along_and_come_back_only_where_there_are_none(
    shop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Path(shop) / "shop.toml"
    settings.write_text("[shop]\nname = 'Ä'  # hands off\n", "utf-8")
    before = settings.read_bytes()
    stick = tmp_path / "stick"
    stick.mkdir()
    for _again in range(2):
        assert main(["backup", "--shop", shop, str(stick / "copy.db"), "--json"]) == 0
        made = answer(capsys)
        assert (made["settings"], made["settings_problem"]) == (str(stick / "copy.shop.toml"), None)
    assert sorted(file.name for file in stick.iterdir()) == ["copy.db", "copy.shop.toml"]
    card = tmp_path / "card"
    assert main(["backup", "--shop", str(card), "--restore", str(stick / "copy.db"), "--json"]) == 0
    assert answer(capsys)["settings"] == str(card / "shop.toml")
    assert (card / "shop.toml").read_bytes() == before
    (card / "shop.toml").write_text("[shop]\nname = 'of now'\n")
    assert main(["backup", "--shop", str(card), "--restore", str(stick / "copy.db"), "--json"]) == 0
    assert answer(capsys)["settings"] is None
    assert "of now" in (card / "shop.toml").read_text()


def test_a_strangers_file_beside_a_copy_is_left_alone_and_the_ledger_is_copied(
    shop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (Path(shop) / "shop.toml").write_text("[shop]\n")
    (tmp_path / "copy.shop.toml").write_text("a diary")
    assert main(["backup", "--shop", shop, str(tmp_path / "copy.db")]) == 0
    spoken = capsys.readouterr()
    assert "read back and checked" in spoken.out
    assert (spoken.err.count("\n"), "another program's" in spoken.err) == (1, True)
    assert (tmp_path / "copy.shop.toml").read_text() == "a diary"


def test_a_backup_that_cannot_be_made_is_one_line_and_exit_code_1(
    shop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "--shop", shop, str(tmp_path / "none" / "copy.db")]) == 1
    spoken = capsys.readouterr()
    assert spoken.out == ""
    assert spoken.err.count("\n") == 1
    assert "The ledger in use is untouched" in spoken.err


@pytest.mark.parametrize("wrong", [[], ["a.db", "--restore", "b.db"]])
def test_backup_wants_one_thing_to_do(shop: str, wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["backup", "--shop", shop, *wrong])
    assert left.value.code == 2


@pytest.mark.parametrize("command", [["journal", "verify"], ["backup", "x.db"]])
def test_a_shop_without_a_ledger_is_said_so(
    tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--shop", str(tmp_path), *command]) == 1
    assert "There is no ledger at" in capsys.readouterr().err
