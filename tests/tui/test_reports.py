"""Reports on the screen: one figure, a chart, rows by seven things; other spans; as paper and as a file."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from kiosk.checkout.desk import read_report
from kiosk.checkout.reports import REPORTS
from kiosk.checkout.rights import NotAllowed
from kiosk.tui.reporting import bar_of
from kiosk.tui.screens.leave import LeaveDialogue
from kiosk.tui.screens.prompts import ChoiceDialogue, NumberDialogue
from kiosk.tui.screens.slipview import SlipScreen
from kiosk.tui.screens.till import TillScreen
from kiosk.tui.span import Span
from tests.tui.hands import SIZES, flash_text, press, touch_key
from tests.tui.looks import same_as_golden, text_of
from tests.tui.stall import Stall, at, shown, stall, until

DAY = "2026-11-23"


def a_day(made: Stall) -> None:
    """Sales over five hours, by two sellers and two methods."""
    for minutes, skus, method, seller in (
        (12, ("MUG-BLUE", "MUG-BLUE", "HONEY"), "cash", "Mia"),
        (65, ("CAN-PILLAR",), "card", "Mia"),
        (50, ("TOTE", "SCARF"), "cash", "Sam"),
        (130, ("BOWL-L", "PLATE"), "card", "Mia"),
    ):
        made.wait(minutes)
        made.sell(*skus, method=method, seller=seller)


async def test_the_figure_is_the_days_and_every_report_adds_up_to_it(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        a_day(made)
        [(gross,)] = made.rows("SELECT sum(total) FROM sale")
        async with at(made, "reports") as (screen, pilot):
            await until(pilot, lambda: screen.report)
            for number, by in enumerate(REPORTS, 1):
                await press(pilot, str(number))
                await until(pilot, lambda by=by: screen.report.by == by)
                assert sum(row.gross for row in screen.report.rows) == gross
            await press(pilot, "tab")
            await until(pilot, lambda: screen.report.by == "day")
            await touch_key(pilot, "tab:seller")
            await until(pilot, lambda: "Mia" in text_of(pilot.app) and "Sam" in text_of(pilot.app))


async def test_other_spans_are_reached_by_keys_and_by_touch(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        a_day(made)
        async with at(made, "reports") as (screen, pilot):
            await until(pilot, lambda: screen.report)
            await press(pilot, "left")
            await until(pilot, lambda: screen.span.first == date(2026, 11, 22))
            await until(pilot, lambda: "nothing was sold" in text_of(pilot.app))
            await touch_key(pilot, "later")
            await until(pilot, lambda: screen.report.rows)
            await touch_key(pilot, "range")
            await shown(pilot, ChoiceDialogue)
            await touch_key(pilot, "b")
            await until(pilot, lambda: screen.report.last == "2026-11-29")
            assert screen.report.first == DAY
            assert screen.hours is None, "a week is charted by days"
            await press(pilot, "f2", "d")
            await until(pilot, lambda: screen.report.last == "2026-12-31")


async def test_a_report_is_looked_at_as_paper_and_printed(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        a_day(made)
        async with at(made, "reports", (128, 50)) as (screen, pilot):
            await until(pilot, lambda: screen.report)
            await touch_key(pilot, "paper")
            await shown(pilot, SlipScreen)
            await until(pilot, lambda: "Sales by product" in text_of(pilot.app))
            await touch_key(pilot, "print")
            await until(pilot, lambda: made.rows("SELECT 1 FROM print_job WHERE kind = 'slip'"))


async def test_a_report_is_written_into_the_shops_folder(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        a_day(made)
        async with at(made, "reports") as (screen, pilot):
            await until(pilot, lambda: screen.report)
            for _again in range(2):
                await press(pilot, "f5")
                await until(pilot, lambda: "Written" in flash_text(pilot.app))
            path = made.settings.folder / "reports" / f"product-{DAY}.csv"
            rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
            assert {row["product"]: row["gross"] for row in rows}["MUG-BLUE"] == "25.00"


async def test_a_folder_that_cannot_be_written_is_told_and_nothing_breaks(tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        a_day(made)
        (made.settings.folder / "reports").write_text("in the way")
        async with at(made, "reports") as (screen, pilot):
            await until(pilot, lambda: screen.report)
            await press(pilot, "f5")
            await until(pilot, lambda: flash_text(pilot.app))
            assert "Written" not in flash_text(pilot.app)


async def test_a_seller_needs_leave_for_the_visit(tmp_path: Path) -> None:
    with stall(tmp_path, person="Mia") as made:
        a_day(made)
        with pytest.raises(NotAllowed):
            read_report(made.ledger, "day", DAY, DAY, made.somebody("Mia"))
        async with at(made, "reports") as (screen, pilot):
            await shown(pilot, LeaveDialogue)
            assert screen.report is None
            await press(pilot, *"2580", "enter")
            await until(pilot, lambda: screen.report)
            await press(pilot, "5")
            await until(pilot, lambda: screen.report.by == "seller")
            await press(pilot, "escape")
            await shown(pilot, TillScreen)


async def test_before_the_first_shift_there_is_nothing_and_it_says_so(tmp_path: Path) -> None:
    with stall(tmp_path, opened=False) as made:
        async with at(made, "shift") as (_screen, pilot):
            await shown(pilot, NumberDialogue)
            await press(pilot, "escape")
            pilot.app.go("reports")  # type: ignore[attr-defined]
            await until(pilot, lambda: "No shift was opened yet." in text_of(pilot.app))


@pytest.mark.parametrize(
    ("unit", "first", "last", "before"),
    [
        ("day", "2026-12-31", "2026-12-31", "2026-12-30"),
        ("week", "2026-12-28", "2027-01-03", "2026-12-21"),
        ("month", "2026-12-01", "2026-12-31", "2026-11-01"),
        ("year", "2026-01-01", "2026-12-31", "2025-01-01"),
    ],
)
def test_a_span_has_a_first_and_a_last_day_and_one_before_it(
    unit: str, first: str, last: str, before: str
) -> None:
    span = Span(date(2026, 12, 31), unit)  # type: ignore[arg-type]
    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)
    assert span.stepped(-1).first.isoformat() == before
    assert span.stepped(-1).stepped(1).first == span.first


def test_a_bar_is_never_empty_for_something_and_never_there_for_nothing() -> None:
    assert [len(bar_of(value, 100)) for value in (100, 50, 1, 0, -20)] == [8, 4, 1, 0, 0]
    assert bar_of(0, 0) == ""


SCENES: dict[str, tuple[str, ...]] = {
    "reports": (),
    "reports-hour": ("4",),
    "reports-week": ("f2", "b", "1"),
    "reports-paper": ("f6",),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES)
async def test_it_looks_as_it_did(scene: str, size: tuple[int, int], tmp_path: Path) -> None:
    with stall(tmp_path) as made:
        a_day(made)
        async with at(made, "reports", size) as (screen, pilot):
            await until(pilot, lambda: screen.report)
            for key in SCENES[scene]:
                await press(pilot, key)
                await pilot.pause(0.02)
            await pilot.pause(0.05)
            same_as_golden(pilot.app, f"{scene}-{size[0]}x{size[1]}")
