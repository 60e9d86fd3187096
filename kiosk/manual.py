"""Gives each part of a command a help of its own: what it does, and the examples that use it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

from kiosk.i18n import _


def complete(parser: argparse.ArgumentParser) -> None:
    """Fill in what the parts of a command do not say themselves; for who has asked for help."""
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        does = {part.dest: part.help or "" for part in action._choices_actions}
        for name, part in action.choices.items():
            _complete_part(part, does.get(name, ""), parser.epilog or "")
            complete(part)


def _complete_part(part: argparse.ArgumentParser, does: str, manual: str) -> None:
    """Fill in one part from the line and the examples that the whole command has for it."""
    if not part.description and does:
        part.description = f"{does[:1].upper()}{does[1:]}."
    found = [example for example in _examples(manual) if re.search(rf"{re.escape(part.prog)}(\s|$)", example)]
    if not part.epilog and found:
        part.formatter_class = argparse.RawDescriptionHelpFormatter
        part.epilog = "\n".join((_("Examples:"), *found))


def _examples(manual: str) -> Iterator[str]:
    """Each example with the lines that go on with it, which are indented deeper."""
    block: list[str] = []
    for line in [*manual.splitlines(), ""]:
        if block and not line.startswith("   "):
            yield "\n".join(block)
            block = []
        if block or re.match(r"  \S", line):
            block.append(line)
