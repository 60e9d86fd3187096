"""The touch panel: grabbed, so that no compositor gives the same touch a second time; taps come out."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import replace

from hardware.inputs.find import nodes, resolve
from hardware.inputs.node import Node
from hardware.inputs.reader import InputReader
from hardware.inputs.stream import Listener
from hardware.options import Options
from hardware.panel.calibration import ROTATIONS, Affine
from hardware.panel.touch import ABS_MT_SLOT, ABS_MT_X, ABS_MT_Y, ABS_X, ABS_Y, Finger, Surface


class NoPanel(OSError):
    """The node has no two axes to touch."""


class TouchPanel(InputReader):
    """Reports `hardware.panel.touch.Touched`."""

    def __init__(self, name: str, address: str, view: Affine, size_mm: tuple[int, int]) -> None:
        """`address` as in `hardware.inputs.find`, or ``auto`` for the first panel there is."""
        super().__init__(name, address, find=panels)
        self._view = view
        self._size_mm = size_mm

    def listener(self, node: Node) -> Listener:
        """A finger on this node."""
        return Finger(self.name, surface(node, *self._size_mm), self._view, lambda: _slot(node))


def panels(address: str) -> list[str]:
    """The paths of the panel at an address."""
    if address == "auto":
        found = next((node for node in nodes() if node.touch), None)
        if found is None:
            raise FileNotFoundError(errno.ENOENT, "no touch panel is plugged in")
        return [found.path]
    return resolve(address, lambda node: node.touch)


def surface(node: Node, width_mm: int, height_mm: int) -> Surface:
    """The axes of a node; `NoPanel` when it has none."""
    multitouch = node.axis(ABS_MT_SLOT) is not None
    last_x, last_y = node.axis(ABS_X), node.axis(ABS_Y)
    x, y = (node.axis(ABS_MT_X), node.axis(ABS_MT_Y)) if multitouch else (last_x, last_y)
    if x is None or y is None:
        raise NoPanel(errno.EINVAL, "this input device is no touch panel")
    if multitouch:  # the kernel keeps where the last finger was only on the axes of the mouse it imitates
        x = replace(x, value=last_x.value if last_x else None)
        y = replace(y, value=last_y.value if last_y else None)
    return Surface(x, y, width_mm, height_mm, multitouch)


def _slot(node: Node) -> int:
    """Which finger the node speaks of now."""
    axis = node.axis(ABS_MT_SLOT)
    return (axis.value or 0) if axis else 0


def make(name: str, table: Mapping[str, object]) -> TouchPanel:
    """``address`` (auto, a path below /dev/input, or vendor:product[:serial]).

    ``rotation`` (0): by how many degrees the panel is turned clockwise. ``calibration``: six numbers, as
    `hardware.panel.calibration.fit` finds them. ``width_mm`` and ``height_mm`` (154 and 86, a panel of 7
    inches): used where the panel does not tell its size.
    """
    options = Options(name, table)
    address = options.text("address", "auto")
    rotation = options.one_of("rotation", 0, ROTATIONS)
    calibration = Affine(*options.numbers("calibration", (1, 0, 0, 0, 1, 0)))
    size_mm = (options.number("width_mm", 154, 20, 2000), options.number("height_mm", 86, 20, 2000))
    options.done()
    return TouchPanel(name, address, calibration.after(ROTATIONS[rotation]), size_mm)
