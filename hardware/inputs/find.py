"""Finds input nodes by a name that lasts: ``/dev/input/by-id/...``, or ``vendor:product[:serial]``.

Reads what the kernel tells in ``/sys``, which needs neither a privilege nor an open device; so a node that
we may not open is found all the same, and its error says so.
"""

from __future__ import annotations

import errno
import os
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SYS = Path("/sys/class/input")
DEV = Path("/dev/input")
WORD: Final = struct.calcsize("l") * 8
"""Bits of a word in the kernel's bit maps, the highest word first (``input_bits_to_string``)."""
TYPES: Final = frozenset((*range(2, 12), 28))
"""``KEY_1`` to ``KEY_0`` and ``KEY_ENTER``: what can type a code."""
BTN_TOUCH, ABS_X, ABS_MT_X, PROP_POINTER = 0x14A, 0x00, 0x35, 0x00
NUMBERED = re.compile(r"event\d+")
ID = re.compile(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})(?::(.+))?")


@dataclass(frozen=True, slots=True)
class InputNode:
    """One node, as the kernel describes it."""

    path: str
    """Where it is until the next start: ``/dev/input/event7``."""
    name: str
    vendor: str
    """Four hexadecimal digits, as for `product`."""
    product: str
    serial: str
    """Empty where the maker gave none."""
    place: str
    """The plug it hangs on; the nodes of one device share it. Empty where the driver does not say."""
    types: bool
    """Whether it has digits and Enter."""
    touch: bool
    """Whether it is a touch panel, not a touch pad."""


def nodes(root: Path = SYS) -> list[InputNode]:
    """Every input node of this machine, by number; none where there is no such folder."""
    if not root.is_dir():
        return []
    found = [folder for folder in root.iterdir() if NUMBERED.fullmatch(folder.name)]
    return [_node(folder) for folder in sorted(found, key=lambda folder: int(folder.name[5:]))]


def resolve(address: str, fits: Callable[[InputNode], bool], *, root: Path = SYS) -> list[str]:
    """The paths of every fitting node of the device at an address; ``FileNotFoundError`` when there is none.

    A path stands for the whole device: scanners often have several nodes, and type through any of them.
    """
    if address.startswith("socket://"):
        return [address]
    known = [node for node in nodes(root) if fits(node)]
    if match := ID.fullmatch(address):
        wanted = (match[1].lower(), match[2].lower())
        chosen = [
            one for one in known if (one.vendor, one.product) == wanted and match[3] in {None, one.serial}
        ]
    else:
        path = _target(Path(address))
        named = next((one for one in known if one.path == path), None)
        if named is None:
            return [path]
        chosen = [one for one in known if one is named or _same_device(one, named)]
    if not chosen:
        raise FileNotFoundError(errno.ENOENT, f"no input device {address} is plugged in")
    return [one.path for one in chosen]


def stable(node: InputNode, dev: Path = DEV) -> str:
    """A name of a node that is the same after the next start: by maker, else by plug, else by numbers."""
    for folder in (dev / "by-id", dev / "by-path"):
        for link in sorted(folder.iterdir()) if folder.is_dir() else ():
            if _target(link) == node.path:
                return str(link)
    if node.vendor == node.product == "0000":
        return node.path
    return f"{node.vendor}:{node.product}" + (f":{node.serial}" if node.serial else "")


def devices(found: Iterable[InputNode]) -> Iterator[InputNode]:
    """The first node of each device."""
    kept: list[InputNode] = []
    for node in found:
        if not any(_same_device(node, other) for other in kept):
            kept.append(node)
            yield node


def _target(path: Path) -> str:
    """The node that a name stands for."""
    while path.is_symlink() and not NUMBERED.fullmatch(path.name):
        path = Path(os.path.normpath(path.parent / path.readlink()))
    return str(DEV / path.name) if NUMBERED.fullmatch(path.name) else str(path)


def _same_device(one: InputNode, other: InputNode) -> bool:
    """Whether two nodes are on one plug and have one maker's numbers."""
    numbers = (one.vendor, one.product, one.serial) == (other.vendor, other.product, other.serial)
    return numbers and one.place == other.place != ""


def _node(folder: Path) -> InputNode:
    """Read one node's description."""
    device = folder / "device"
    keys, axes = _bits(device / "capabilities/key"), _bits(device / "capabilities/abs")
    touches = ABS_MT_X in axes or (ABS_X in axes and BTN_TOUCH in keys)
    return InputNode(
        path=str(DEV / folder.name),
        name=_text(device / "name"),
        vendor=_text(device / "id/vendor").zfill(4),
        product=_text(device / "id/product").zfill(4),
        serial=_text(device / "uniq"),
        place=_text(device / "phys").partition("/input")[0],
        types=keys >= TYPES,
        touch=touches and PROP_POINTER not in _bits(device / "properties"),
    )


def _text(path: Path) -> str:
    """An attribute, or nothing: a device may go while it is looked at."""
    with suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace").strip()
    return ""


def _bits(path: Path) -> frozenset[int]:
    """The numbers of the bits that are set in a bit map."""
    words = _text(path).split()
    return frozenset(
        WORD * place + bit
        for place, word in enumerate(reversed(words))
        for bit in range(WORD)
        if int(word, 16) >> bit & 1
    )
