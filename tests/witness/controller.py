"""Run by the witness's own Python: pymodbus as a solar controller, `controller.py PORT UNIT`.

It serves registers from a line of JSON, number to word, on its standard input, over TCP with RTU frames, and
says `ready` when it listens. Its owner kills it.
"""

import asyncio
import json
import sys

from pymodbus import FramerType
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice


async def serve(port: int, unit: int, words: dict[int, int]) -> None:
    """Answer until killed."""
    held = [SimData(register, values=word, datatype=DataType.REGISTERS) for register, word in words.items()]
    device = SimDevice(unit, held)
    server = ModbusTcpServer(device, framer=FramerType.RTU, address=("127.0.0.1", port))
    await server.serve_forever(background=True)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


registers = {int(number): word for number, word in json.loads(sys.stdin.readline()).items()}
asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), dict(sorted(registers.items()))))
