"""What a captured frame of a lock board means, for a person with a terminal program and a question."""

from __future__ import annotations

from hardware.locks.board import BadFrame, Codec, OpenAnswer, Request, Status
from hardware.locks.boxes import Box


def describe(codec: Codec, frame: bytes) -> dict[str, object]:
    """One frame in words and figures. BadFrame says why it is none.

    Doors are read by the level the board's sources state: unknown where they do not say and set-up must tell.
    """
    if not frame:
        raise BadFrame("no bytes")
    size = codec.size(frame)
    if size is None or size > len(frame):
        raise BadFrame(f"the frame is cut short after {len(frame)} bytes")
    if size and size < len(frame):
        raise BadFrame(f"{len(frame) - size} bytes follow the frame's end")
    meaning = codec.read(frame)
    head: dict[str, object] = {"board_kind": codec.kind, "board": meaning.board}
    if isinstance(meaning, Request):
        return head | {"frame": "request", "asks": meaning.asks, "lock": meaning.channel, "proves": "nothing"}
    if isinstance(meaning, OpenAnswer):
        said = {"lock": meaning.channel, "verdict": str(meaning.verdict), "proves": "nothing"}
        return head | {"frame": "open answer"} | said
    return head | {"frame": "report" if meaning.unasked else "status", "locks": _locks(codec, meaning)}


def _locks(codec: Codec, status: Status) -> dict[str, dict[str, object]]:
    """Each lock's door and item, with the bare levels."""
    found = {}
    for channel, levels in sorted(status.levels.items()):
        box = Box(channel, status.board, channel, codec.locked_level, codec.item_level)
        door: dict[str, object] = {"door": str(box.door(levels)), "level": int(levels.lock)}
        if levels.item is not None:
            door |= {"item": str(box.item(levels)), "item_level": int(levels.item)}
        found[str(channel)] = door
    return found
