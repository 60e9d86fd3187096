"""One file a command of the `kiosk` command line, imported only when it is asked for."""
