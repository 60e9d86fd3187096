"""A stick that is out is noticed, also where its folder is still there."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.ledger import sticks
from kiosk.ledger.backup import backup
from kiosk.ledger.connection import Ledger
from kiosk.ledger.errors import CopyFailed
from kiosk.ledger.sticks import is_unplugged


@pytest.mark.parametrize(
    ("folder", "mounted", "unplugged"),
    [
        ("/media/mia/STICK", {"/media/mia/STICK"}, False),
        ("/media/mia/STICK/books", {"/media/mia/STICK"}, False),
        ("/media/mia/STICK", set(), True),
        ("/media/mia/STCIK", {"/media/mia/STICK"}, True),
        ("/media/mia/STICK", {"/media", "/"}, True),
        ("/run/media/mia/STICK", set(), True),
        ("/Volumes/STICK", {"/Volumes/STICK"}, False),
        ("/home/mia/books", set(), False),
        ("/mnt/data", set(), False),
        ("/media", set(), False),
    ],
)
def test_where_sticks_are_mounted_something_must_be(folder: str, mounted: set[str], unplugged: bool) -> None:
    assert is_unplugged(Path(folder), lambda place: str(place) in mounted) is unplugged


def test_a_copy_does_not_go_to_the_folder_a_stick_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "media" / "STICK"
    stick.mkdir(parents=True)
    monkeypatch.setattr(sticks, "PLACES", (tmp_path / "media",))
    with Ledger.create(tmp_path / "ledger.db") as ledger:
        with pytest.raises(CopyFailed, match="nothing is plugged in"):
            backup(ledger, stick)
        assert list(stick.iterdir()) == []
