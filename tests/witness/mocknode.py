"""A mocked input node for umockdev: the files that describe it, and a run of our reader on it."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from hardware.inputs.records import SIZE, Record
from tests.witness.parts import HERE, need

NO_RIGHTS = ("setpriv", "--bounding-set", "-all", "--inh-caps", "-all")
"""A root that may do no more than anybody else; other users need none of this."""
LISTENER = Path(__file__).with_name("listen.py")
PTY = 4096
"""Bytes that wait in a pty: `N_TTY_BUF_SIZE` of Linux' drivers/tty/n_tty.c."""
NAME, BITS, PROPS = 256, 96, 4
"""Bytes that evdev asks for at a time; umockdev answers only when the length is the same."""


@dataclass(frozen=True)
class MockNode:
    """One node, as the kernel would describe it."""

    number: int
    name: str
    identity: tuple[int, int, int, int]
    """Bus, vendor, product, version."""
    keys: Sequence[int]
    axes: Mapping[int, int] = field(default_factory=dict)
    """Highest value of each axis; the lowest is 0."""
    properties: int = 0
    place: str = ""
    serial: str = ""
    by_id: str = ""

    def listen(
        self, kind: str, table: Mapping[str, object], records: Iterable[Record], count: int, folder: Path
    ) -> list[dict[str, Any]]:
        """Let our device of a kind hear these records on the node, without rights; what it said.

        umockdev plays the node with a pty. On a busy machine it holds them all, and where it is full it cuts
        one in two, as no node does.
        """
        records = list(records)
        assert len(records) * SIZE <= PTY
        umockdev = shutil.which("umockdev-run")
        python = need("evdev", "evdev/bin/python")
        if umockdev is None:
            pytest.fail(
                "evdev is installed for the witness, but umockdev is gone: install the package umockdev"
            )
        files = {"device": self._description(), "ioctl": self._answers(), "events": _events(records)}
        for name, text in files.items():
            (folder / name).write_text(text)
        command = [
            *(NO_RIGHTS if os.geteuid() == 0 else ()), umockdev, "-d", folder / "device",
            "-i", f"{self._path}={folder / 'ioctl'}", "-e", f"{self._path}={folder / 'events'}", "--",
            python, LISTENER, kind, json.dumps(table), str(count),
        ]  # fmt: skip
        environment = {**os.environ, "PYTHONPATH": str(HERE), "PYTHONUTF8": "1"}
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=60, env=environment, check=False, cwd=folder
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    @property
    def _path(self) -> str:
        return f"/dev/input/event{self.number}"

    def _description(self) -> str:
        """The folder below /sys, in umockdev's notation."""
        parent = f"/devices/platform/witness/input/input{self.number}"
        attributes = {
            "name": self.name,
            "phys": self.place,
            "uniq": self.serial,
            "properties": f"{self.properties:x}",
            "id/vendor": f"{self.identity[1]:04x}",
            "id/product": f"{self.identity[2]:04x}",
            "capabilities/key": _words(self.keys),
            "capabilities/abs": _words(self.axes),
        }
        device = [
            f"P: {parent}",
            "E: SUBSYSTEM=input",
            *(f"A: {key}={text}" for key, text in attributes.items()),
        ]
        links = [f"S: input/by-id/{self.by_id}"] if self.by_id else []
        numbers = ["E: SUBSYSTEM=input", "E: MAJOR=13", f"E: MINOR={64 + self.number}"]
        node = [f"P: {parent}/event{self.number}", f"N: input/event{self.number}", *links]
        node += [f"E: DEVNAME={self._path}", *numbers, f"L: device=../../input{self.number}"]
        return "\n".join((*device, "", *node, ""))

    def _answers(self) -> str:
        """What the node answers to evdev's questions."""
        kinds = [0, 1, *([3] if self.axes else [])]
        rows = {
            "EVIOCGVERSION 0": struct.pack("i", 0x010001),
            "EVIOCGEFFECTS 0": bytes(4),
            "EVIOCGID 0": struct.pack("HHHH", *self.identity),
            f"EVIOCGNAME {len(self.name)}": self.name.encode().ljust(NAME, b"\0"),
            f"EVIOCGPHYS {len(self.place)}": self.place.encode().ljust(NAME, b"\0"),
            f"EVIOCGUNIQ {len(self.serial)}": self.serial.encode().ljust(NAME, b"\0"),
            "EVIOCGPROP 0": bytes((self.properties,)).ljust(PROPS, b"\0"),
            "EVIOCGBIT(0) 4": _map(kinds, 4),
            "EVIOCGBIT(1) 96": _map(self.keys, BITS),
            "EVIOCGBIT(3) 96": _map(self.axes, BITS),
            "EVIOCGKEY 0": bytes(BITS),
            **{
                f"EVIOCGABS({axis}) 0": struct.pack("6i", 0, 0, most, 0, 0, 0)
                for axis, most in self.axes.items()
            },
        }
        return "\n".join(
            (f"@DEV {self._path}", *(f"{name} {value.hex()}" for name, value in rows.items()), "")
        )


def _events(records: Iterable[Record]) -> str:
    """Records in evemu's notation."""
    return "".join(
        f"E: {one.at_ms // 1000}.{one.at_ms % 1000:03}000 {one.kind:04x} {one.code:04x} {one.value}\n"
        for one in records
    )


def bits(words: str) -> list[int]:
    """The numbers of the bits that are set in a map as a kernel of 64 bits prints it."""
    whole = sum(int(word, 16) << 64 * place for place, word in enumerate(reversed(words.split())))
    return [bit for bit in range(whole.bit_length()) if whole >> bit & 1]


def _map(bits: Iterable[int], length: int) -> bytes:
    """Bits as a map of so many bytes."""
    return sum(1 << bit for bit in set(bits)).to_bytes(length, "little")


def _words(bits: Iterable[int]) -> str:
    """Bits as the kernel prints them: words of a long, the highest first."""
    size = struct.calcsize("l")
    whole = sum(1 << bit for bit in set(bits))
    count = max(-(-whole.bit_length() // (8 * size)), 1)
    words = struct.unpack(f"<{count}{'Q' if size == 8 else 'I'}", whole.to_bytes(count * size, "little"))
    return " ".join(f"{word:x}" for word in reversed(words))
