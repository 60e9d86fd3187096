"""Which box is which channel, and what its contacts mean: learned at set-up, kept with a hash.

A map that somebody changed by hand opens other people's boxes. It is therefore a file of its own, written by
the set-up and refused when it does not match its hash.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

from hardware.locks.board import Codec, Door, Item, Levels, Status

MOST_BOXES = 480


class BadMap(ValueError):
    """The map is not one, or is not the one that was set up; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Box:
    """One compartment on the wire."""

    number: int
    """As it stands on the door, from 1."""
    board: int
    channel: int
    locked_level: bool | None
    """The lock contact's level when the door is locked; None while nobody has learned it."""
    item_level: bool | None = None
    """The item sensor's level when something lies inside; None without a sensor, or while not learned."""

    def door(self, levels: Levels | None) -> Door:
        """What the contact says of the door."""
        if levels is None or self.locked_level is None:
            return Door.UNKNOWN
        return Door.LOCKED if levels.lock == self.locked_level else Door.OPEN

    def item(self, levels: Levels | None) -> Item:
        """What the sensor says of the contents."""
        if levels is None or levels.item is None or self.item_level is None:
            return Item.UNKNOWN
        return Item.YES if levels.item == self.item_level else Item.NO


@dataclass(frozen=True, slots=True)
class BoxState:
    """What is seen of one box."""

    door: Door = Door.UNKNOWN
    item: Item = Item.UNKNOWN


@dataclass(frozen=True, slots=True)
class BoxMap:
    """All boxes of a cabinet, by number."""

    boxes: Mapping[int, Box]

    @classmethod
    def plain(cls, codec: Codec, boards: Iterable[int], count: int) -> BoxMap:
        """Box 1 is channel 1 of the first board, and so on, with the levels the codec's sources state."""
        places = [(b, c) for b in boards for c in range(1, codec.capabilities.channels + 1)][:count]
        locked = codec.locked_level if codec.capabilities.door_sensor else None
        item = codec.item_level if codec.capabilities.item_sensor else None
        return cls({n: Box(n, b, c, locked, item) for n, (b, c) in enumerate(places, 1)})

    @property
    def boards(self) -> dict[int, tuple[int, ...]]:
        """The channels in use, by board."""
        found: dict[int, list[int]] = {}
        for box in self.boxes.values():
            found.setdefault(box.board, []).append(box.channel)
        return {board: tuple(sorted(channels)) for board, channels in sorted(found.items())}

    def states(self, status: Status) -> dict[int, BoxState]:
        """What a board's answer says of its boxes; those of other boards are not in it."""
        return {
            box.number: BoxState(box.door(levels), box.item(levels))
            for box in self.boxes.values()
            if box.board == status.board and (levels := status.levels.get(box.channel)) is not None
        }

    def learned(self, number: int, *, locked_level: bool, item_level: bool | None = None) -> BoxMap:
        """The map with what set-up has seen of one box."""
        box = replace(self.boxes[number], locked_level=locked_level, item_level=item_level)
        return BoxMap({**self.boxes, number: box})

    def dump(self) -> str:
        """The map as a file, with its hash."""
        rows = [asdict(box) for _, box in sorted(self.boxes.items())]
        return json.dumps({"boxes": rows, "sha256": _hash(rows)}, indent=1) + "\n"


def load(path: Path) -> BoxMap:
    """Read a map that set-up wrote. BadMap when it is damaged, doubled or was changed; ``OSError`` passes."""
    again = "run `kiosk setup lockers` again"
    try:
        stored = json.loads(path.read_text("utf-8"))
        rows = stored["boxes"]
        boxes = [Box(**row) for row in rows]
        right = stored["sha256"] == _hash(rows)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadMap(f"{path} is no map of boxes ({error}): {again}") from error
    if not right:
        raise BadMap(f"{path} is not as set-up left it: no box is opened by it; {again}")
    places = {(box.board, box.channel) for box in boxes}
    numbers = {box.number for box in boxes}
    if not 0 < len(boxes) <= MOST_BOXES or len(places) < len(boxes) or len(numbers) < len(boxes):
        raise BadMap(f"{path} names a box or a lock twice, or none at all: {again}")
    return BoxMap({box.number: box for box in boxes})


def _hash(rows: object) -> str:
    """SHA-256 of the canonical text."""
    return sha256(json.dumps(rows, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
