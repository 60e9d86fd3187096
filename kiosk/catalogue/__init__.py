"""What is for sale: products, barcodes, quick-lists, and how a scanned code is read."""
