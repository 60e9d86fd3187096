"""Keeps account of silence: of whole boards, and of locks of which a board that answers tells nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from hardware.locks.boxes import BoxMap

MISSED = 3
"""Polls without an answer after which a board is down, and without a word of a lock until it is unknown."""


class Silence:
    """How often in a row nothing was told. What was seen before does not hold for ever."""

    def __init__(self, boxes: BoxMap) -> None:
        """Nothing was missed yet."""
        self._boards = dict.fromkeys(boxes.boards, 0)
        self._boxes = dict.fromkeys(boxes.boxes, 0)

    def of_board(self, board: int, *, answered: bool) -> bool | None:
        """Count a poll. True when the board answers again, False when it is down now, None for no news."""
        was = self._boards[board]
        self._boards[board] = 0 if answered else was + 1
        if answered:
            return True if was >= MISSED else None
        return False if was + 1 == MISSED else None

    def of_boxes(self, numbers: Iterable[int], told: Collection[int]) -> list[int]:
        """Count a poll that its board answered: the boxes of which nothing is known from now on."""
        for number in numbers:
            self._boxes[number] = 0 if number in told else self._boxes[number] + 1
        return [number for number in numbers if self._boxes[number] == MISSED]
