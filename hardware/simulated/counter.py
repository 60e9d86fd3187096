"""What stands on the counter besides the printer: scale, pole display and panel, with their plugs."""

from __future__ import annotations

from collections.abc import Callable

from hardware.simulated.display import SimulatedDisplay
from hardware.simulated.panel import PINS, SimulatedPanel
from hardware.simulated.plugs import HOST, Plug, Wire
from hardware.simulated.scale import TABLES, SimulatedScale


class Counter:
    """Lives on the stall's event loop."""

    def __init__(self, scale: str = "toledo8217", display: str = "escpos") -> None:
        """Choose the languages that scale and display speak."""
        self.scale = SimulatedScale(scale)
        self.display = SimulatedDisplay()
        self.panel = SimulatedPanel()
        self.plate = Plug(lambda: AskedWire(self.scale.receive))
        self.pole = Plug(lambda: AskedWire(self._shown))
        self._display = display

    @property
    def plugs(self) -> dict[str, Plug]:
        """What can be pulled out, by name."""
        return {"scale": self.plate, "display": self.pole}

    def devices(self) -> dict[str, dict[str, object]]:
        """The settings tables that connect a till to them."""
        return {
            "scale": {**TABLES[self.scale.language], "address": f"socket://{HOST}:{self.plate.port}"},
            "display": {"kind": f"display-{self._display}", "address": f"socket://{HOST}:{self.pole.port}"},
            "panel": {"kind": "panel-gpio", "pins": "mock", "beeps": "all", **PINS},
        }

    def status(self) -> dict[str, object]:
        """How they are, for people and for JSON."""
        scale, display = self.scale, self.display
        return {
            "scale": {
                "plugged": self.plate.plugged,
                "connections": len(self.plate.wires),
                "grams": scale.grams,
                "tare": scale.tare,
                "fault": scale.fault or "none",
                "asked": scale.asked,
            },
            "display": {
                "plugged": self.pole.plugged,
                "connections": len(self.pole.wires),
                "upper": display.lines[0],
                "lower": display.lines[1],
                "unknown": len(display.unknown),
            },
        }

    def _shown(self, chunk: bytes) -> bytes:
        """Bytes for the display, which answers nothing."""
        self.display.receive(chunk)
        return b""


class AskedWire(Wire):
    """Hands bytes to a device and sends back what it answers."""

    def __init__(self, receive: Callable[[bytes], bytes]) -> None:
        """Remember who takes the bytes."""
        self._receive = receive

    def data_received(self, data: bytes) -> None:
        """Bytes have come."""
        self.transport.write(self._receive(data))
