"""Listens to the till, and to the next one when it has gone: whoever comes first waits for the other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kiosk.checkout.customer import MOST_BYTES, BadView, View, from_json

RETRY_S = 1.0
"""Between two looks for the till; a till that starts is on this screen within a second."""

Show = Callable[[View | None], None]
"""Takes each new view, and None when there is no till any more."""


async def follow(path: Path, show: Show, *, retry_s: float = RETRY_S) -> None:
    """Show what the till says, for ever; `path` is the file in which it leaves its address."""
    while True:
        with suppress(OSError, ValueError):  # not there yet, gone again, or another program at its address
            await _listen(path, show)
        show(None)
        await asyncio.sleep(retry_s)


async def _listen(path: Path, show: Show) -> None:
    """Show every view of one connection."""
    host, port = _address(path)
    reader, writer = await asyncio.open_connection(host, port, limit=MOST_BYTES)
    try:
        while line := await reader.readline():
            try:
                view = from_json(line.decode())
            except (BadView, UnicodeDecodeError):
                return  # no till speaks like that
            show(view)
    finally:
        writer.close()


def _address(path: Path) -> tuple[str, int]:
    """Where the till says that it is; ``ValueError`` for a file that is none of its own."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return str(found["host"]), int(found["port"])
    except (TypeError, KeyError) as error:
        raise ValueError(f"{path} is no address") from error
