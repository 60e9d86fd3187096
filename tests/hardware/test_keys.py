"""A scanner's keys to codes: every keyboard, every way to type a character, nothing made of a half one."""

from __future__ import annotations

import json
import os
import shutil
import string
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.device import CodeScanned, Event, ScanLost
from hardware.inputs.records import EV_KEY, EV_SYN, SYN_DROPPED, SYN_REPORT, Record, pack, unpack
from hardware.inputs.stream import Stream
from hardware.scanner import keyboard, keymaps
from hardware.scanner.framing import MOST
from hardware.scanner.keymap import LAYOUTS, TABLES, keymap
from hardware.scanner.keys import KeyedCodes
from hardware.simulated import typist

ENTER, TAB, SHIFT, CTRL, ALT, ALTGR, CAPS, A, KPENTER, F12 = 28, 15, 42, 29, 56, 100, 58, 30, 96, 88
PRINTABLE = "".join(chr(code) for code in range(0x20, 0x7F))


class Scanner:
    """Types on a wire of its own; `events` are what came of it, `codes` the whole codes among them."""

    def __init__(self, layout: str = "us", suffix: str = "enter", gs_key: int | None = None) -> None:
        self.keymap = keymap(layout)
        self.listener = KeyedCodes("gun", self.keymap, suffix, gs_key)
        self.stream = Stream(self.listener)
        self.now = 1000
        self.events: list[Event] = []

    @property
    def codes(self) -> list[str]:
        return [event.raw for event in self.events if isinstance(event, CodeScanned)]

    @property
    def lost(self) -> list[ScanLost]:
        return [event for event in self.events if isinstance(event, ScanLost)]

    def hear(self, records: Iterable[Record]) -> None:
        self.events += self.stream.feed(records)

    def typed(self, text: str, suffix: str = "enter") -> list[Record]:
        strokes = [*typist.strokes(self.keymap, text), *filter(None, [typist.SUFFIXES[suffix]])]
        return typist.records(strokes, self.now)

    def scan(self, text: str, suffix: str = "enter") -> None:
        self.hear(self.typed(text, suffix))

    def keys(self, *turns: tuple[int, int]) -> None:
        """Presses (1), releases (0) and repeats (2), each its own packet."""
        for key, value in turns:
            self.hear([Record(EV_KEY, key, value, self.now), Record(EV_SYN, SYN_REPORT, 0, self.now)])

    def tap(self, *keys: int) -> None:
        self.keys(*((key, 1) for key in keys), *((key, 0) for key in reversed(keys)))

    def wait(self, ms: int) -> None:
        """Time goes by; whoever waits for it is told."""
        self.now += ms
        if self.stream.is_due(self.now):
            self.events += self.listener.overdue(self.now)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_printable_character_of_ascii_comes_through_every_keyboard(layout: str) -> None:
    scanner = Scanner(layout)
    for character in PRINTABLE:
        scanner.scan(f"a{character}b")
    assert scanner.codes == [f"a{character}b" for character in PRINTABLE]
    scanner.scan(PRINTABLE.strip())
    assert scanner.codes[-1] == PRINTABLE.strip()


@given(
    st.sampled_from(LAYOUTS),
    st.text(PRINTABLE + "\x1däöüßéèçñ€£", min_size=1, max_size=40),
    st.integers(0, 20),
)
def test_any_text_comes_through_as_it_was(layout: str, text: str, step_ms: int) -> None:
    scanner = Scanner(layout)
    strokes = [*typist.strokes(scanner.keymap, text), (ENTER,)]
    scanner.hear(typist.records(strokes, 0, step_ms))
    assert scanner.codes == [text.strip(" ")] * bool(text.strip(" "))


def test_a_layout_that_is_not_the_scanner_s_gives_other_letters() -> None:
    scanner = Scanner("de")
    scanner.hear(typist.records([*typist.strokes(keymap("us"), "ZY-/"), (ENTER,)], 0))
    assert scanner.codes == ["YZß-"]


def test_the_committed_tables_are_what_xkb_gives() -> None:
    if shutil.which("xkbcli") is None:
        missing = "xkbcli is not here: install the package libxkbcommon-tools"
        pytest.fail(missing) if os.environ.get("BARROW_REAL_PARTS") == "required" else pytest.skip(missing)
    committed, fresh = TABLES.read_text(encoding="utf-8"), keymaps.as_json(keymaps.tables())
    for layout, keys in json.loads(fresh).items():
        ours = json.loads(committed)[layout]
        for key, levels in keys.items():
            ascii_only = [[one if one in PRINTABLE else "" for one in row] for row in (levels, ours[key])]
            assert ascii_only[0] == ascii_only[1][: len(levels)], (layout, key)
    if os.environ.get("BARROW_REAL_PARTS") != "required" and committed != fresh:
        pytest.skip("this machine's xkb differs beyond ASCII: python -m hardware.scanner.keymaps")
    assert committed == fresh


