"""The tables of `power.db`, and how a file of the first version is brought up to date with what it holds.

Rows are kept in the order they came, not by their time: after a clock that was set back an hour the second
look at ten o'clock stands beside the first, and replaces nothing.
"""

from __future__ import annotations

import apsw

from kiosk.i18n import _

VERSION = 1
SCHEMA = """
CREATE TABLE known (
  pack TEXT PRIMARY KEY, state TEXT NOT NULL, boot TEXT NOT NULL, boot_ms INTEGER NOT NULL,
  wall_ms INTEGER NOT NULL, trusted INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sample (
  id INTEGER PRIMARY KEY, wall_s INTEGER NOT NULL, seconds REAL NOT NULL,
  volts REAL, amps REAL, load_w REAL, solar_w REAL, ac_w REAL) STRICT;
CREATE TABLE minute (
  id INTEGER PRIMARY KEY, wall_s INTEGER NOT NULL, seconds REAL NOT NULL,
  volts REAL, amps REAL, load_w REAL, solar_w REAL, ac_w REAL) STRICT;
CREATE INDEX minute_wall ON minute (wall_s);
CREATE TABLE folded (id INTEGER PRIMARY KEY CHECK (id = 1), sample INTEGER NOT NULL) STRICT;
INSERT INTO folded VALUES (1, 0);
CREATE TABLE figure (
  id INTEGER PRIMARY KEY, component TEXT NOT NULL, wall_s INTEGER NOT NULL,
  usable_ah REAL, ohm REAL, idle_w REAL, cycles REAL) STRICT;
CREATE INDEX figure_component ON figure (component, id);
"""
"""`seconds` are those of which the load is known; `folded` is up to which sample minutes were made."""
_SET_ASIDE = """
ALTER TABLE known RENAME TO known_0;
ALTER TABLE sample RENAME TO sample_0;
ALTER TABLE minute RENAME TO minute_0;
"""
_TAKE_OVER = """
INSERT INTO known SELECT '', state, boot, boot_ms, wall_ms, trusted FROM known_0;
INSERT INTO sample (wall_s, seconds, volts, amps, load_w, solar_w, ac_w)
  SELECT wall_s, iif(load_w IS NULL, 0.0, 10.0), volts, amps, load_w, solar_w, ac_w
  FROM sample_0 ORDER BY wall_s;
INSERT INTO minute (wall_s, seconds, volts, amps, load_w, solar_w, ac_w)
  SELECT wall_s, iif(load_w IS NULL, 0.0, 60.0), volts, amps, load_w, solar_w, ac_w
  FROM minute_0 ORDER BY wall_s;
UPDATE folded SET sample = (SELECT coalesce(max(id), 0) FROM sample);
DROP TABLE known_0; DROP TABLE sample_0; DROP TABLE minute_0;
"""


def make_current(connection: apsw.Connection) -> None:
    """Make the tables, or bring those of the first version up to date; whole or not at all.

    A file of a newer program is refused with ValueError, and left as it is.
    """
    if _version(connection) == VERSION:
        return
    with connection:
        first = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'known'").fetchone()
        if first:
            connection.execute(_SET_ASIDE)
        connection.execute(SCHEMA)
        if first:
            connection.execute(_TAKE_OVER)
        connection.execute(f"PRAGMA user_version = {VERSION:d}")


def check_current(connection: apsw.Connection) -> None:
    """Refuse with ValueError a file that a till of this version has not brought up to date yet."""
    if (version := _version(connection)) != VERSION:
        words = _("it has format {version}, which the till brings up to date at its next start")
        raise ValueError(words.format(version=version))


def _version(connection: apsw.Connection) -> int:
    """Return the file's format; ValueError for a newer program's."""
    version = int(connection.execute("PRAGMA user_version").get)
    if version > VERSION:
        words = _("it has format {version}; this program knows {known}")
        raise ValueError(words.format(version=version, known=VERSION))
    return version
