"""`kiosk power plan`: which kit lasts, with and without sun, and what is wrong with what was asked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kiosk.cli import main

SUMMER = ("--at", "52,5", "--date", "2026-06-21")


def kits(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, dict[str, Any]]:
    """Verdicts by kit."""
    assert main(["power", "plan", *arguments, "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {row["kit"]: row for row in rows}


def test_the_smallest_kit_does_not_carry_a_fridge_all_day(capsys: pytest.CaptureFixture[str]) -> None:
    found = kits(capsys)
    small = found["600 Wh + 200 W"]
    assert not small["lasts"] and small["missing_wh"] > 100
    assert small["safe_until"] < small["even_until"] < "17:30"
    assert found["2000 Wh + 600 W"]["lasts"]
    assert len(found) == 7


def test_the_sun_makes_the_day_longer(capsys: pytest.CaptureFixture[str]) -> None:
    day = ("--open", "08:00", "--close", "23:00", "--kit", "1000,300", "--kit", "1000,300,500")
    bare, sunny = kits(capsys, *day, *SUMMER).values()
    assert sunny["probability"] > bare["probability"] + 0.3
    winter = kits(capsys, *day, "--at", "52,5", "--date", "2026-12-21")
    assert list(winter.values())[1]["probability"] < sunny["probability"]


def test_without_a_place_no_sun_is_counted_on_and_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["power", "plan", "--kit", "1000,300,500"]) == 0
    assert "--at" in capsys.readouterr().out
    assert main(["power", "plan", "--kit", "1000,300,500", *SUMMER]) == 0
    assert "--at" not in capsys.readouterr().out


def test_what_draws_too_much_at_once_does_not_last(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = kits(capsys, "--device", "kettle=900:2%", "--device", "till=6:dc", "--kit", "3000,500")
    (kit,) = found.values()
    assert kit["over_w"] == 450 and not kit["lasts"]
    assert main(["power", "plan", "--device", "kettle=900:2%", "--kit", "3000,500"]) == 0
    assert "450 W" in capsys.readouterr().out


def test_direct_current_saves_the_inverter(capsys: pytest.CaptureFixture[str]) -> None:
    (direct,) = kits(capsys, "--device", "till=20:dc", "--kit", "600,200").values()
    (through,) = kits(capsys, "--device", "till=20", "--kit", "600,200").values()
    assert direct["load_w"] == pytest.approx(20 / 0.92, abs=0.1)
    assert through["load_w"] == pytest.approx(27.1, abs=0.1), "20 W cost 27 W behind an inverter"


def test_a_night_market_closes_the_next_day(capsys: pytest.CaptureFixture[str]) -> None:
    late = kits(capsys, "--open", "18:00", "--close", "02:00", "--kit", "600,200")
    day = kits(capsys, "--open", "08:00", "--close", "16:00", "--kit", "600,200")
    assert [row["probability"] for row in late.values()] == [row["probability"] for row in day.values()]


def test_midnight_has_two_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert kits(capsys, "--close", "24:00") == kits(capsys, "--close", "00:00")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--open", "9"], ["--close", "24:01"], ["--device", "fridge"], ["--device", "fridge=many"],
        ["--device", "fridge=48:135%"], ["--device", "x=99999"], ["--kit", "600"], ["--kit", "0,200"],
        ["--kit", "600,200,500,1"], ["--at", "52"], ["--at", "95,5"], ["--at", "nan,5"],
        ["--date", "tomorrow"], ["--date", "9999-12-31"],
    ],
)  # fmt: skip
def test_bad_arguments(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(["power", "plan", *arguments]) == 2
    assert arguments[0] in capsys.readouterr().err
