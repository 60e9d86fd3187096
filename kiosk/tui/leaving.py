"""Whoever walked away: what a screen does that somebody left signed in, or half-way to it. Pure."""

from __future__ import annotations

from typing import Final, Literal

SIGN_IN_MS: Final = 60_000
"""At a locker a sign-in that nobody goes on with makes way for the next who collects."""
STAFF_MS: Final = 300_000
"""Whoever left the boxes is signed out, or the next one opens them in their name; a locker's till as well."""
CABINET: Final = frozenset({"boxes", "drops"})

Going = Literal["stay", "to the locker", "give up the question", "sign out"]


def going(mode: str, *, locker: bool, asking: bool, unused_ms: int) -> Going:
    """What to do after so many milliseconds without a key.

    Args:
        mode: The place in front.
        locker: The screen is a locker's, which others wait for.
        asking: A question stands over the place.
        unused_ms: Since somebody scanned, touched or typed.
    """
    if mode == "lock":
        return "to the locker" if locker and unused_ms > SIGN_IN_MS else "stay"
    if unused_ms <= STAFF_MS or mode == "locker" or not (locker or mode in CABINET):
        return "stay"
    if asking:  # money that is being taken is never given up
        return "give up the question" if mode in CABINET else "stay"
    return "sign out"
