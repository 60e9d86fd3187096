"""The sockets that simulated devices are plugged into: loopback TCP, pulled out and put back at will."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

HOST = "127.0.0.1"


class Plug:
    """One listening port. Unplugged, it refuses connections and drops the old ones; the number stays."""

    def __init__(self, make: Callable[[], Wire]) -> None:
        """Remember what to attach to each connection."""
        self.port = 0
        self.wires: set[Wire] = set()
        self.visits = 0
        """How many have connected so far."""
        self._make = make
        self._server: asyncio.Server | None = None

    @property
    def plugged(self) -> bool:
        """Whether anyone can connect."""
        return self._server is not None

    def status(self) -> dict[str, object]:
        """Whether it is in, how many listen (one just gone may still count), and how many ever came."""
        return {"plugged": self.plugged, "readers": len(self.wires), "visits": self.visits}

    @property
    def url(self) -> str:
        """Where to connect, for a driver that takes ``socket://`` addresses."""
        return f"socket://{HOST}:{self.port}"

    async def plug(self) -> None:
        """Listen, on the same port as before; a second time does nothing."""
        if self._server is None:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(self._attach, HOST, self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    def unplug(self) -> None:
        """Stop listening and break every connection, with whatever was under way in it."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
        for wire in tuple(self.wires):
            wire.abort()

    def _attach(self) -> Wire:
        """A new connection's wire, which takes itself off the list at its end.

        Raises ``ConnectionAbortedError`` for who was let in just before it was pulled: asyncio drops them.
        """
        if not self.plugged:
            raise ConnectionAbortedError("unplugged")
        wire = self._make()
        wire.plug = self
        return wire


class Wire(asyncio.Protocol):
    """One connection to a device."""

    plug: Plug
    transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody connected; who comes while the plug is being pulled is cut off like the others."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  a stream server makes nothing else
        self.transport = transport
        self.plug.wires.add(self)
        self.plug.visits += 1
        if not self.plug.plugged:
            self.abort()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  why does not matter
        """They have gone."""
        self.plug.wires.discard(self)

    def heed(self) -> None:
        """Note how the device is now; only a wire that may stop reading cares."""

    def abort(self) -> None:
        """Break the connection as a pulled cable does."""
        self.transport.abort()


class PrinterWire(Wire):
    """Hands bytes to the printer; stops reading when its buffer is full."""

    def __init__(self, receive: Callable[[PrinterWire, bytes], None], reads: Callable[[], bool]) -> None:
        """Remember who takes the bytes, and who knows whether the printer reads at all."""
        self._receive = receive
        self._reads = reads

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody connected."""
        super().connection_made(transport)
        self.heed()

    def heed(self) -> None:
        """Read on, or stop reading, as the printer does now."""
        if self._reads():
            self.transport.resume_reading()
        else:
            self.transport.pause_reading()

    def data_received(self, data: bytes) -> None:
        """Bytes have come."""
        self._receive(self, data)
