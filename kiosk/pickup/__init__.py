"""Click-to-collect: a promise made at the till, a box that keeps it, and nothing lost in between."""
