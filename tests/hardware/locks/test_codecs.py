"""Golden frames of every lock board, each from a public source, and what is no frame."""

from __future__ import annotations

import pytest

from hardware.locks.board import BadFrame, NoSuchChannel, OpenAnswer, Request, Status, Verdict
from hardware.locks.describe import describe
from hardware.locks.kinds import ALIASES, CODECS, codec

# Sources: KR-CU16 jin0949/KR-CU16_locker and a CartWise log; CU48B rhalf/smart-parcel-locker_locker-tool; 8A
# a ROS 2 lock_controller's README; WKLY junerver/LockDemo ExampleUnitTest.kt; Winnsen TechCorp07/kiosk
# WinnsenProtocol.kt; 5A5A a Flask smart-locker project; R421A08 hackaday.io 167364.
OPENINGS = [
    ("cu16", 0, 1, "02 00 31 03 36"),
    ("cu16", 0, 5, "02 04 31 03 3A"),
    ("cu48b", 0, 1, "02 00 00 61 03 66"),
    ("8a", 1, 1, "8A 01 01 11 9B"),
    ("8a", 1, 24, "8A 01 18 11 82"),
    ("wkly", 0, 1, "57 4B 4C 59 09 00 82 01 83"),
    ("wkly", 1, 1, "57 4B 4C 59 09 01 82 01 82"),
    ("wkly", 10, 1, "57 4B 4C 59 09 0A 82 01 89"),
    ("winnsen", 1, 1, "90 06 05 01 01 03"),
    ("5a5a", 0, 1, "5A 5A 00 00 00 04 00 01 01 04"),
    ("5a5a", 3, 24, "5A 5A 00 03 00 04 00 01 18 1E"),
    ("r421a08", 1, 1, "01 06 00 01 05 00 DB 5A"),
]
QUESTIONS = [
    ("cu16", 0, [1, 2], ["02 00 30 03 35"]),
    ("cu48b", 0, [1], ["02 00 00 60 03 65"]),
    ("8a", 1, [1], ["80 01 00 33 B2"]),
    ("wkly", 0, [1], ["57 4B 4C 59 08 00 84 85"]),
    ("winnsen", 1, [1, 2], ["90 06 12 01 01 03", "90 06 12 01 02 03"]),
    ("5a5a", 0, [1], []),
    ("r421a08", 1, [1], []),
]
STATUSES = [
    ("cu16", "02 00 35 FE FF 21 00 03 58", {1: False, 2: True, 16: True}, {1: True, 6: True, 2: False}),
    (
        "cu48b",
        "02 00 00 75 FE FF FF FF FF FF 01 00 00 00 00 00 03 74",
        {1: False, 48: True},
        {1: True, 2: False},
    ),
    ("8a", "80 01 01 11 91", {1: True}, {}),
    ("8a", "80 01 01 00 80", {1: False}, {}),
    ("8a", "80 01 01 01 01 33 B3", {1: True, 9: True, 17: True, 2: False, 24: False}, {}),
    ("8a", "82 01 01 00 82", {1: False}, {}),
    ("8a", "82 01 01 11 93", {1: True}, {}),
    ("wkly", "57 4B 4C 59 0B 00 83 00 01 00 80", {1: False}, {}),
    ("wkly", "57 4B 4C 59 0E 00 84 00 04 00 01 01 00 87", {1: False, 2: True, 3: True, 4: False}, {}),
    ("wkly", "57 4B 4C 59 0A 00 85 01 01 86", {1: True}, {}),
    ("winnsen", "90 07 92 01 00 01 03", {1: False}, {}),
]
ANSWERS = [
    ("wkly", "57 4B 4C 59 0B 00 82 00 01 00 81", 1, Verdict.TAKEN),
    ("winnsen", "90 07 85 01 01 01 03", 1, Verdict.TAKEN),
    ("winnsen", "90 07 85 01 01 02 03", 1, Verdict.COOLING),
    ("winnsen", "90 07 85 01 01 00 03", 1, Verdict.REFUSED),
]
FORBIDDEN = {
    "all locks at once": ["02 00 33 03 38", "8A 01 00 11 9A", "57 4B 4C 59 08 00 86 87"],
    "a coil held on": ["9A 01 01 11 8B", "57 4B 4C 59 09 00 88 01 89"],
}


@pytest.mark.parametrize(("kind", "board", "lock", "frame"), OPENINGS)
def test_an_order_is_the_frame_its_source_prints(kind: str, board: int, lock: int, frame: str) -> None:
    assert codec(kind).open(board, lock) == bytes.fromhex(frame)
    assert codec(kind).read(bytes.fromhex(frame)) == Request(board, lock, "open")


@pytest.mark.parametrize(("kind", "board", "locks", "frames"), QUESTIONS)
def test_a_question_is_the_frame_its_source_prints(
    kind: str, board: int, locks: list[int], frames: list[str]
) -> None:
    assert codec(kind).questions(board, locks) == [bytes.fromhex(frame) for frame in frames]


def test_the_pulse_is_set_in_hundredths() -> None:
    assert codec("cu16").set_up(0, 500) == bytes.fromhex("02 00 37 00 32 03 6E")


@pytest.mark.parametrize(("kind", "frame", "locks", "items"), STATUSES)
def test_a_status_says_each_contact(
    kind: str, frame: str, locks: dict[int, bool], items: dict[int, bool]
) -> None:
    status = codec(kind).read(bytes.fromhex(frame))
    assert isinstance(status, Status)
    assert {channel: status.levels[channel].lock for channel in locks} == locks
    assert {channel: status.levels[channel].item for channel in items} == items
    assert status.unasked == frame.startswith(("82", "57 4B 4C 59 0A"))


