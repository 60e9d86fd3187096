"""The books' one file: connection, schema, journal, numbering and clock."""
