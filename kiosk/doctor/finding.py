"""What the doctor says about one thing: how it is, in words, and what to do when it is not well."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from kiosk.station.reasons import reason

State = Literal["found", "note", "missing", "wrong"]
"""`note` is worth knowing and stops nobody; `missing` and `wrong` want a person."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line."""

    area: str
    """What it is about: machine, shop, ledger, device, payments."""
    state: State
    words: str
    fix: str = ""

    @property
    def is_bad(self) -> bool:
        """Whether somebody has to do something."""
        return self.state in {"missing", "wrong"}


Check = Callable[[], Iterable[Finding]]


def examined(area: str, check: Check) -> list[Finding]:
    """Run a check; what the system refuses to tell is a finding too, and the other checks go on."""
    found: list[Finding] = []
    try:
        found.extend(check())
    except (OSError, ValueError, LookupError, RuntimeError) as error:
        found.append(Finding(area, "wrong", reason(error)))
    return found