@pytest.mark.parametrize(
    ("layout", "strokes", "text"),
    [
        ("de", [(41,), (A,)], "â"),
        ("de", [(41,), (57,)], "^"),
        ("de", [(41,), (16,)], "^q"),
        ("de", [(41,), (41,), (A,)], "^â"),
        ("de", [(13,), (18,)], "é"),
        ("de", [(SHIFT, 13), (SHIFT, A)], "À"),
        ("es", [(40,), (24,)], "ó"),
        ("fr", [(SHIFT, 26), (22,)], "ü"),
        ("it", [(ALTGR, 39)], "@"),
        ("fr", [(SHIFT, 2), (SHIFT, 3)], "12"),
        ("de", [(CTRL, ALT, 10)], "]"),
        ("us", [(ALT, A), (A,)], "a"),
        ("us", [(ALTGR, A), (A,)], "a"),
    ],
)
def test_dead_keys_and_altgr(layout: str, strokes: Sequence[tuple[int, ...]], text: str) -> None:
    scanner = Scanner(layout)
    for stroke in strokes:
        scanner.tap(*stroke)
    scanner.tap(ENTER)
    assert scanner.codes == [text]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_group_separator_is_control_and_the_bracket_key_everywhere(layout: str) -> None:
    scanner = Scanner(layout)
    scanner.scan("]C1" + "10AB\x1d21X")
    assert scanner.codes == ["]C110AB\x1d21X"]


def test_the_group_separator_may_be_a_function_key() -> None:
    scanner, plain = Scanner(gs_key=keyboard.F_KEYS["F12"]), Scanner()
    for one in (scanner, plain):
        one.tap(A)
        one.tap(F12)
        one.tap(A)
        one.tap(ENTER)
    assert (scanner.codes, plain.codes) == (["a\x1da"], ["aa"])


@pytest.mark.parametrize(
    ("digits", "character"),
    [
        ("029", "\x1d"), ("29", "\x1d"), ("0233", "é"), ("130", "é"), ("0128", "€"), ("08364", "€"),
        ("65", "A"), ("0129", ""), ("07", ""), ("", ""), ("055296", ""), ("9999999", ""),
        ("0127828", "\U0001f354"),
    ],
)  # fmt: skip
def test_alt_and_a_number_on_the_keypad(digits: str, character: str) -> None:
    scanner = Scanner()
    scanner.scan("x", "none")
    scanner.keys((ALT, 1))
    for digit in digits:
        scanner.tap(typist.KEYPAD[digit])
    scanner.keys((ALT, 0))
    scanner.scan("y")
    assert scanner.codes == [f"x{character}y"]


def test_the_keypad_is_digits_whatever_num_lock_says() -> None:
    scanner = Scanner("fr")
    for digit in string.digits:
        scanner.tap(typist.KEYPAD[digit])
    for key in (83, 98, 55, 74, 78):
        scanner.tap(key)
    scanner.tap(KPENTER)
    assert scanner.codes == ["0123456789./*-+"]


def test_caps_lock_turns_letters_and_nothing_else_and_is_forgotten_between_codes() -> None:
    scanner = Scanner()
    scanner.tap(CAPS)
    scanner.scan("aB1!")
    assert scanner.codes == ["Ab1!"]
    scanner.wait(500)
    scanner.scan("aB1!")
    assert scanner.codes[1:] == ["aB1!"]


def test_caps_lock_around_a_code_and_its_end_leaves_the_next_one_alone() -> None:
    scanner = Scanner()
    for _ in range(2):
        scanner.tap(CAPS)
        scanner.scan("abc")
        scanner.tap(CAPS)
    assert scanner.codes == ["ABC", "ABC"]


@pytest.mark.parametrize(
    ("suffix", "end", "codes"),
    [
        ("enter", ENTER, ["aa"]), ("enter", KPENTER, ["aa"]), ("enter", TAB, []),
        ("tab", TAB, ["aa"]), ("tab", ENTER, []), ("none", ENTER, []),
    ],
)  # fmt: skip
def test_what_ends_a_code(suffix: str, end: int, codes: list[str]) -> None:
    scanner = Scanner(suffix=suffix)
    scanner.tap(A)
    scanner.tap(A)
    scanner.tap(end)
    assert scanner.codes == codes


def test_a_line_feed_as_a_control_key_ends_a_code_too() -> None:
    scanner = Scanner()
    scanner.tap(A)
    scanner.tap(CTRL, 36)
    assert scanner.codes == ["a"]


def test_silence_ends_a_code_of_a_scanner_without_a_suffix() -> None:
    scanner = Scanner(suffix="none")
    scanner.scan("96385074", "none")
    scanner.wait(59)
    assert scanner.codes == []
    scanner.wait(1)
    assert scanner.codes == ["96385074"]
    scanner.scan("4006381333931", "none")
    scanner.now += 60  # the reader was busy: the next code is there before anyone noticed the silence
    scanner.scan("0", "none")
    assert scanner.codes == ["96385074", "4006381333931"]


