"""Reads one device's table from the settings: every option typed and bounded, all problems found at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")

MOST = 1_000_000
"""No device counts or measures beyond it."""


class BadOptions(ValueError):
    """A device's settings cannot be used; `problems` names each key of `device` and what is allowed."""

    def __init__(self, device: str, problems: Iterable[str]) -> None:
        """Keep the problems apart for the doctor, and join them for the log."""
        self.device = device
        self.problems = tuple(problems)
        super().__init__(f"device {device!r}: " + "; ".join(self.problems))


class Options:
    """The keys of one device. Ask for each, then call `done`."""

    def __init__(self, device: str, table: Mapping[str, object]) -> None:
        """Take a table as the TOML file gave it; ``kind`` is the registry's own key."""
        self._device = device
        self._table = dict(table)
        self._table.pop("kind", None)
        self._problems: list[str] = []

    def text(self, key: str, default: str | None = None) -> str:
        """A text of 1 to 255 characters; required when there is no default."""
        if default is not None and key not in self._table:
            return default
        value = self._table.pop(key, default)
        if isinstance(value, str) and 0 < len(value) <= 255:
            return value
        return self._wrong(key, value, "a text", default or "")

    def number(self, key: str, default: int, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self._table.pop(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        return self._wrong(key, value, f"a number from {least} to {most}", default)

    def one_of(self, key: str, default: int, allowed: Iterable[int]) -> int:
        """One of a few whole numbers."""
        value, numbers = self._table.pop(key, default), tuple(allowed)
        if isinstance(value, int) and not isinstance(value, bool) and value in numbers:
            return value
        return self._wrong(key, value, "one of " + ", ".join(map(str, numbers)), default)

    def numbers(self, key: str, default: Sequence[float]) -> tuple[float, ...]:
        """As many numbers as the default has, none of them beyond a million.

        Decimals may come as text: the shop's settings are read so, for the sake of their money.
        """
        value = self._table.pop(key, list(default))
        found = [_number(one) for one in value] if isinstance(value, list | tuple) else []
        if len(found) == len(default) and None not in found:
            return tuple(one for one in found if one is not None)
        return self._wrong(key, value, f"a list of {len(default)} numbers", tuple(default))

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._table.pop(key, default)
        return value if isinstance(value, bool) else self._wrong(key, value, "true or false", default)

    def choice(self, key: str, default: str, allowed: Iterable[str]) -> str:
        """One of a few words."""
        value, words = self._table.pop(key, default), tuple(allowed)
        if isinstance(value, str) and value in words:
            return value
        return self._wrong(key, value, "one of " + ", ".join(words), default)

    def done(self) -> None:
        """Raise `BadOptions` if anything was wrong or left over."""
        self._problems += [f"{key}: no such option" for key in self._table]
        if self._problems:
            raise BadOptions(self._device, self._problems)

    def _wrong(self, key: str, value: object, allowed: str, instead: T) -> T:
        """Note a problem and go on with the default, so that the next key is looked at too."""
        got = "missing" if value is None else f"{value!r}"
        self._problems.append(f"{key}: {got}, must be {allowed}")
        return instead


def _number(value: object) -> float | None:
    """A number in a list that can be reckoned with, also written as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if abs(found) <= MOST else None
