"""The self-test strip: one of its numbered lines reads right on any printer, whatever its own numbers are."""

from __future__ import annotations

import pytest

from hardware.printer.profile import PROFILES, Profile, choose
from hardware.printer.strip import LINES, RULER, strip
from hardware.simulated.printer import SimulatedPrinter


def read(profile: Profile) -> list[str]:
    """What a printer with this profile makes of the strip."""
    printer = SimulatedPrinter(profile)
    printer.receive(strip(profile))
    printer.work()
    assert printer.paper.unknown == []
    return printer.paper.text()


def right(profile: Profile) -> set[int]:
    """The numbers of the lines that read right on a printer."""
    shown = {int(line[:2]): line[3:] for line in read(profile) if line[:2].strip().isdigit() and "1 " in line}
    return {line.number for line in LINES if shown[line.number] == f"1 {line.sample}  {line.page} {line.at}"}


@pytest.mark.parametrize("name", PROFILES)
def test_the_first_line_that_reads_right_is_the_page_with_the_euro_by_this_printers_number(name: str) -> None:
    profile = PROFILES[name]
    first = next(line for line in LINES if line.number in right(profile))
    assert (first.page, first.at) == ("CP858", profile.pages["CP858"])


def test_a_printer_with_numbers_of_its_own_is_found_out_too() -> None:
    odd = choose("58mm", page="CP1252", number=32)
    assert right(odd) & {line.number for line in LINES if line.page == "CP1252"} == {
        line.number for line in LINES if (line.page, line.at) == ("CP1252", 32)
    }


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_the_ruler_ends_at_the_papers_last_column(columns: int) -> None:
    assert RULER[:columns].endswith(str(columns))
    profile = next(one for one in PROFILES.values() if one.columns == columns)
    assert read(profile)[0] == RULER[:columns]


def test_every_line_fits_narrow_paper_and_has_a_number_of_its_own() -> None:
    assert [line.number for line in LINES] == list(range(1, len(LINES) + 1))
    assert all(len(f"{line.number:2} 1 {line.sample}  {line.page} {line.at}") <= 32 for line in LINES)
