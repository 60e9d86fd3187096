"""Texts of a CSV file that no spreadsheet runs: what it would take for a formula gets an apostrophe in front.

Source of the signs: OWASP, CSV injection.
"""

from __future__ import annotations

import re

_RUNS = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def harmless(text: str) -> str:
    """Return a text that is shown and not run; `plain` gives it back."""
    return f"'{text}" if _RUNS.match(text) else text


def plain(text: str) -> str:
    """Return a text as it was before `harmless`."""
    return text[1:] if _GUARDED.match(text) else text
