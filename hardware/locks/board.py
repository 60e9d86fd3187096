"""What any lock board can be asked and can say, whatever bytes it speaks.

A board switches coils and reads contacts by channel. What a contact's level means depends on how the lock is
wired, so a reply carries levels; `hardware.locks.boxes` turns them into doors by what was learned when the
cabinet was set up. A frame that opens all locks or holds a coil on cannot be made with this interface: the
inrush of all coils takes the supply down, and a held coil burns.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Door(StrEnum):
    """What is known of a door."""

    LOCKED = "locked"
    OPEN = "open"
    UNKNOWN = "unknown"


class Item(StrEnum):
    """Whether something lies in a box."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a kind of board can do, and what its coils are driven with."""

    channels: int
    """Locks on one board."""
    door_sensor: bool = True
    """It tells whether a lock is closed. Without, no opening is ever confirmed."""
    item_sensor: bool = False
    timed_pulse: bool = False
    """The pulse's length can be set; the board times it."""
    pulse_ms: int | None = None
    """Length of the board's own pulse where it is fixed and known."""
    reports: bool = False
    """It speaks unasked when a door moves."""


@dataclass(frozen=True, slots=True)
class Levels:
    """One channel's contacts as the wire has them."""

    lock: bool
    item: bool | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """A board's answer to a status question, or its unasked report: levels by channel, from 1."""

    board: int
    levels: Mapping[int, Levels]
    unasked: bool = False


class Verdict(StrEnum):
    """What a board says of an order to open. None of them proves that a door moved."""

    TAKEN = "taken"
    COOLING = "cooling"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """A board's answer to an order to open one channel."""

    board: int
    channel: int
    verdict: Verdict


Reply = Status | OpenAnswer


@dataclass(frozen=True, slots=True)
class Request:
    """What one of our own frames asks: never an answer, even when it comes back."""

    board: int
    channel: int | None
    asks: str
    """`open`, `status` or `pulse length`."""


class BadFrame(ValueError):
    """Bytes that are no whole frame of this board; the message says why."""


class NoSuchChannel(ValueError):
    """The board has no such address or channel."""


class Codec(ABC):
    """One family of boards. Pure: bytes in, values out."""

    kind: str
    """Its name in the settings and for `kiosk decode lock-KIND`."""
    baud: int
    boards: range
    """Addresses a board can have."""
    capabilities: Capabilities
    locked_level: bool | None = None
    """The level its sources say a locked door has; None where they do not say, or contradict each other."""
    item_level: bool | None = None
    """The level its sources say an item has."""

    @abstractmethod
    def open(self, board: int, channel: int) -> bytes:
        """The order to pulse one lock once. NoSuchChannel outside the board's range."""

    @abstractmethod
    def questions(self, board: int, channels: Sequence[int]) -> list[bytes]:
        """The status questions that together cover some channels; empty where the board tells nothing."""

    @abstractmethod
    def size(self, held: bytes) -> int | None:
        """Bytes of the frame that begins with `held`, 0 when none does, None when more must come to tell."""

    @abstractmethod
    def read(self, frame: bytes) -> Reply | Request:
        """What one whole frame means. BadFrame with the reason when its length, marks or check are wrong."""

    def set_up(self, board: int, pulse_ms: int) -> bytes:  # noqa: ARG002  most boards time it themselves
        """What to send once after opening the bus; nothing for most boards."""
        return b""

    def replies(self, came: bytes, sent: bytes) -> list[Reply]:
        """Every reply in what came back: noise, an echo of `sent` and requests are no replies."""
        found: list[Reply] = []
        at = 0
        while at < len(came):
            size = self.size(came[at:])
            frame = came[at : at + size] if size else b""
            if not size or len(frame) < size or frame == sent:
                at += len(sent) if size and frame == sent else 1
                continue
            try:
                meaning = self.read(frame)
            except BadFrame:
                at += 1
                continue
            at += size
            if not isinstance(meaning, Request):
                found.append(meaning)
        return found

    def check(self, board: int, channel: int | None = None) -> None:
        """Raise NoSuchChannel for an address the wire cannot carry."""
        if board not in self.boards:
            raise NoSuchChannel(
                f"{self.kind}: board {board} is not one of {self.boards[0]} to {self.boards[-1]}"
            )
        most = self.capabilities.channels
        if channel is not None and not 1 <= channel <= most:
            raise NoSuchChannel(f"{self.kind}: lock {channel} is not one of 1 to {most}")
