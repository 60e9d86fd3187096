"""Editing shop.toml: the wanted keys change, every other byte stays, and a power cut leaves a whole file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.settings.edit import ChangedMeanwhile, NotEditable, edited, save

SHOP = """\
# my shop
[shop]
name = "Willow # Clay"   # a hash in the name

[devices.scanner]        # the gun
kind = "serial"
address = "/dev/ttyS0"   # left hand side
pins = [
    1, # one
    2,
]

# the end of the day
[ui]
theme = "day"
"""


def test_a_key_is_changed_and_its_comment_stays() -> None:
    after = edited(SHOP, "devices.scanner", {"address": "05e0:1200"})
    assert after == SHOP.replace('address = "/dev/ttyS0"   #', 'address = "05e0:1200"   #')


def test_a_hash_inside_a_text_is_no_comment() -> None:
    assert 'name = "Oak"   # a hash in the name\n' in edited(SHOP, "shop", {"name": "Oak"})


def test_a_new_key_stands_behind_the_others_and_one_may_go() -> None:
    after = edited(SHOP, "devices.scanner", {"layout": "de", "kind": None})
    assert after == SHOP.replace('kind = "serial"\n', "").replace("    2,\n]\n", '    2,\n]\nlayout = "de"\n')


def test_a_list_over_several_lines_is_one_statement() -> None:
    after = edited(SHOP, "devices.scanner", {"pins": [3.5, 4.0]})
    assert after == SHOP.replace("pins = [\n    1, # one\n    2,\n]", "pins = [3.5, 4.0]")


def test_a_new_table_goes_to_the_end() -> None:
    after = edited(SHOP, "devices.printer", {"kind": "usblp", "answers": False, "gone": None})
    assert after == SHOP + '\n[devices.printer]\nkind = "usblp"\nanswers = false\n'


def test_line_ends_of_windows_stay() -> None:
    dos = SHOP.replace("\n", "\r\n")
    keys = {"address": "x", "layout": "de"}
    assert edited(dos, "devices.scanner", keys) == edited(SHOP, "devices.scanner", keys).replace("\n", "\r\n")
    assert edited(dos, "a.b", keys) == edited(SHOP, "a.b", keys).replace("\n", "\r\n")


@pytest.mark.parametrize(
    "text",
    [
        "devices = { scanner = { kind = 'serial' } }\n",
        "[devices]\nscanner.kind = 'serial'\n",
        '[devices]\nscanner = "none"\n',
        'note = """\n[devices.scanner]\nkind = "serial"\n"""\n[devices]\n"scanner" = {kind = "x"}\n',
        "this is no TOML\n",
    ],
)
def test_what_only_a_person_should_change_is_left_with_the_lines_to_write(text: str) -> None:
    with pytest.raises(NotEditable, match=r"(?s)\[devices.scanner\]\nkind = \"evdev\""):
        edited(text, "devices.scanner", {"kind": "evdev"})


TEXTS = st.text("aä€#\"\\'=[] \t", max_size=12)
VALUES = st.none() | TEXTS | st.integers() | st.booleans() | st.lists(st.floats(-9, 9), max_size=3)
KEYS = st.dictionaries(st.sampled_from(["kind", "address", "pins", "new", "other"]), VALUES)


@given(KEYS, st.sampled_from(["devices.scanner", "devices.other", "shop", "ui"]))
def test_everything_else_stays_byte_for_byte(keys: dict[str, str | int | None], table: str) -> None:
    after = edited(SHOP, table, keys)
    kept = [line for line in SHOP.splitlines() if line.startswith(("#", "[", "theme", "name"))]
    assert [line for line in after.splitlines() if line in kept] == kept


def test_the_former_file_stays_beside_it_and_the_mode_too(tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    file.write_bytes(b"old")
    file.chmod(0o640)
    assert save(file, b"old", b"new").read_bytes() == b"old"
    assert file.read_bytes() == b"new"
    assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shop.toml", "shop.toml.bak"]


def test_a_file_that_somebody_else_wrote_meanwhile_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    file.write_bytes(b"theirs")
    with pytest.raises(ChangedMeanwhile):
        save(file, b"old", b"ours")
    assert file.read_bytes() == b"theirs"


def test_a_pulled_plug_in_between_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "shop.toml"
    file.write_bytes(b"old")

    def cut(_made: Path, _target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kiosk.settings.edit.publish", cut)
    with pytest.raises(KeyboardInterrupt):
        save(file, b"old", b"new")
    assert file.read_bytes() == b"old"
