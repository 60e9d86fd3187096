"""The other end of the simulated stall's door: finds it by its shop's folder and tells it what to do."""

from __future__ import annotations

import json
import socket
from pathlib import Path

from hardware.simulated.offer import Answer

ADDRESS = "stall.json"
"""The file in the shop's folder that says where the control socket is, and its token."""
WAIT_S = 5.0
MOST = 16 * 1024 * 1024
"""Longest answer in bytes: a full roll of paper is a few hundred kilobytes."""


class NoStall(FileNotFoundError):
    """No simulated stall runs on this shop."""


class StallRefused(ValueError):
    """The stall understood, and said no."""


def tell(folder: Path, command: str, **fields: object) -> Answer:
    """Send one command to the stall of this shop folder and return its answer."""
    address = _address(folder)
    request = fields | {"do": command, "token": address["token"]}
    try:
        with socket.create_connection((str(address["host"]), int(address["port"])), WAIT_S) as wire:
            wire.sendall(json.dumps(request).encode() + b"\n")
            answer = json.loads(_line(wire))
    except (OSError, ValueError) as error:
        raise _none(folder) from error
    if not isinstance(answer, dict) or not answer.pop("ok", False):
        raise StallRefused(str(answer.get("error")) if isinstance(answer, dict) else "no answer")
    return answer


def _address(folder: Path) -> dict[str, str]:
    """Where the stall said that it is."""
    try:
        found = json.loads((folder / ADDRESS).read_text(encoding="utf-8"))
        return {"host": str(found["host"]), "port": str(int(found["port"])), "token": str(found["token"])}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise _none(folder) from error


def _line(wire: socket.socket) -> bytes:
    """One line of answer."""
    with wire.makefile("rb") as lines:
        return lines.readline(MOST)


def _none(folder: Path) -> NoStall:
    """The one thing that is wrong when there is no one at the address."""
    return NoStall(f"no simulated stall runs on {folder}; start one with: kiosk demo")
