"""The screen: a Textual app that shows the till and hears who works at it. It decides nothing itself.

Begin with `app` (modes, and who is signed in), `places` (where each screen is) and `screens/frame.py`,
which says how a screen is written. `ports` is all that is known of the station below.

- What comes in: `driver` reads keys and `touching` fingers, `keys` tells a scanner's burst from a person,
  `bounce` a press from its echo, `incoming` puts all of it in order; `messages` carry what threads saw, and
  `hours` is what time brings (`daylight`, `leaving`, `powernews`).
- What goes out: `exact` and `output` paint what changed and no more; `theme`, `theme256`, `themedim`;
  `rowdiff` and `text` for rows of cells.
- Values a screen holds, never a widget: `entry`, `pinpad`, `drawercount`, `listplan`, `productform`,
  `quickkeys`, `returning`, `span`. `keeper` keeps the open basket on disk.
- Words for what lies below: `basketrows`, `boxwords`, `orderwords`, `power`, `reporting`, `waiting`,
  `leftovers`.
- The locker: `lockerpages` and `lockerdoor` make a visit into words and keys (`lockershown`), `lockerdesk`
  asks the services, `readaloud` says it.
- `commands/` has one table of commands, `screens/` and `widgets/` one of them a file; `customer/` is the
  customer's own screen, another program.
"""

from __future__ import annotations

import os

# Read when textual is imported. 60 frames a second cost power and show nothing more; nothing here moves.
os.environ.setdefault("TEXTUAL_FPS", "30")
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
