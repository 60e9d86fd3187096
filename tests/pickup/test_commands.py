"""Click-to-collect without a screen: hold, pay, deposit, collect, plan, tokens; and what is refused how."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from kiosk import demo
from kiosk.cli import main
from kiosk.commands.decode import LOCK_FRAMES
from kiosk.ledger.connection import Ledger
from kiosk.pickup import boxes, openings, returns
from kiosk.pickup.compartment import Purpose, State
from kiosk.settings import SettingsErrors, load

PICKUP = """
[pickup]
hub = 7
boxes = { M = "1-4", L = "5" }
low_boxes = "1,2"

[pickup.points.locker]
title = "Hub"
kind = "locker"

[pickup.points.stall]
kind = "counter"
hours = "09:00-12:00, 13:00-17:00"
sun = ""
exceptions = { "2026-12-24" = "09:00-12:00" }
handovers = 2
"""
ORDER = "4f52444552303031"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The demo shop with a cabinet of five boxes."""
    folder = demo.build(tmp_path / "shop", language="en", timezone="UTC").folder
    with (folder / "shop.toml").open("a") as file:
        file.write(PICKUP)
    settings = load(folder)
    assert settings.pickup is not None
    with Ledger.open(settings.ledger) as ledger:
        boxes.set_up(ledger, settings.pickup.boxes)
        with ledger.transaction():
            for number in range(1, 6):
                boxes.settle(ledger, number, State.FREE)
    return folder


