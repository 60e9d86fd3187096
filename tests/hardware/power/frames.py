"""Frames of VE.Direct as they were captured, built from their fields; the last byte is the one captured.

Captures: github.com/karioja/vedirect, test/bvm702.dump, bluesolar_1.23.dump, smartsolar_1.39.dump.
"""

from __future__ import annotations


def block(fields: str, checksum: int) -> bytes:
    """A block from its labels and values in order, and the checksum that was captured with it."""
    words = fields.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return b"".join(f"\r\n{label}\t{value}".encode() for label, value in pairs) + (
        b"\r\nChecksum\t" + bytes([checksum])
    )


BMV_LIVE = block(
    "PID 0x203 V 12065 I -7625 P -92 CE -65473 SOC 839 TTG 942 Alarm OFF Relay OFF AR 0 BMV 700 FW 0308", 0x71
)
BMV_PAST = block(
    "H1 -149322 H2 -82854 H3 0 H4 0 H5 0 H6 -5526294 H7 11733 H8 16161 H9 368003 H10 26 H11 0 H12 0 "
    "H17 6843 H18 8527",
    0xBC,
)
BLUE_SOLAR = block(
    "PID 0xA042 FW 123 SER# HQ1411MYIKN V 12530 I 640 VPV 31390 PPV 8 CS 3 ERR 0 LOAD ON IL 0 H19 8272 "
    "H20 0 H21 11 H22 25 H23 119 HSDS 274",
    0xB1,
)
SMART_SOLAR = block(
    "PID 0xA05F FW 139 SER# HQ18486U2B4 V 12810 I -10 VPV 10 PPV 0 CS 0 MPPT 0 ERR 0 LOAD ON IL 0 H19 0 "
    "H20 0 H21 0 H22 0 H23 0 HSDS 0",
    0xE4,
)
HEX = b":A5010000000000000000000000D05F904000000000000000000000000000000000001000000DB\n"
"""What the SmartSolar put behind a block's checksum."""
