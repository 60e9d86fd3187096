"""Changes a few keys of a settings file and nothing else: comments, order and spacing stay as they were.

Works on lines, because the standard library reads TOML and does not write it; its parser then bears witness
that exactly the wanted keys have changed. A file for which that is not so is left to a person.
"""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kiosk.i18n import _
from kiosk.ledger.storage import publish

Value = str | int | float | bool | Sequence[float]
Keys = Mapping[str, Value | None]
"""What each key is to be; None takes it out."""


class NotEditable(ValueError):
    """The file is written in a way that only a person should change; it was not touched."""


class ChangedMeanwhile(OSError):
    """Somebody else wrote the file since it was read; it was not touched."""


def edited(text: str, table: str, keys: Keys) -> str:
    """The text with some keys of a table, such as ``devices.scanner``, set; a table that is missing is added.

    Raises `NotEditable` with the lines to write by hand.
    """
    lines = text.split("\n")
    cr = "\r" if lines[0].endswith("\r") else ""
    head = next((at for at, line in enumerate(lines) if _is_head(line, table)), None)
    if head is None:
        wanted = [f"[{table}]", *(_pair(key, value) for key, value in keys.items() if value is not None)]
        while lines and not lines[-1].strip():
            lines.pop()
        lines += [line + cr for line in ("", *wanted)] + [""]
    else:
        for key, value in keys.items():
            _set(lines, head, key, value, cr)
    changed = "\n".join(lines)
    if not _witnessed(text, changed, table, keys):
        by_hand = "\n".join(_pair(key, value) for key, value in keys.items() if value is not None)
        words = _("shop.toml was not changed: its [{table}] is written in a way that only you should change:")
        raise NotEditable(f"{words.format(table=table)}\n[{table}]\n{by_hand}")
    return changed


def save(file: Path, before: bytes, after: bytes) -> Path:
    """Put the new text in place at once, the former one beside it; returns where that one is.

    Raises `ChangedMeanwhile`, or ``OSError`` with the old file whole.
    """
    file = file.resolve()
    if file.read_bytes() != before:
        raise ChangedMeanwhile(_("shop.toml was changed by somebody else meanwhile; nothing was written"))
    backup = file.with_name(file.name + ".bak")
    for target, content in ((backup, before), (file, after)):
        made = target.with_name(f".{target.name}.new")
        made.write_bytes(content)
        made.chmod(file.stat().st_mode & 0o777)
        publish(made, target)
    return backup


def _is_head(line: str, table: str) -> bool:
    """Whether a line begins the table."""
    return re.fullmatch(rf"\s*\[\s*{re.escape(table)}\s*\]\s*(#.*)?", line) is not None


def _set(lines: list[str], head: int, key: str, value: Value | None, cr: str) -> None:
    """Set one key between a table's head and the next one; the lines are changed in place."""
    at = head + 1
    behind = at
    while at < len(lines) and not lines[at].lstrip().startswith("["):
        if (found := _statement(lines, at)) is not None:
            name, end, old = found
            if name == key:
                new = [] if value is None else [_pair(key, value) + _comment(lines[at], old) + cr]
                lines[at:end] = new
                return
            at = behind = end
            continue
        at += 1
    if value is not None:
        lines.insert(behind, _pair(key, value) + cr)


def _statement(lines: list[str], at: int) -> tuple[str, int, object] | None:
    """The key of the statement that begins on a line, the line behind it, and its value."""
    if re.match(r"\s*[A-Za-z0-9_-]+\s*=", lines[at]) is None:
        return None
    for end in range(at + 1, len(lines) + 1):
        try:
            ((name, value),) = tomllib.loads("\n".join(lines[at:end]).replace("\r", "")).items()
        except tomllib.TOMLDecodeError:
            continue
        return name, end, value
    return None


def _comment(line: str, value: object) -> str:
    """The comment at the end of a statement's first line, with the space before it; nothing without one."""
    for found in re.finditer(r"\s*#", line):
        try:
            ((_name, read),) = tomllib.loads(line[: found.start()]).items()
        except (tomllib.TOMLDecodeError, ValueError):
            continue
        if read == value:
            return line[found.start() :].rstrip("\r")
    return ""


def _pair(key: str, value: Value | None) -> str:
    """One line; JSON's strings, lists and booleans are TOML's too."""
    return f"{key} = {json.dumps(value if not isinstance(value, tuple) else [*value], ensure_ascii=False)}"


def _witnessed(before: str, after: str, table: str, keys: Keys) -> bool:
    """Whether a parser sees the wanted keys changed and nothing else."""
    try:
        wanted: dict[str, Any] = copy.deepcopy(tomllib.loads(before.replace("\r", "")))
        inner = wanted
        for part in table.split("."):
            inner = inner.setdefault(part, {})
        for key, value in keys.items():
            if value is None:
                inner.pop(key, None)
            else:
                inner[key] = value if isinstance(value, str | int | float) else [*value]
        return tomllib.loads(after.replace("\r", "")) == wanted
    except (tomllib.TOMLDecodeError, TypeError, AttributeError):
        return False
