"""When a coil may be energised: the rules that keep coils from burning and the supply from breaking down.

Numbers: 0.5 to 1 s advised and 5 % duty for AS.500X locks, hence 750 ms and then 15 s (TechCorp07/kiosk
`STM32LockerConfig.kt`); half a second between any two pulses, since two coils at once took a supply down and
burned locks (hackaday.io 167364).
"""

from __future__ import annotations

from collections import defaultdict, deque

COOL_S = 15.0
"""A lock rests this long after a pulse, and after the program's start: who knows what was before."""
GAP_S = 0.5
"""Between any two pulses on the whole cabinet."""
MOST, WINDOW_S = 4, 300.0
"""Pulses of one lock in five minutes."""
PER_ATTEMPT = 2
"""Pulses of one attempt to open; what is shut then is stuck, and a third would only heat it."""
ATTEMPTS_KEPT = 512


class PulsesSpent(RuntimeError):
    """An attempt has had its two pulses: a person must look at the lock."""


class Pulses:
    """What was pulsed when. Times are monotonic seconds, given from outside."""

    def __init__(self, started: float) -> None:
        """Every lock counts as just pulsed at the start."""
        self._started = started
        self._of_box: defaultdict[int, deque[float]] = defaultdict(lambda: deque(maxlen=MOST))
        self._of_attempt: dict[str, int] = {}
        self._last = started

    def cooling_s(self, box: int, now: float) -> float:
        """Seconds until this lock may be pulsed; 0 when it may now."""
        past = self._of_box.get(box)
        last = past[-1] if past else self._started
        waits = [last + COOL_S - now]
        if past is not None and len(past) == MOST:
            waits.append(past[0] + WINDOW_S - now)
        return max(0.0, *waits)

    def gap_s(self, now: float) -> float:
        """Seconds until anything on the cabinet may be pulsed."""
        return max(0.0, self._last + GAP_S - now)

    def claim(self, box: int, attempt: str, now: float) -> None:
        """Book a pulse, before it is sent. PulsesSpent when the attempt has had its two."""
        spent = self._of_attempt.get(attempt, 0)
        if spent >= PER_ATTEMPT:
            raise PulsesSpent(f"box {box}: two pulses did not open it; the lock must be looked at")
        while len(self._of_attempt) >= ATTEMPTS_KEPT:
            del self._of_attempt[next(iter(self._of_attempt))]
        self._of_attempt[attempt] = spent + 1
        self._of_box[box].append(now)
        self._last = now

    def spent(self, attempt: str) -> int:
        """Pulses an attempt has had."""
        return self._of_attempt.get(attempt, 0)
