"""A whole virtual stall in one thread: printer, scanner and battery on loopback sockets, with a door to play.

The door is a control socket: one JSON object a line, with the token from ``stall.json`` in the shop's folder,
a file that only its owner can read. Works the same on Linux, macOS and Windows.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import threading
from collections.abc import Coroutine, Mapping
from hmac import compare_digest
from pathlib import Path
from typing import Any, TypeVar

from hardware.printer.profile import PROFILES, Profile
from hardware.simulated.bench import Bench
from hardware.simulated.commands import execute
from hardware.simulated.control import ADDRESS
from hardware.simulated.offer import Answer
from hardware.simulated.plugs import HOST
from hardware.simulated.stalltime import StallTime

T = TypeVar("T")

LINE = 65536
"""Longest control line in bytes."""
ANSWER_S = 5.0
"""Deadline for a command; nothing on the stall's loop waits for anything."""


class SimulatedStall:
    """Start it, give `devices` to the till, and play: ``stall.do("scan", code="4006381333931")``."""

    def __init__(
        self,
        folder: Path | None = None,
        profile: Profile = PROFILES["80mm"],
        *,
        time: StallTime | None = None,
        longitude: float = 0.0,
        scale: str = "toledo8217",
        display: str = "escpos",
        drawer_shuts_s: float | None = None,
        doors_shut_s: float | None = None,
    ) -> None:
        """Prepare. With a folder, `start` leaves the control address there.

        `time` is the stall's own, `longitude` its place in degrees east: when noon is there.
        Scale and display speak a language; somebody pushes drawer and doors shut after a while, or nobody.
        """
        self._folder = folder
        self._profile = profile
        self._bench = Bench(
            profile,
            time=time,
            longitude=longitude,
            scale=scale,
            display=display,
            drawer_shuts_s=drawer_shuts_s,
            doors_shut_s=doors_shut_s,
        )
        self._token = secrets.token_hex(16)
        self._loop = asyncio.new_event_loop()
        self._door: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, name="simulated-stall", daemon=True)

    def __enter__(self) -> SimulatedStall:
        """Start."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    def start(self) -> None:
        """Plug everything in and open the door."""
        self._thread.start()
        self._on_loop(self._open())

    def stop(self) -> None:
        """Unplug everything, end the thread, take the address away. Safe twice."""
        if self._loop.is_closed():
            return
        if self._thread.is_alive():
            self._on_loop(self._shut())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(ANSWER_S)
        self._loop.close()
        if self._folder is not None:
            (self._folder / ADDRESS).unlink(missing_ok=True)

    def do(self, command: str, **fields: object) -> Answer:
        """Do something to the stall, from any thread; ``ValueError`` says what was wrong with it."""
        return self._on_loop(execute(self._bench, command, fields))

    def devices(self) -> dict[str, dict[str, object]]:
        """The settings tables that connect a till to this stall, by device name."""
        bench = self._bench
        return {
            "printer": {
                "kind": "printer-tcp",
                "host": HOST,
                "port": bench.wall.port,
                "profile": self._profile.name,
                "page": self._profile.page,
            },
            "scanner": {"kind": "scanner-serial", "port": f"socket://{HOST}:{bench.scanner.port}"},
            **bench.inputs.devices(),
            **bench.supply.devices(),
            **bench.counter.devices(),
        }

    def cabinet(self) -> dict[str, dict[str, object]]:
        """The settings table of the cabinet, which most stalls have not."""
        return self._bench.cabinet.devices()

    def meter(self) -> dict[str, object]:
        """The settings table of the battery's other meter, whose wire is JSON lines."""
        return {"kind": "meter-lines", "port": self._bench.supply.meter.url}

    def _on_loop(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something on the stall's own thread and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(ANSWER_S)

    async def _open(self) -> None:
        """Plug in, open the door, say where it is."""
        await self._bench.plug_in()
        self._door = await asyncio.start_server(self._visitor, HOST, 0, limit=LINE)
        if self._folder is not None:
            address = {"host": HOST, "port": self._door.sockets[0].getsockname()[1], "token": self._token}
            _write_private(self._folder / ADDRESS, json.dumps(address | {"pid": os.getpid()}))

    async def _shut(self) -> None:
        """Close the door and unplug."""
        if self._door is not None:
            self._door.close()
        self._bench.put_away()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _visitor(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one visitor, line by line; a wrong token or a line too long ends the visit."""
        try:
            while line := await reader.readline():
                answer = await self._answer(line)
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
                if not answer["ok"] and "token" in str(answer["error"]):
                    break
        except (ValueError, ConnectionError):
            pass  # a line over the limit, or a visitor who left: nothing to answer
        finally:
            writer.close()

    async def _answer(self, line: bytes) -> Answer:
        """One line of a visitor, checked and done."""
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            return {"ok": False, "error": "one JSON object a line"}
        if not isinstance(fields, Mapping) or not compare_digest(str(fields.get("token")), self._token):
            return {"ok": False, "error": "wrong token"}
        rest = {key: value for key, value in fields.items() if key not in {"token", "do"}}
        try:
            return {"ok": True} | await execute(self._bench, str(fields.get("do")), rest)
        except ValueError as error:
            return {"ok": False, "error": str(error)}


def _write_private(path: Path, text: str) -> None:
    """Put a file in place whole, readable by its owner only."""
    part = path.with_suffix(f".{os.getpid()}")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    part.replace(path)
