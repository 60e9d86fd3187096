"""`kiosk power replay`: rows every five minutes, nothing read of the truth, and bad files named by line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli import main

DAYS = Path(__file__).parent / "days"
HEAD = (
    '# {"chemistry": "lfp", "series_cells": 4, "nameplate_ah": 46.9, "cutoff_v": 10.8, '
    '"start_local": "09:00"}\n'
)
Write = Callable[[str], str]
Capture = pytest.CaptureFixture[str]
COLUMNS = "t_s,voltage_v,current_a\n"


def rows_of(capsys: Capture, *arguments: str) -> list[dict[str, Any]]:
    """What a replay prints as JSON."""
    assert main(["power", "replay", *arguments, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def quiet_day(hours: float = 2, every_s: int = 10, amps: float = 5.0) -> str:
    """A record of a steady draw."""
    lines = (f"{t},{13.1 - t * 1e-5:.3f},{amps}\n" for t in range(0, int(hours * 3600), every_s))
    return HEAD + COLUMNS + "".join(lines)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def file(text: str) -> str:
        path = tmp_path / "day.csv"
        path.write_text(text)
        return str(path)

    return file


def test_a_row_every_five_minutes_and_times_from_half_an_hour_on(capsys: Capture) -> None:
    rows = rows_of(
        capsys, str(DAYS / "lfp04.csv.gz"), "--mode", "learned", "--usable-ah", "41", "--closing", "14:00"
    )
    assert [row["t_s"] for row in rows] == list(range(300, 300 * (len(rows) + 1), 300))
    assert all(row["p50_min"] is None for row in rows if row["t_s"] < 1800)
    assert all(
        row["p10_min"] < row["p50_min"] < row["p90_min"] for row in rows if 1800 <= row["t_s"] < 20_000
    )
    assert {row["grade"] for row in rows} == {"A"}
    assert set(rows[10]) == {"t_s", "p10_min", "p50_min", "p90_min", "grade", "wh_left", "p_close"}
    assert rows[3]["p_close"] == {"14:00": None} and 0 <= rows[10]["p_close"]["14:00"] <= 1


def test_learned_nameplate_and_cold(capsys: Capture) -> None:
    day = str(DAYS / "lfp00.csv.gz")
    widths = {}
    for mode, grade in (("learned", "A"), ("nameplate", "B"), ("cold", "C")):
        row = rows_of(capsys, day, "--mode", mode, *(["--usable-ah", "36"] if mode == "learned" else []))[12]
        assert row["grade"] == grade
        widths[mode] = None if row["p90_min"] is None else row["p90_min"] - row["p10_min"]
        assert (row["wh_left"] is None) is (mode == "cold")
    assert widths["cold"] is None
    assert widths["learned"] < widths["nameplate"]


def test_learned_without_a_capacity_says_so_and_takes_the_label(capsys: Capture) -> None:
    assert main(["power", "replay", str(DAYS / "lfp01.csv.gz"), "--mode", "learned", "--json"]) == 0
    told = capsys.readouterr()
    assert "--usable-ah" in told.err
    assert json.loads(told.out.splitlines()[10])["grade"] == "B"


def test_the_truth_is_not_read(capsys: Capture, write: Write) -> None:
    with gzip.open(DAYS / "lfp01.csv.gz", "rt") as file:
        head, columns, *lines = file.read().splitlines()
    told = json.loads(head.removeprefix("#"))
    honest = write("\n".join((head, columns, *lines)))
    expected = rows_of(capsys, honest)
    lied = {key: value if not key.startswith("truth_") else 1e9 for key, value in told.items()}
    lies = [f"{line},7" for line in lines]
    assert (
        rows_of(capsys, write("\n".join((f"# {json.dumps(lied)}", f"{columns},truth_lamp_on", *lies))))
        == expected
    )
    bare = {key: value for key, value in told.items() if not key.startswith(("truth_", "ended"))}
    assert rows_of(capsys, write("\n".join((f"# {json.dumps(bare)}", columns, *lines)))) == expected


def test_how_much_was_used_is_taken_as_it_is_told(capsys: Capture, write: Write) -> None:
    text = write(quiet_day())
    rows = {used: rows_of(capsys, text, "--usable-ah", "40", "--used-ah", used)[12] for used in ("0", "15")}
    assert rows["0"]["wh_left"] - rows["15"]["wh_left"] == pytest.approx(15 * 13.1, rel=0.1)


@pytest.mark.parametrize("usable_ah", ["0.5", "30", "41", "90", "5000"])
def test_any_ah_told_make_some_answer(capsys: Capture, write: Write, usable_ah: str) -> None:
    row = rows_of(capsys, write(quiet_day()), "--mode", "learned", "--usable-ah", usable_ah)[12]
    assert row["p10_min"] <= row["p50_min"] <= row["p90_min"]
    assert 0 <= row["wh_left"] <= float(usable_ah) * 14 + 60


def test_only_the_needed_columns_are_needed(capsys: Capture, write: Write) -> None:
    rows = rows_of(capsys, write(quiet_day()), "--usable-ah", "41")
    assert rows[-1]["p50_min"] > 200


@pytest.mark.parametrize("every_s", [1, 5, 60])
def test_any_pace_counts_the_same(capsys: Capture, write: Write, every_s: int) -> None:
    rows = rows_of(capsys, write(quiet_day(every_s=every_s)), "--usable-ah", "41")
    assert rows[12]["p50_min"] == pytest.approx(
        rows_of(capsys, write(quiet_day()), "--usable-ah", "41")[12]["p50_min"], rel=0.03
    )


def test_silence_is_unknown_and_afterwards_wider(capsys: Capture, write: Write) -> None:
    whole = quiet_day(3).splitlines(keepends=True)
    silent = [line for line in whole if not (line[0].isdigit() and 5000 < int(line.split(",")[0]) < 6500)]
    before, through = (
        rows_of(capsys, write("".join(day)), "--mode", "learned", "--usable-ah", "41")
        for day in (whole, silent)
    )
    gap = next(row for row in through if row["t_s"] == 6000)
    assert gap["grade"] == "D" and gap["p50_min"] is None and gap["wh_left"] is None
    late = [next(row for row in some if row["t_s"] == 7500) for some in (before, through)]
    assert late[1]["p90_min"] - late[1]["p10_min"] > late[0]["p90_min"] - late[0]["p10_min"]


def test_an_empty_cell_is_unknown_not_zero(capsys: Capture, write: Write) -> None:
    lines = [
        f"{line.split(',')[0]},13.0,\n"
        if line[0].isdigit() and 3000 <= int(line.split(",")[0]) <= 3020
        else line
        for line in quiet_day().splitlines(keepends=True)
    ]
    rows = rows_of(capsys, write("".join(lines)), "--usable-ah", "41")
    assert rows[15]["p50_min"] == pytest.approx(
        rows_of(capsys, write(quiet_day()), "--usable-ah", "41")[15]["p50_min"], rel=0.02
    )


def test_nan_is_unknown_too_and_a_byte_order_mark_is_nothing(capsys: Capture, write: Write) -> None:
    empty = rows_of(capsys, write(quiet_day().replace("\n3000,13.070,5.0\n", "\n3000,,\n")))
    marked = "\ufeff" + quiet_day().replace("\n3000,13.070,5.0\n", "\n3000,NaN,nan\n")
    assert rows_of(capsys, write(marked)) == empty


def test_a_record_may_begin_at_any_time_and_closing_is_then_still_to_come(
    capsys: Capture, write: Write
) -> None:
    lines = quiet_day().splitlines(keepends=True)
    late = [f"{int(line.split(',')[0]) + 86_700},{line.partition(',')[2]}" for line in lines[2:]]
    rows = rows_of(capsys, write("".join((*lines[:2], *late))), "--usable-ah", "41", "--closing", "11:00")
    plain = rows_of(capsys, write(quiet_day()), "--usable-ah", "41", "--closing", "11:00")
    assert [row["t_s"] for row in rows][:2] == [86_700, 87_000]
    assert rows[-1]["p50_min"] == pytest.approx(plain[-1]["p50_min"], rel=0.03)
    assert rows[-1]["p_close"] == plain[-1]["p_close"] == {"11:00": 1.0}


@pytest.mark.parametrize(
    "words",
    ["{} --closing 10:00 11:00", "--closing 10:00 11:00 {}", "--closing 10:00 {} --closing 11:00"],
)
def test_closing_times_may_be_given_one_after_the_other(capsys: Capture, write: Write, words: str) -> None:
    row = rows_of(capsys, *words.format(write(quiet_day(0.5))).split())[-1]
    assert list(row["p_close"]) == ["10:00", "11:00"]


def test_no_record_is_said(capsys: Capture) -> None:
    assert main(["power", "replay", "--closing", "10:00"]) == 2
    assert "TRACE.csv" in capsys.readouterr().err


def test_the_last_row_is_told_too(capsys: Capture, write: Write) -> None:
    assert rows_of(capsys, write(quiet_day(1, every_s=60) + "3600,13.0,5\n"))[-1]["t_s"] == 3600


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1"),
        ("t_s,voltage_v,current_a\n1,2,3\n", "line 1"),
        ("# {nonsense\n", "line 1"),
        (HEAD.replace("lfp", "lead"), "lead"),
        (HEAD.replace("46.9", '"many"'), "nameplate_ah"),
        (HEAD.replace('"cutoff_v": 10.8, ', ""), "cutoff_v"),
        (HEAD.replace("09:00", "nine"), "start_local"),
        (HEAD, "line 2"),
        (HEAD + "t_s,voltage_v\n1,2\n", "current_a"),
        (HEAD + COLUMNS, "two rows"),
        (HEAD + COLUMNS + "10,13,5\n", "two rows"),
        (HEAD + COLUMNS + "10,13,5\n20,13,five\n", "line 4"),
        (HEAD + COLUMNS + "10,13,5\n20,13,inf\n", "line 4"),
        (HEAD + COLUMNS + "nan,13,5\n20,13,5\n", "line 3"),
        (HEAD + COLUMNS + "10,13,5\n20,13,5\n900000000,13,5\n", "line 5"),
        (HEAD + COLUMNS + "10,13,5\n" + "1" * 30_000, "line 4"),
        (HEAD.replace(": 4,", ": 4.5,"), "series_cells"),
        (HEAD.replace("10.8", "2.7"), "cutoff_v"),
        (HEAD.replace("10.8", "21.6"), "cutoff_v"),
        (HEAD + COLUMNS + "10,13,5\n20,13,1e9\n", "line 4"),
        (HEAD + COLUMNS + "10,13,5\n20,13\n", "line 4"),
        (HEAD + COLUMNS + "10,13,5\n10,13,5\n", "line 4"),
        (HEAD + COLUMNS + ",13,5\n20,13,5\n", "line 3"),
    ],
)
def test_a_bad_file_is_named_by_line(capsys: Capture, write: Write, text: str, told: str) -> None:
    assert main(["power", "replay", write(text), "--json"]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert told in out.err


def test_every_bad_row_is_named_up_to_twenty(capsys: Capture, write: Write) -> None:
    text = HEAD + COLUMNS + "10,13,5\n" + "x,13,5\n" * 30
    assert main(["power", "replay", write(text)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 21
    assert "line 4" in lines[0] and "10" in lines[-1]


def test_a_cut_gzip_and_no_gzip_and_no_file(capsys: Capture, tmp_path: Path) -> None:
    whole = (DAYS / "lfp01.csv.gz").read_bytes()
    for name, content in (
        ("cut.csv.gz", whole[:4000]),
        ("no.csv.gz", b"hello"),
        ("bytes.csv", b"\xff\xfe\x00"),
    ):
        (tmp_path / name).write_bytes(content)
        assert main(["power", "replay", str(tmp_path / name)]) == 2
        assert name in capsys.readouterr().err
    assert main(["power", "replay", str(tmp_path / "none.csv")]) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--usable-ah", "0"],
        ["--usable-ah", "nan"],
        ["--used-ah", "-1"],
        ["--used-ah", "5", "--mode", "cold"],
        ["--closing", "25:00"],
        ["--closing", "noon"],
        ["--reserve-wh", "-1"],
    ],
)
def test_bad_arguments(capsys: Capture, arguments: list[str]) -> None:
    assert main(["power", "replay", str(DAYS / "lfp01.csv.gz"), *arguments]) == 2
    assert arguments[0] in capsys.readouterr().err


def test_the_table_for_people(capsys: Capture) -> None:
    day = str(DAYS / "sol00.csv.gz")
    assert main(["power", "replay", day, "--closing", "17:00", "--closing", "02:00"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "17:00" in lines[0] and "02:00" in lines[0]
    assert lines[1].startswith("09:05") and "?" in lines[1]
    assert any("yes" in line and "no" in line for line in lines)
    assert len({len(line) for line in lines}) == 1, "columns stand under one another"
