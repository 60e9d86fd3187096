"""The map of boxes: learned once, kept with a hash, refused when it was changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hardware.locks.boxes import BadMap, BoxMap, load
from hardware.locks.factory import cu16, relay, winnsen, wkly
from hardware.locks.kinds import codec
from hardware.options import BadOptions
from hardware.registry import KINDS, make


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A map of four boxes, the third wired the other way round."""
    boxes = BoxMap.plain(codec("cu16"), [0], 4).learned(3, locked_level=False, item_level=True)
    path = tmp_path / "boxes.json"
    path.write_text(boxes.dump())
    return path


def test_a_map_comes_back_as_it_was_learned(stored: Path) -> None:
    boxes = load(stored)
    assert [box.locked_level for box in boxes.boxes.values()] == [True, True, False, True]
    assert boxes.boards == {0: (1, 2, 3, 4)}


def test_a_map_of_several_boards_counts_on() -> None:
    boxes = BoxMap.plain(codec("cu16"), [0, 2], 20).boxes
    assert (boxes[16].board, boxes[16].channel) == (0, 16)
    assert (boxes[17].board, boxes[17].channel) == (2, 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table["boxes"][0].update(channel=2),
        lambda table: table["boxes"][0].update(locked_level=False),
        lambda table: table["boxes"].pop(),
        lambda table: table.update(sha256="0" * 64),
    ],
)
def test_a_map_that_somebody_changed_opens_nothing(change: object, stored: Path) -> None:
    table = json.loads(stored.read_text())
    change(table)  # type: ignore[operator]
    stored.write_text(json.dumps(table))
    with pytest.raises(BadMap, match="kiosk setup lockers"):
        load(stored)
    with pytest.raises(BadMap):
        cu16("locks", {"port": "socket://127.0.0.1:1", "map": str(stored)})


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"boxes": 3, "sha256": ""}', '{"boxes": [{"x": 1}]}', "[" * 50_000]
)
def test_what_is_no_map_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "boxes.json").write_text(text)
    with pytest.raises(BadMap):
        load(tmp_path / "boxes.json")


def test_every_kind_is_made_by_the_registry() -> None:
    for kind in (kind for kind in KINDS if kind.startswith("locks-") and kind != "locks-gpio"):
        assert make(kind, "locks", {"port": "socket://127.0.0.1:1"}).name == "locks"


@pytest.mark.parametrize(
    ("factory", "table", "reason"),
    [
        (cu16, {"port": "x", "boards": "0,0"}, "names a board twice"),
        (cu16, {"port": "x", "boards": "zero"}, "numbers with commas"),
        (cu16, {"port": "x", "boards": "16"}, "no address of a cu16 board"),
        (cu16, {"port": "x", "pulse_ms": 2000}, "from 50 to 750"),
        (relay, {"port": "x", "lock_most_ms": 750}, "pulses for 1000 ms, the lock bears 750"),
        (winnsen, {"port": "x", "lock_most_ms": 500}, "pulses for 750 ms"),
        (wkly, {}, "port: missing"),
    ],
)
def test_settings_that_would_burn_a_coil_are_refused(
    factory: object, table: dict[str, object], reason: str
) -> None:
    with pytest.raises(BadOptions, match=reason):
        factory("locks", table)  # type: ignore[operator]
