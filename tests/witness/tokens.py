"""Runs under emupos's Python: reads jobs as lines of hexadecimal, answers what its tokenizer cannot read.

A list in JSON for each: commands that are none, and real-time commands, in hexadecimal.
"""

import json
import sys

from emupos.printer.escpos.tokenizer import Command, Tokenizer, Unknown

for line in sys.stdin:
    tokenizer = Tokenizer()
    tokens = tokenizer.feed(bytes.fromhex(line))
    rest = tokenizer.close()
    odd = [token.raw.hex() for token in [*tokens, rest] if isinstance(token, Unknown)]
    odd += [token.raw.hex() for token in tokens if isinstance(token, Command) and token.realtime]
    sys.stdout.write(json.dumps(odd) + "\n")
    sys.stdout.flush()
