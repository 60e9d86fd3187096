"""A whole virtual stall on the same wires as the real one, with faults on command."""
