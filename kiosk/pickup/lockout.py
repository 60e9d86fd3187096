"""How long the keypad rests after wrong codes. It belongs to the keypad: a code alone names no order.

A token that is scanned is never held up by it, so nobody can shut everybody out by typing nonsense. The count
is stored before a code is looked at; what is left of a rest is counted on the clock of the boot, and a
restart begins it anew from what was left: neither pulling the plug nor moving the wall clock shortens it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

STEPS = ((5, 60), (10, 15 * 60), (15, 3600), (20, 4 * 3600))
"""Wrong codes in a row, and the seconds of rest from then on. Staff are told at the last step."""
AFTERWARDS = 5
"""Wrong codes beyond the last step that bring a day's rest each time."""
DAY_S = 24 * 3600
ALERT_AT = STEPS[-1][0]


@dataclass(frozen=True, slots=True)
class Lockout:
    """The keypad's count, as it is stored."""

    wrong: int = 0
    """Wrong codes since the last right one."""
    rest_ms: int = 0
    """Milliseconds of rest left at `since_ms`."""
    since_ms: int = 0
    """Milliseconds of the boot at which `rest_ms` was right."""
    boot_id: str = ""

    def left_ms(self, boot_id: str, boot_ms: int) -> int:
        """Milliseconds of rest left now. In another boot only the time since that boot's start counts."""
        passed = boot_ms - self.since_ms if boot_id == self.boot_id else boot_ms
        return max(0, self.rest_ms - max(0, passed))

    def missed(self, boot_id: str, boot_ms: int) -> Lockout:
        """The count after one more wrong code."""
        wrong = self.wrong + 1
        return Lockout(wrong, rest_after(wrong) * 1000, boot_ms, boot_id)

    def carried(self, boot_id: str, boot_ms: int) -> Lockout:
        """The same, told from now on: what to store when a boot begins."""
        return replace(self, rest_ms=self.left_ms(boot_id, boot_ms), since_ms=boot_ms, boot_id=boot_id)

    @property
    def alerts(self) -> bool:
        """Whether staff should know."""
        return self.wrong >= ALERT_AT


def rest_after(wrong: int) -> int:
    """Seconds of rest that so many wrong codes in a row bring; 0 between the steps: fingers slip."""
    for count, rest_s in STEPS:
        if wrong == count:
            return rest_s
    last = STEPS[-1][0]
    return DAY_S if wrong > last and (wrong - last) % AFTERWARDS == 0 else 0
