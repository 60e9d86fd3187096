"""Asking a person in a terminal: a line a question, the usual answer in brackets, wrong ones again."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kiosk.i18n import _

T = TypeVar("T")
Check = Callable[[str], object]
"""Raises ValueError, with what is allowed, against an answer that cannot be used."""


class NoAnswer(ValueError):
    """A given answer cannot be used, or the input ended; nothing was made."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks, unless the answer was given already or nothing may be asked."""

    quiet: bool = False

    def text(self, question: str, given: str | None, usual: str, check: Check) -> str:
        """Return a line of text that `check` has nothing against."""

        def read(typed: str) -> str:
            """Return it as it was typed."""
            check(typed)
            return typed

        return self._until(question, given, usual, read)

    def choice(self, question: str, given: str | None, usual: str, options: Sequence[str]) -> str:
        """Return one of several words, in whatever case, or typed only as far as no other begins like it."""

        def read(typed: str) -> str:
            """Return the option that was meant."""
            near = [option for option in options if option.lower().startswith(typed.lower())]
            for option in near:
                if len(near) == 1 or option.lower() == typed.lower():
                    return option
            raise ValueError(_("one of {options}").format(options=", ".join(options)))

        return self._until(question, given, usual, read)

    def taxes(
        self,
        question: str,
        given: str | None,
        usual: str,
        read: Callable[[str], T],
        check: Callable[[T], object],
    ) -> T:
        """Return tax classes as `read` understands them and `check` lets pass."""

        def careful(typed: str) -> T:
            """Read them, or say what they look like."""
            try:
                found = read(typed)
            except ValueError:
                raise ValueError(_('classes such as "A standard 19; B reduced 7"')) from None
            check(found)
            return found

        return self._until(question, given, usual, careful)

    def _until(self, question: str, given: str | None, usual: str, read: Callable[[str], T]) -> T:
        """Ask until the answer can be used; a given one that cannot be used ends it."""
        if given is not None or self.quiet:
            try:
                return read(usual if given is None else given)
            except ValueError as error:
                raise NoAnswer(f"{question}: {usual if given is None else given}: {error}") from error
        while True:
            try:
                typed = input(f"{question} [{usual}]: ").strip()
            except EOFError:
                raise NoAnswer(_("The input ended before the last question; nothing was made.")) from None
            try:
                return read(typed or usual)
            except ValueError as error:
                print(f"  {error}")


def is_pin(text: str) -> bool:
    """Tell whether a text can be a PIN."""
    return text.isascii() and text.isdigit() and 4 <= len(text) <= 12


def ask_pin(name: str) -> str:
    """Ask for a new PIN twice, unseen, until both are the same and long enough."""
    while True:
        try:
            pin = getpass.getpass(_("PIN for {name} (4 to 12 digits): ").format(name=name))
            again = getpass.getpass(_("The same PIN again: "))
        except EOFError:
            raise NoAnswer(_("The input ended before the last question; nothing was made.")) from None
        if not is_pin(pin):
            print("  " + _("A PIN is 4 to 12 digits."))
        elif pin != again:
            print("  " + _("The two are not the same."))
        else:
            return pin
