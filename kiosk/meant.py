"""Names the word that was perhaps meant, where the list of all that are possible would fill the screen."""

from __future__ import annotations

import argparse
import re
from collections.abc import Collection
from typing import Any

from kiosk.i18n import _

SHORT = 12
"""So many choices are all told, as argparse does."""
MOST = 3
"""Suggestions."""


class Parser(argparse.ArgumentParser):
    """An argument parser that suggests, instead of listing a hundred choices."""

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a word that is none of the choices."""
        choices = list(action.choices or ())
        if len(choices) <= SHORT or value in choices:
            super()._check_value(action, value)
            return
        text = _("there is no {name!r}").format(name=value)
        if near := meant(str(value), choices):
            text += "; " + _("did you mean {names}?").format(names=", ".join(near))
        else:
            text += "; " + _("`{command} --help` lists them all").format(command=self.prog)
        raise argparse.ArgumentError(action, text)


def meant(word: str, names: Collection[str]) -> list[str]:
    """The names that are the word but for case and marks; else those with a part in common; else the like."""
    from difflib import get_close_matches

    plain, by_plain = _plain(word), {_plain(name): name for name in names if not _longer(name, names)}
    if plain in by_plain:
        return [by_plain[plain]]
    inside = [at for at in by_plain if plain and len(at) > 2 and (plain in at or at in plain)]
    found = sorted(inside, key=len) or get_close_matches(plain, by_plain, n=MOST)
    return [by_plain[at] for at in found[:MOST]]


def _longer(name: str, names: Collection[str]) -> bool:
    """Whether it is another of the names with a word before it, as ``battery-jbd`` is."""
    return any(name.endswith(f"-{other}") for other in names)


def _plain(text: str) -> str:
    """Letters and digits only."""
    return re.sub(r"[^0-9a-z]", "", text.lower())
