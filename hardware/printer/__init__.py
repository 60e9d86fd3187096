"""Receipt printers: bytes, status and transports."""
