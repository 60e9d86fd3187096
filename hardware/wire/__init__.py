"""Wires that carry bytes both ways, never past a deadline: serial ports and TCP, whatever hangs on them."""
