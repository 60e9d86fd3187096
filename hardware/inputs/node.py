"""What an open input node can do, be it a real one or a simulated one that speaks the same records."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from hardware.inputs.records import Record


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a node, as the kernel describes it."""

    least: int
    most: int
    per_mm: int = 0
    """Steps a millimetre; 0 where the driver does not say."""
    value: int | None = None
    """Where it stands; None where nothing has told yet."""


class Node(Protocol):
    """What can be done with an open node. Every method raises ``OSError`` when the device is gone."""

    shared: bool
    """Whether others hear it until it is grabbed, as a console does."""

    def fileno(self) -> int:
        """The descriptor to wait on."""
        ...

    def read(self) -> list[Record]:
        """What has come, without waiting; nothing when nothing has."""
        ...

    def held(self) -> Collection[int]:
        """Keys that are down now. The kernel then forgets what it still had for us."""
        ...

    def grab(self) -> None:
        """Take the device for us alone: its keys no longer reach the console."""
        ...

    def axis(self, code: int) -> Axis | None:
        """How an axis is; None when the node has no such axis."""
        ...

    def close(self) -> None:
        """Let go, grabbed or not; safe twice."""
        ...


def open_node(address: str) -> Node:
    """Open a node by its path, or a simulated one by ``socket://host:port``; ``OSError`` when that fails."""
    if address.startswith("socket://"):
        from hardware.inputs.socketnode import SocketNode

        return SocketNode(address)
    from hardware.inputs.evdevnode import EvdevNode

    return EvdevNode(address)
