"""Reading a JSON object from outside, field by field, with every problem noted and none of them fatal.

Each question answers with a value of the type asked for, whatever was found: after a problem a harmless
stand-in, so that one reading collects all problems. The caller uses nothing of it unless the list of problems
is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

Word = TypeVar("Word", bound=str)

_KINDS = {
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
}


def kind_of(found: object) -> str:
    """Name a JSON value's type in a message."""
    return "null" if found is None else _KINDS.get(type(found), "something else")


def shown(text: str) -> str:
    """Return what may be repeated of a text in a message: short, and without control characters."""
    cut = text if len(text) <= 40 else text[:39] + "…"
    return "".join(letter if letter.isprintable() else "·" for letter in cut)


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object's fields, for `json.loads`; ValueError where a name stands twice and hides a value."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


class Fields:
    """One JSON object being read. `null` counts as absent."""

    def __init__(self, found: object, where: str, problems: list[str], known: Iterable[str]) -> None:
        self.where = where  # path of this object, "" at the top
        self._problems = problems
        self._found: dict[str, object] = {}
        self.found = isinstance(found, dict)  # False: nothing of it can be read, and that was noted
        if not isinstance(found, dict):
            problems.append(f"{where or 'the input'}: must be an object, not {kind_of(found)}")
            return
        self._found = {name: value for name, value in found.items() if value is not None}
        allowed = tuple(known)
        for name in found:
            if name not in allowed:
                problems.append(f"{self.path(name)}: unknown; known are {', '.join(allowed)}")

    def path(self, name: str) -> str:
        """Return the full path of a field, for messages."""
        return f"{self.where}.{shown(name)}" if self.where else shown(name)

    def problem(self, name: str, message: str) -> None:
        """Note a problem with a field."""
        self._problems.append(f"{self.path(name)}: {message}")

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self._found

    def raw(self, name: str) -> object:
        """Return a field as it was found; a missing one is a problem."""
        if self.found and name not in self._found:
            self.problem(name, "missing")
        return self._found.get(name)

    def text(self, name: str, most: int = 200, default: str | None = None) -> str:
        """Return a text of at most `most` printable characters; with a default the field may be missing."""
        if default is not None and name not in self._found:
            return default
        found = self.raw(name)
        if found is None:
            return ""
        if not isinstance(found, str):
            self.problem(name, f"must be a text in quotes, not {kind_of(found)}")
            return ""
        if len(found) > most:
            self.problem(name, f"longer than {most} characters")
            return ""
        return found

    def label(self, name: str, most: int) -> str | None:
        """Return a code or name of 1 to `most` printable characters; None, with a note, otherwise."""
        found = self.raw(name)
        if isinstance(found, str) and 0 < len(found) <= most and found.isprintable():
            return found
        if isinstance(found, str):
            self.problem(name, f"must be 1 to {most} printable characters")
        elif found is not None:
            self.problem(name, f"must be a text in quotes, not {kind_of(found)}")
        return None

    def figure(self, name: str, most: int) -> str | None:
        """Return a number given as text, still to be parsed; None, with the problem noted, when it is not."""
        found = self.raw(name)
        if isinstance(found, str) and 0 < len(found) <= most:
            return found
        if isinstance(found, str):
            self.problem(name, "is empty" if not found else f"longer than {most} characters")
        elif found is not None:
            self.problem(name, f'must be a number in quotes such as "12.50", not {kind_of(found)}')
        return None

    def whole(self, name: str, low: int, high: int) -> int:
        """Return a whole number within bounds."""
        found = self.raw(name)
        if found is None:
            return low
        if type(found) is not int:
            self.problem(name, f"must be a whole number without quotes, not {kind_of(found)}")
            return low
        if not low <= found <= high:
            self.problem(name, f"must be between {low} and {high}")
            return low
        return found

    def optional_whole(self, name: str, low: int, high: int) -> int | None:
        """Return a whole number within bounds, or None when the field is not there."""
        return self.whole(name, low, high) if self.has(name) else None

    def flag(self, name: str) -> bool:
        """Return a boolean; a missing one is false."""
        found = self._found.get(name, False)
        if not isinstance(found, bool):
            self.problem(name, f"must be true or false, not {kind_of(found)}")
        return found is True

    def choice(self, name: str, allowed: Sequence[Word], default: Word | None = None) -> Word:
        """Return one of a few words."""
        if default is not None and not self.has(name):
            return default
        found = self.raw(name)
        for word in allowed:
            if found == word:
                return word
        if found is not None:
            self.problem(name, f"must be one of {', '.join(allowed)}")
        return allowed[0]

    def rows(self, name: str, most: int) -> list[object]:
        """Return a list with at most `most` entries; a missing one is empty."""
        found = self._found.get(name, [])
        if not isinstance(found, list):
            self.problem(name, f"must be a list, not {kind_of(found)}")
            return []
        if len(found) > most:
            self.problem(name, f"has more than {most} entries")
            return []
        return found
