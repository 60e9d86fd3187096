"""The self-test strip: numbered lines, one for each way printers number their code pages.

A person looks which line reads right and says its number, which no program can know: cheap boards number the
pages as they like and tell nobody. The first line is a ruler; its last whole number is the paper's columns.
Numbers: the profiles of python-escpos 3.1, most frequent first.
"""

from __future__ import annotations

from dataclasses import dataclass

from hardware.printer import codepage
from hardware.printer.encoder import CUT, FONT_B, LF, RESET
from hardware.printer.profile import Profile

WEST, CENTRAL, OLD = "€ äöüß éèñ", "ąćłńśź čřšž", "äöüß éèñ"
_NUMBERS = (
    ("CP858", WEST, (19, 53, 4, 6, 14, 31)),
    ("CP1252", WEST, (16, 71, 32, 8, 11, 49)),
    ("CP852", CENTRAL, (18, 54, 5, 9, 32, 68)),
    ("CP850", OLD, (2, 1)),
    ("CP437", OLD, (0, 52)),
)
RULER = "....:....|....:....|....:....|32.......:42....48"
"""Counts: a number ends in the column it names."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the strip, and what it means when it reads right."""

    number: int
    """As printed at its beginning, from 1."""
    page: str
    """The code page its letters are from."""
    at: int
    """The number by which the printer was asked for that page."""
    sample: str
    """What a person should see."""


LINES = tuple(
    Line(number, page, at, sample)
    for number, (page, sample, at) in enumerate(
        ((page, sample, at) for page, sample, numbers in _NUMBERS for at in numbers), 1
    )
)
"""Every line, in the order printed: the euro first."""


def strip(profile: Profile) -> bytes:
    """The whole strip as a job. Every line sets its page anew, so a wrong number spoils one line only."""
    job = [RESET, FONT_B if profile.font == "b" else b"", RULER.encode("ascii"), LF, LF]
    for line in LINES:
        words = codepage.encode(f"1 {line.sample}  {line.page} {line.at}", line.page)
        job.append(b"%2d \x1bt%c" % (line.number, line.at) + words + LF)
    job.append(b"\x1bd\x01" + CUT[profile.cut] if profile.cut != "none" else b"\x1bd%c" % profile.tear)
    return b"".join(job)
