"""Who walked away, and from where."""

from __future__ import annotations

import pytest

from kiosk.tui.leaving import SIGN_IN_MS, STAFF_MS, going


@pytest.mark.parametrize(
    ("mode", "locker", "asking", "unused_ms", "expected"),
    [
        ("lock", True, False, SIGN_IN_MS, "stay"),
        ("lock", True, False, SIGN_IN_MS + 1, "to the locker"),
        ("lock", False, False, STAFF_MS * 9, "stay"),
        ("locker", True, False, STAFF_MS * 9, "stay"),
        ("boxes", True, False, STAFF_MS, "stay"),
        ("boxes", True, False, STAFF_MS + 1, "sign out"),
        ("boxes", False, True, STAFF_MS + 1, "give up the question"),
        ("drops", False, False, STAFF_MS + 1, "sign out"),
        ("till", False, False, STAFF_MS * 9, "stay"),
        ("till", True, False, STAFF_MS + 1, "sign out"),
        ("till", True, True, STAFF_MS * 9, "stay"),
    ],
)
def test_who_walked_away(mode: str, locker: bool, asking: bool, unused_ms: int, expected: str) -> None:
    assert going(mode, locker=locker, asking=asking, unused_ms=unused_ms) == expected
