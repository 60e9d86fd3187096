"""Draws a picture file as raster bytes for a printer, in a process of its own that ends with it.

`hardware.printer.logo` runs it as a script. So Pillow and python-escpos stay out of the till: their memory,
escpos's root log handler, its prints and its temporary folder, and whatever a hostile picture does to them.
Arguments: the file, the most dots across. Bytes on stdout; one line on stderr and exit code 2 when refused.
"""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "GIF", "BMP")
MOST_BYTES = 1_000_000
"""A logo is some kilobytes; a photograph from a telephone is larger than this."""
MOST_PIXELS = 4_000_000
"""Looked at before anything is unpacked: a file of 100 kB can hold a picture of gigabytes."""
MOST_DOTS_HIGH = 160
"""20 mm of paper."""
FRAGMENT = 24
"""Rows in one command: with 384 dots 1,152 bytes, which the smallest printer's buffer holds."""
MOST_MEMORY = 512 * 1024 * 1024
MOST_CPU_S = 30


def refuse(words: str) -> None:
    """Say why, and end."""
    sys.stderr.write(words + "\n")
    sys.exit(2)


def limited() -> None:
    """Give this process no more memory and time than a logo needs, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def opened(file: Path, width: int) -> Image:
    """The picture in black on white, no larger than it may be; ``ValueError`` says why it is refused."""
    from PIL import Image

    if not file.is_file():  # a pipe or a device would never end
        raise ValueError("it is not a file")
    if file.stat().st_size > MOST_BYTES:
        raise ValueError(f"it has more than {MOST_BYTES:,} bytes")
    picture = Image.open(BytesIO(file.read_bytes()[: MOST_BYTES + 1]), formats=FORMATS)
    if picture.width * picture.height > MOST_PIXELS:
        raise ValueError(f"it has more than {MOST_PIXELS:,} pixels")
    if not (picture.width and picture.height):
        raise ValueError("it is empty")
    flat = Image.new("RGB", picture.size, (255, 255, 255))
    coloured = picture.convert("RGBA")
    flat.paste(coloured, mask=coloured.getchannel("A"))
    grey = flat.convert("L")
    grey.thumbnail((width, MOST_DOTS_HIGH))
    return grey.convert("1")  # here, because escpos dithers each fragment anew and one sees the seams


def drawn(picture: Image) -> bytes:
    """The raster commands, as python-escpos makes them."""
    from escpos.printer import Dummy

    printer = Dummy()
    printer.image(picture, impl="bitImageRaster", fragment_height=FRAGMENT)
    output: bytes = printer.output
    return output


def main(file: str, width: str) -> None:
    """Draw one file."""
    limited()
    try:
        with redirect_stdout(sys.stderr):  # escpos prints; stdout is for the bytes
            raster = drawn(opened(Path(file), int(width)))
    except MemoryError:
        refuse("it needs too much memory")
    except Exception as error:  # whatever a decoder finds, the till gets one line and an exit code
        refuse(" ".join(str(error).split())[:200] or type(error).__name__)
    sys.stdout.buffer.write(raster)


if __name__ == "__main__":
    main(*sys.argv[1:])
