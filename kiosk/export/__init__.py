"""Takes the books out of the ledger: plain files for a folder or a USB stick, each of which reads back."""