@pytest.mark.parametrize(("kind", "frame", "lock", "verdict"), ANSWERS)
def test_an_answer_to_an_order_is_only_what_the_board_says(
    kind: str, frame: str, lock: int, verdict: Verdict
) -> None:
    answer = codec(kind).read(bytes.fromhex(frame))
    assert isinstance(answer, OpenAnswer)
    assert (answer.channel, answer.verdict) == (lock, verdict)


@pytest.mark.parametrize("kind", CODECS)
def test_no_board_can_be_told_to_open_all_or_to_hold(kind: str) -> None:
    chosen = codec(kind)
    every = {
        chosen.open(board, lock)
        for board in list(chosen.boards)[:40]
        for lock in range(1, chosen.capabilities.channels + 1)
    }
    assert not every & {bytes.fromhex(frame) for frames in FORBIDDEN.values() for frame in frames}
    for lock in (0, -1, chosen.capabilities.channels + 1):
        with pytest.raises(NoSuchChannel):
            chosen.open(chosen.boards[0], lock)
    with pytest.raises(NoSuchChannel):
        chosen.open(chosen.boards[-1] + 1, 1)


@pytest.mark.parametrize(
    ("kind", "frame", "locks", "items"),
    [row for row in STATUSES if row[0] != "winnsen"],  # whose frames have no check
)
def test_every_damaged_bit_of_a_checked_frame_is_noticed(
    kind: str, frame: str, locks: dict[int, bool], items: dict[int, bool]
) -> None:
    good = bytes.fromhex(frame)
    for at in range(len(good) * 8):
        bad = bytearray(good)
        bad[at // 8] ^= 1 << at % 8
        assert not any(
            isinstance(reply, Status) and reply.levels == codec(kind).read(good).levels  # type: ignore[union-attr]
            for reply in codec(kind).replies(bytes(bad), b"")
        )


def test_the_echo_of_an_order_is_no_answer() -> None:
    """On the 8A boards one public driver takes these five bytes for success: they are the order's echo."""
    chosen = codec("8a")
    order = chosen.open(1, 1)
    assert chosen.replies(order, order) == []
    assert chosen.replies(order + order, order) == []
    told = chosen.replies(order + bytes.fromhex("80 01 01 00 80"), order)
    assert [type(reply) for reply in told] == [Status]


@pytest.mark.parametrize(("kind", "frame", "locks", "items"), STATUSES)
def test_a_reply_is_found_between_noise_and_in_any_two_parts(
    kind: str, frame: str, locks: dict[int, bool], items: dict[int, bool]
) -> None:
    good = bytes.fromhex(frame)
    chosen = codec(kind)
    noisy = b"\x00" + good[:1] + b"\xff" + good + b"\xff"
    assert chosen.replies(noisy, b"") == [chosen.read(good)]
    for at in range(1, len(good)):
        assert chosen.replies(good[:at], b"") == []


def test_a_status_of_all_whose_first_bytes_check_by_chance_is_read_whole() -> None:
    body = bytes((0x80, 1, 0x11, 0x11))
    seven = bytes((*body, 0x81, 0x33))
    check = 0
    for byte in seven:
        check ^= byte
    status = codec("8a").read(seven + bytes((check,)))
    assert isinstance(status, Status)
    assert len(status.levels) == 24


@pytest.mark.parametrize(
    ("kind", "frame", "reason"),
    [
        ("cu16", "", "no bytes"),
        ("cu16", "02 00 35 FE FF 21 00 03 59", "check byte 59, computed 58"),
        ("cu16", "02 00 35 FE FF 21", "cut short after 6 bytes"),
        ("cu16", "02 00 30 03 35 00", "1 bytes follow"),
        ("cu16", "02 00 44 03 49", "command 44"),
        ("8a", "8A 01 01 11 9C", "check byte"),
        ("8a", "9A 01 01 11 8B", "head 9A"),
        ("wkly", "57 4B 4C 59 09 00 82 01 84", "check byte"),
        ("wkly", "57 4B 4C 59 08 00 86 87", "command 86"),
        ("winnsen", "90 07 92 01 05 01 03", "function 92"),
        ("winnsen", "90 06 05 01 01 04", "end with 03"),
        ("5a5a", "5A 5A 00 00 00 04 00 01 01 05", "check byte"),
        ("r421a08", "01 06 00 01 05 00 DB 5B", "check byte"),
        ("r421a08", "01 86 02 C3 A1", "exception 2"),
    ],
)
def test_what_is_no_frame_is_refused_with_the_reason(kind: str, frame: str, reason: str) -> None:
    with pytest.raises(BadFrame, match=reason):
        describe(codec(kind), bytes.fromhex(frame))


def test_a_frame_is_described_for_a_person() -> None:
    told = describe(codec("kr-cu16"), bytes.fromhex("02 00 35 FE FF 21 00 03 58"))
    assert told["frame"] == "status"
    assert told["locks"]["1"] == {"door": "open", "level": 0, "item": "yes", "item_level": 1}  # type: ignore[index]
    echo = describe(codec("8a"), bytes.fromhex("8A 01 01 11 9B"))
    assert (echo["frame"], echo["asks"], echo["proves"]) == ("request", "open", "nothing")
    untold = describe(codec("cu48b"), bytes.fromhex("02 00 00 75 FE FF FF FF FF FF 01 00 00 00 00 00 03 74"))
    assert untold["locks"]["1"]["door"] == "unknown"  # type: ignore[index]


def test_every_other_name_leads_somewhere() -> None:
    assert set(ALIASES.values()) <= set(CODECS)
