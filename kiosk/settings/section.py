"""Reads one table of a settings file: takes what is right, notes what is wrong, and goes on.

Every method returns a usable value even after a problem, so that one run finds all problems of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import cast

from kiosk.i18n import _
from kiosk.settings.problems import Findings

MOST_TEXT = 200
"""Longest text anywhere in the settings."""


class Section:
    """One table, with its dotted name and the keys that were asked for."""

    def __init__(self, table: object, path: str, findings: Findings) -> None:
        self.path = path
        self.findings = findings
        self._asked: list[str] = []
        if not isinstance(table, Mapping):
            findings.add(path, table, _("must be a table: write [{name}]").format(name=path))
            table = {}
        self._table = cast("Mapping[str, object]", table)

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def names(self) -> tuple[str, ...]:
        """Return every key of the table, and count them all as asked for."""
        self._asked.extend(self._table)
        return tuple(self._table)

    def raw(self, key: str, default: object = None) -> object:
        """Return a value as it stands."""
        self._asked.append(key)
        return self._table.get(key, default)

    def wrong(self, key: str, allowed: str) -> None:
        """Note that the value of a key cannot be used."""
        self.findings.add(self._place(key), self._table.get(key), allowed)

    def section(self, key: str) -> Section:
        """Return a table inside this one; a missing one is empty."""
        return Section(self.raw(key, {}), self._place(key), self.findings)

    def text(
        self, key: str, default: str | None, allowed: str = "", *, form: str = "", most: int = MOST_TEXT
    ) -> str:
        """Return a text. `default` None: it must be there. `form` is a pattern it must match as a whole."""
        value = self.raw(key, default)
        if value is None:
            self.wrong(key, _("is missing: {allowed}").format(allowed=allowed or _("a text")))
            return ""
        if not isinstance(value, str) or not value.isprintable() or len(value) > most:
            self.wrong(key, allowed or _("a text of at most {most} characters on one line").format(most=most))
            return default or ""
        if form and re.fullmatch(form, value) is None:
            self.wrong(key, allowed)
            return default or ""
        return value

    def choice(self, key: str, default: str, options: Iterable[str]) -> str:
        """Return one of several words."""
        known = tuple(options)
        value = self.raw(key, default)
        if isinstance(value, str) and value in known:
            return value
        self.wrong(key, _one_of(known))
        return default

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """Return a whole number within bounds."""
        value = self.raw(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.wrong(key, _("a whole number from {low} to {high}").format(low=low, high=high))
        return default

    def number_of(self, key: str, default: int, options: Iterable[int]) -> int:
        """Return one of several numbers."""
        known = tuple(options)
        value = self.raw(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value in known:
            return value
        self.wrong(key, _one_of(map(str, known)))
        return default

    def truth(self, key: str, default: bool) -> bool:
        """Return true or false."""
        value = self.raw(key, default)
        if isinstance(value, bool):
            return value
        self.wrong(key, _("true or false"))
        return default

    def texts(self, key: str, default: tuple[str, ...], *, count: int, most: int) -> tuple[str, ...]:
        """Return a list of short texts, each on one line."""
        value = self.raw(key, list(default))
        if isinstance(value, list) and len(value) <= count and all(_is_line(item, most) for item in value):
            return tuple(value)
        words = _("a list of at most {count} texts of at most {most} characters")
        self.wrong(key, words.format(count=count, most=most))
        return default

    def finish(self) -> None:
        """Note every key that nobody asked for, with the one that was probably meant."""
        for key in self._table:
            if key not in self._asked:
                self.findings.add(self._place(key), None, _unknown(key, self._asked))

    def _place(self, key: str) -> str:
        """Return a key's dotted name in the file."""
        return f"{self.path}.{key}" if self.path else key


def _is_line(value: object, most: int) -> bool:
    """Tell whether a value is a printable text of one line."""
    return isinstance(value, str) and value.isprintable() and len(value) <= most


def _one_of(options: Iterable[str]) -> str:
    """Say which words are allowed."""
    return _("one of {options}").format(options=", ".join(options))


def _unknown(key: str, known: Iterable[str]) -> str:
    """Say that a key means nothing here, and which one is near."""
    from difflib import get_close_matches

    names = sorted(set(known))
    if near := get_close_matches(key, names, n=1):
        return _("is not known here; did you mean {name}?").format(name=near[0])
    return _("is not known here; there are {names}").format(names=", ".join(names))