def test_half_a_code_is_dropped_after_150_ms_and_said_at_once() -> None:
    scanner = Scanner()
    scanner.scan("400638", "none")
    scanner.wait(149)
    assert scanner.events == []
    scanner.wait(1)
    (lost,) = scanner.lost
    assert (lost.device, lost.at_ms) == ("gun", 1000)
    scanner.scan("96385074")
    assert scanner.codes == ["96385074"]


def test_half_a_code_never_joins_the_next_one_though_nobody_looked_meanwhile() -> None:
    scanner = Scanner()
    scanner.scan("400638", "none")
    scanner.now += 200
    scanner.scan("96385074")
    assert (scanner.codes, len(scanner.lost)) == (["96385074"], 1)


def test_two_codes_in_one_batch_are_two() -> None:
    scanner = Scanner()
    scanner.hear([*scanner.typed("4006381333931"), *scanner.typed("96385074")])
    assert scanner.codes == ["4006381333931", "96385074"]


def test_a_code_whose_keys_were_lost_is_said_once_and_the_next_one_is_right() -> None:
    scanner = Scanner()
    scanner.hear(typist.overrun(scanner.typed("4006381333931")))
    scanner.scan("96385074")
    assert (scanner.codes, len(scanner.lost)) == (["96385074"], 1)


def test_keys_lost_up_to_the_end_of_a_code_do_not_take_the_next_one_with_them() -> None:
    scanner = Scanner()
    whole = scanner.typed("4006381333931")
    scanner.hear([*whole[:20], Record(EV_SYN, SYN_DROPPED, 0, scanner.now), *whole[-2:]])
    scanner.now += 200
    scanner.scan("96385074")
    assert (scanner.codes, len(scanner.lost)) == (["96385074"], 1)


def test_a_shift_whose_release_was_lost_is_not_believed_any_more() -> None:
    scanner = Scanner()
    scanner.keys((SHIFT, 1))
    scanner.hear([Record(EV_SYN, SYN_DROPPED, 0, 1000), Record(EV_SYN, SYN_REPORT, 0, 1000)])
    scanner.now += 200
    scanner.scan("abc")
    assert scanner.codes == ["abc"]


@pytest.mark.parametrize(("pause_ms", "codes"), [(149, ["96385074"]), (150, ["tail", "96385074"])])
def test_the_rest_of_a_code_whose_beginning_the_console_had_is_no_code(
    pause_ms: int, codes: list[str]
) -> None:
    scanner = Scanner()
    scanner.listener.join(scanner.now)
    scanner.now += pause_ms
    scanner.scan("tail")
    scanner.scan("96385074")
    assert scanner.codes == codes
    assert len(scanner.lost) == (codes[0] != "tail")


@given(st.text(string.digits, min_size=8, max_size=14), st.data())
def test_no_part_of_a_torn_code_is_ever_taken_for_a_code(text: str, data: st.DataObject) -> None:
    scanner = Scanner()
    whole = scanner.typed(text)
    begin = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(begin, len(whole)))
    scanner.hear([*whole[:begin], Record(EV_SYN, SYN_DROPPED, 0, 1000), *whole[end:]])
    scanner.now += 200
    scanner.scan("96385074")
    following = ["96385074"] if whole[end:] else []  # the kernel always leaves the newest record
    assert scanner.codes in (following, [text, *following])
    assert len(scanner.lost) == 1


def test_auto_repeat_and_a_stuck_key_add_nothing() -> None:
    scanner = Scanner()
    scanner.hear(typist.held_for_long(scanner.typed("aa11")))
    scanner.hear(typist.stuck(scanner.typed("bb22")))
    scanner.scan("cc33")
    assert scanner.codes == ["aa11", "bb22", "cc33"]


def test_the_longest_code_is_kept_and_a_longer_one_is_refused() -> None:
    scanner = Scanner()
    scanner.scan("x" * MOST)
    scanner.scan("x" * (MOST + 1))
    scanner.scan("x" * 3 * MOST)
    scanner.scan("y")
    assert scanner.codes == ["x" * MOST, "y"]
    assert len(scanner.lost) == 2


@pytest.mark.parametrize("text", ["", "   "])
def test_a_code_of_nothing_is_none(text: str) -> None:
    scanner = Scanner()
    scanner.scan(text)
    assert scanner.events == []


@given(st.lists(st.tuples(st.integers(0, 255), st.sampled_from([0, 1, 2])), max_size=200))
def test_any_keys_at_all_do_no_harm(turns: list[tuple[int, int]]) -> None:
    scanner = Scanner("de")
    scanner.keys(*turns)
    assert all(letter == "\x1d" or letter.isprintable() for code in scanner.codes for letter in code)


def test_a_record_is_24_bytes_on_the_wire_and_comes_back() -> None:
    record = Record(EV_KEY, A, 1, 1_234_567)
    assert unpack(pack([record, record])) == [record, record]
    assert pack([record])[-8:] == b"\x01\x00\x1e\x00\x01\x00\x00\x00"


def test_what_no_key_types_is_refused() -> None:
    with pytest.raises(typist.Untypable, match="keyboard us"):
        typist.strokes(keymap("us"), "ł")