def ask(shop: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    """Run a command and read its JSON."""
    assert main(["--shop", str(shop), *words]) == 0, capsys.readouterr().err
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


def refused(shop: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Run a command that says no."""
    code = main(["--shop", str(shop), *words])
    return code, capsys.readouterr().err


def wish(monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    """Put a wish on standard input."""
    asked = {
        "key": "00112233445566aa", "point": "locker", "from": "2030-11-24T16:30:00Z", "size": "M",
        "lines": [{"sku": "MUG-BLUE", "qty": "2"}], "name": "Ann", "tail": "17",
    } | changes  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(asked)))


def test_from_the_hold_to_the_counter(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    windows = ask(shop, capsys, "hold", "windows", "locker", "--json")["windows"]
    assert isinstance(windows, list) and len(windows) == 5
    start = windows[2]["from"]
    wish(monkeypatch, **{"from": start})
    held = ask(shop, capsys, "hold", "make", "--json")
    assert (held["stage"], held["lines"]) == (
        "reserved",
        [{"sku": "MUG-BLUE", "name": "Mug, blue glaze", "qty": "2"}],
    )
    wish(monkeypatch, **{"from": start})
    assert ask(shop, capsys, "hold", "make", "--json") == held
    paid = ask(shop, capsys, "hold", "pay", str(held["ref"]), "--json")
    code, token = str(paid["code"]), str(paid["token"])
    assert len(code) == 9 and token.startswith("BRW:")
    status, words = refused(shop, capsys, "collect", code)
    assert (status, "not ready yet" in words) == (1, True)
    assert ask(shop, capsys, "hold", "pick", str(held["ref"]), "--json")["stage"] == "picking"
    assert ask(shop, capsys, "hold", "send", str(held["ref"]), "--json")["stage"] == "in transit"
    assert refused(shop, capsys, "hold", "send", str(held["ref"]))[0] == 1
    deposited = ask(shop, capsys, "deposit", str(held["ref"]), "--json")
    assert (deposited["stage"], deposited["box"], deposited["box_state"]) == ("at hub", 3, "held")
    counter = ask(shop, capsys, "deposit", str(held["ref"]), "--counter", "--json")
    assert (counter["stage"], counter["box"]) == ("ready", None)  # the box is somebody else's again
    assert ask(shop, capsys, "collect", token, "--json")["ref"] == held["ref"]
    done = ask(shop, capsys, "collect", *code.split(), "--hand-over", "Mia", "--json")
    assert done["stage"] == "collected"
    status, words = refused(shop, capsys, "collect", token)
    assert (status, "already collected at" in words) == (1, True)
    assert ask(shop, capsys, "locker", "report", "--json")["orders"] == 1


def test_what_the_stall_sold_meanwhile_is_not_paid_and_says_so(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger.open(shop / "ledger.db") as ledger:
        (product,) = ledger.rows("SELECT id FROM product WHERE sku = 'MUG-BLUE'")[0]
        with ledger.transaction():
            event = ledger.record("stock.count", {"sku": "MUG-BLUE", "q": 2000})
            ledger.execute("UPDATE product SET stock_tracked = 1 WHERE id = ?", (product,))
            move = "INSERT INTO stock_move (id, product, quantity, cause) VALUES (?, ?, ?, 'count')"
            ledger.execute(move, (event.seq, product, 2000))
    windows = ask(shop, capsys, "hold", "windows", "locker", "--size", "L", "--json")["windows"]
    assert isinstance(windows, list)
    assert {window["left"] for window in windows} == {1}, "there is one box of this size"
    wish(monkeypatch, **{"from": windows[0]["from"]})
    held = ask(shop, capsys, "hold", "make", "--json")
    with Ledger.open(shop / "ledger.db") as ledger, ledger.transaction():
        event = ledger.record("stock.move", {"sku": "MUG-BLUE", "q": -1000})
        move = "INSERT INTO stock_move (id, product, quantity, cause) VALUES (?, ?, ?, 'loss')"
        ledger.execute(move, (event.seq, product, -1000))
    status, words = refused(shop, capsys, "hold", "pay", str(held["ref"]))
    assert (status, "sold at the stall meanwhile" in words) == (1, True)
    status, words = refused(shop, capsys, "hold", "pay", str(held["ref"]))
    assert (status, "let go" in words) == (1, True)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"point": "moon"}, "no pickup point moon"),
        ({"from": "tomorrow"}, "no moment"),
        ({"from": "2030-11-24T16:30:00"}, "no moment"),
        ({}, "nothing can be collected there then"),
        ({"lines": []}, "at least one"),
        ({"lines": [{"sku": "MUG-BLUE", "qty": "two"}]}, "a line must be"),
        ({"lines": [{"sku": "MUG-BLUE", "qty": "NaN"}]}, "a line must be"),
        ({"lines": [{"sku": "MUG-BLUE", "qty": "1e999999"}]}, "a line must be"),
        ({"lines": "MUG-BLUE"}, "at least one"),
        ({"low": "yes"}, "low must be true or false"),
        ({"checked": None}, "checked must be true or false"),
        ({"key": "short"}, "sixteen hex digits"),
        ({"size": 3}, "size must be a text"),
        ({"size": "m"}, "size 'm' is none of the cabinet's: M, L"),
        ({"size": ""}, "size '' is none of the cabinet's"),
        ({"sise": "M"}, "sise is not known"),
        ({"name": "\u001b[2J"}, "too long"),
    ],
)
def test_a_bad_wish_ends_with_two_and_a_line_a_problem(
    changes: dict[str, object],
    reason: str,
    shop: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wish(monkeypatch, **changes)
    status, words = refused(shop, capsys, "hold", "make")
    assert status == 2
    assert reason in words


@pytest.mark.parametrize("count", ["0", "-3", "100000"])
def test_a_number_of_windows_that_nobody_wants_is_refused(
    count: str, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, words = refused(shop, capsys, "hold", "windows", "locker", "--count", count)
    assert (status, "1 to 200" in words) == (2, True)


@pytest.mark.parametrize("board", LOCK_FRAMES)
def test_every_boards_example_is_decoded(board: str, shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(shop, capsys, "decode", f"lock-{board}", LOCK_FRAMES[board])["board_kind"] == board


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000, "\x00"])
def test_what_is_no_json_is_refused(
    text: str, shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert refused(shop, capsys, "hold", "make")[0] == 2


def test_a_shop_without_pickup_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = demo.build(tmp_path / "shop", language="en", timezone="UTC").folder
    status, words = refused(folder, capsys, "hold", "windows", "locker")
    assert (status, "[pickup]" in words) == (2, True)


def test_a_label_takes_in_an_order_nobody_has_heard_of(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = shop / "shop.key"
    public = ask(shop, capsys, "token", "key", str(key))["public"]
    assert key.stat().st_mode & 0o777 == 0o600
    with (shop / "shop.toml").open("a") as file:
        file.write(f'\n[pickup.shop_keys]\n0 = "{public}"\n')
    label = ask(
        shop, capsys, "token", "make", "--hub", "7", "--order", ORDER, "--purpose", "deposit",
        "--size", "L", "--code", "48210934", "--key", str(key),
    )  # fmt: skip
    assert label["bytes"] == 147
    told = ask(shop, capsys, "token", "check", str(label["token"]), "--hub", "7", "--public", f"0={public}")
    assert (told["kind"], told["size"], told["order"]) == ("label", "L", ORDER)
    taken = ask(shop, capsys, "deposit", str(label["token"]), "--json")
    assert (taken["stage"], taken["box"], taken["order"]) == ("at hub", 5, ORDER)
    counter = ask(shop, capsys, "deposit", str(taken["ref"]), "--counter", "--json")
    assert counter["stage"] == "ready"
    # The code was never here; its verifier came with the bag.
    with Ledger.open(shop / "ledger.db") as ledger:
        from kiosk.pickup.codes import make_secret
        from kiosk.pickup.desk import by_code

        assert by_code(ledger, "48210934", make_secret(shop), 7).id == ORDER


def test_tokens_are_made_and_checked(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"s" * 32)
    words = ("token", "make", "--hub", "7", "--order", ORDER, "--secret", str(secret), "--now", "1000000")
    made = ask(shop, capsys, *words, "--hours", "72")
    assert (made["bytes"], made["expiry"]) == (61, 1_000_000 + 72 * 3600)
    check = ("token", "check", str(made["token"]), "--secret", str(secret))
    told = ask(shop, capsys, *check, "--hub", "7", "--now", "1000100")
    assert (told["purpose"], told["order"], told["valid"]) == ("pickup", ORDER, True)
    for extra, reason in (
        (("--hub", "8", "--now", "1000100"), "another pickup point"),
        (("--hub", "7", "--now", "2000000"), "time is over"),
    ):
        status, said = refused(shop, capsys, *check, *extra)
        assert (status, reason in said) == (2, True)
    assert ask(shop, capsys, *check, "--hub", "7", "--now", "2000000", "--untrusted-clock")["valid"] is True
    altered = str(made["token"])[:-1] + ("0" if str(made["token"])[-1] != "0" else "1")
    status, said = refused(shop, capsys, "token", "check", altered, "--hub", "7", "--secret", str(secret))
    assert status == 2


@pytest.mark.parametrize(
    "extra",
    [
        ("--hub", "70000", "--secret", "S"),
        ("--hub", "7"),
        ("--hub", "7", "--order", "xyz", "--secret", "S"),
        ("--hub", "7", "--generation", "256", "--secret", "S"),
        ("--hub", "7", "--size", "M", "--secret", "S"),
        ("--hub", "7", "--now", "99999999999", "--secret", "S"),
        ("--hub", "7", "--now", "-1", "--secret", "S"),
    ],
)
def test_options_that_make_no_token_are_refused(
    extra: tuple[str, ...], shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "S").write_bytes(b"s" * 32)
    words = [str(tmp_path / "S") if word == "S" else word for word in extra]
    assert refused(shop, capsys, "token", "make", *words)[0] == 2


def test_a_key_that_is_there_is_not_overwritten(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask(shop, capsys, "token", "key", str(shop / "shop.key"))
    before = (shop / "shop.key").read_text()
    assert refused(shop, capsys, "token", "key", str(shop / "shop.key"))[0] == 1
    assert (shop / "shop.key").read_text() == before


def test_a_plan(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = ask(shop, capsys, "locker", "plan", "--boxes", "16", "--per-day", "16", "--json")
    assert float(str(plan["refused"])) == pytest.approx(0.16, abs=0.03)
    assert refused(shop, capsys, "locker", "plan", "--boxes", "0")[0] == 2


def test_a_lock_boards_frame_is_decoded(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = ask(shop, capsys, "decode", "lock-kr-cu16", "02 00 35 FE FF 21 00 03 58")
    assert told["locks"]["1"]["door"] == "open"  # type: ignore[index]
    assert ask(shop, capsys, "decode", "lock-8a", "0x8A", "01", "01", "11", "9B")["proves"] == "nothing"
    for words in (("lock-cu16", "02 00 35"), ("lock-cu16", "hello"), ("lock-wkly", "574B4C59090082 0184")):
        assert refused(shop, capsys, "decode", *words)[0] == 2


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("hub = 7", "hub = 70000"),
        ('M = "1-4"', 'M = "1-5"'),
        ('M = "1-4"', 'M = "4-1"'),
        ('low_boxes = "1,2"', 'low_boxes = "9"'),
        ('kind = "locker"', 'kind = "cupboard"'),
        ('hours = "09:00-12:00, 13:00-17:00"', 'hours = "13:00-12:00"'),
        ('"2026-12-24"', '"24.12.2026"'),
        ("[pickup.points.stall]", '[pickup.points."Stall 3"]'),
        ("handovers = 2", "handovers = 0"),
        ("handovers = 2", "hand_overs = 2"),
        ("hub = 7", 'hub = 7\nlayout = "1-4"'),
        ("hub = 7", 'hub = 7\nlayout = "1-3 / 3-5"'),
        ("hub = 7", 'hub = 7\nlayout = "1,2 / 9"'),
    ],
)
def test_settings_that_cannot_be_are_named(line: str, key: str, shop: Path) -> None:
    file = shop / "shop.toml"
    text = file.read_text()
    assert line in text
    file.write_text(text.replace(line, key))
    with pytest.raises(SettingsErrors, match="pickup"):
        load(shop)


def test_the_doors_are_drawn_as_they_stand(shop: Path) -> None:
    settings = load(shop).pickup
    assert settings is not None
    assert settings.rows == ((1, 2, 3, 4), (5,))
    file = shop / "shop.toml"
    file.write_text(file.read_text().replace("hub = 7", 'hub = 7\nlayout = "5 / 3,4 / 1-2"'))
    settings = load(shop).pickup
    assert settings is not None
    assert settings.rows == ((5,), (3, 4), (1, 2))


def test_coils_on_the_header_are_let_go_of(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["--shop", str(shop), "locker", "off"]) == 0
    assert "no coil" in capsys.readouterr().out
    settings = shop / "shop.toml"
    plain = settings.read_text()
    settings.write_text(f'{plain}\n[devices.locks]\nkind = "gpio"\nlocks = "17:27,22"\nfiles = "{shop}"\n')
    assert ask(shop, capsys, "locker", "off", "--json") == {"low": [17, 22]}
    assert (shop / "out22").read_text() == "0"
    settings.write_text(f'{plain}\n[devices.locks]\nkind = "gpio"\nlocks = "17"\n')
    monkeypatch.setitem(sys.modules, "lgpio", None)
    assert refused(shop, capsys, "locker", "off") == (1, "lgpio is not installed\n")
    settings.write_text(f'{plain}\n[devices.locks]\nkind = "gpio"\nlocks = "4"\n')
    assert refused(shop, capsys, "locker", "off")[0] == 2


def test_what_was_brought_back_is_listed(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Ledger.open(load(shop).ledger) as ledger, ledger.transaction():
        returns.dropped(ledger, 3, "customer")
    assert main(["--shop", str(shop), "locker", "returns", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["state"], found["box"], found["taken_by"]) == ("dropped", 3, "")
    assert main(["--shop", str(shop), "locker", "returns", "--all"]) == 0
    assert "box 3" in capsys.readouterr().out


def test_what_staff_opened_is_listed_with_who_and_why(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Ledger.open(load(shop).ledger) as ledger:
        for number in (1, 3):
            openings.intend(ledger, number, Purpose.STAFF, actor="Mia: test the lock")
        openings.intend(ledger, 2, Purpose.STAFF, actor="Sam: the weekly walk")
    assert main(["--shop", str(shop), "locker", "openings", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(row["box"], row["who"], row["why"]) for row in found] == [
        (1, "Mia", "test the lock"),
        (3, "Mia", "test the lock"),
        (2, "Sam", "the weekly walk"),
    ]
    for wrong in ("0", "-5", "x", "9" * 20, "1e3"):
        with pytest.raises(SystemExit, match="2"):
            main(["--shop", str(shop), "locker", "openings", "--days", wrong])
    assert main(["--shop", str(shop), "locker", "openings"]) == 0
    assert "Mia: 2 opened" in capsys.readouterr().out
