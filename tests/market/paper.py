"""Reads the simulated printer's paper as a person would: which receipts, whole or cut off, and copies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

CUT = "✂"
NUMBER = re.compile(r"Receipt ([A-Z]+-[0-9]{6})")


@dataclass(frozen=True)
class Slip:
    """One receipt on the paper."""

    number: str
    copy: bool
    whole: bool  # it goes on to the cut
    text: str

    def says(self, words: str) -> bool:
        """Whether something stands on it, however widely it is spaced."""
        return words.replace(" ", "") in self.text.replace(" ", "")


def slips(lines: Iterable[str]) -> list[Slip]:
    """The receipts in the order in which they came out; other slips are left out."""
    found: list[Slip] = []
    strip: list[str] = []
    for line in lines:
        strip.append(line)
        if line.startswith(CUT):
            found += _of_strip(strip)
            strip = []
    return found


def _of_strip(strip: list[str]) -> list[Slip]:
    """What lies between two cuts: one whole receipt, perhaps behind the beginning of one cut off."""
    starts = [(nth, found[1]) for nth, line in enumerate(strip) if (found := NUMBER.search(line))]
    made = []
    for place, (start, number) in enumerate(starts):
        before = starts[place - 1][0] + 1 if place else 0
        last = place == len(starts) - 1
        end = len(strip) if last else starts[place + 1][0]
        mark = any(line.strip().startswith("COPY ") for line in strip[before:start])
        made.append(Slip(number, mark, last, "\n".join(strip[start:end])))
    return made
