"""Barcode readers: they deliver text, the shop gives it a meaning."""
