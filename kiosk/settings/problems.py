"""What is wrong with a settings file: every problem, each with its place and what would be right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kiosk.i18n import _

SHOWN = 40
"""Characters of a wrong value that are repeated in a message."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong."""

    file: Path
    key: str
    """Where it stands, dotted: `shop.currency`; empty when the file as a whole cannot be read."""
    got: str
    """What stands there, shortened; empty when it is missing."""
    allowed: str
    """What may stand there, or what to do."""
    line: int | None = None

    def __str__(self) -> str:
        """Return the problem as one line for a person."""
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        what = f"{self.key} = {self.got}" if self.got else self.key
        return ": ".join(part for part in (place, what, self.allowed) if part)


class SettingsErrors(ValueError):
    """Settings that cannot be used. Nothing was changed; the till does not start half-configured."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


class NoSettings(FileNotFoundError):
    """There is no shop in this folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            _(
                "There is no shop in {folder}. Make one with `kiosk init`, look around with `kiosk demo`, "
                "or name another folder with --shop."
            ).format(folder=folder)
        )


class Findings:
    """Collects the problems of one file while it is read."""

    def __init__(self, file: Path, text: str = "") -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._lines = _places(text)

    def add(self, key: str, got: object, allowed: str) -> None:
        """Note a problem; `got` None means that the key is missing."""
        self.problems.append(Problem(self.file, key, shown(got), allowed, self._line(key)))

    def _line(self, key: str) -> int | None:
        """Return the line of a key, or of the nearest table around it."""
        while key:
            if key in self._lines:
                return self._lines[key]
            key = key.rpartition(".")[0]
        return None


def shown(value: object) -> str:
    """Return a value as it may be repeated in a message: short, on one line, without control characters."""
    if value is None:
        return ""
    text = f'"{value}"' if isinstance(value, str) else str(value)
    clean = "".join(letter if letter.isprintable() else "·" for letter in text)
    return clean if len(clean) <= SHOWN else clean[: SHOWN - 1] + "…"


def _places(text: str) -> dict[str, int]:
    """Map the dotted keys of a TOML text to their lines; good enough for messages, not a parser."""
    places: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
            table = header[1].replace('"', "")
            places.setdefault(table, number)
        elif pair := re.match(r'\s*([A-Za-z0-9_."-]+)\s*=', line):
            key = pair[1].replace('"', "")
            places.setdefault(f"{table}.{key}" if table else key, number)
    return places
