"""What is for sale: products, barcodes, quick-lists, and how a scanned code is read.

Begin with `goods`, what a product is, `products`, where it is changed, and `resolve`: from a scan to what
the till does.

- A scan: `symbology` says what the text means (`symbols` are the answers), with `gtin`, `gs1`,
  `gs1_formats` and the shop's own `patterns`; `describe` tells it in JSON.
- Goods: `cleaning` is the gate they all pass, `search` finds them while somebody types; `lists` are
  quick-lists and bundles as values, `quicklists` the same in the ledger.
- CSV: `csv_text` reads cells, `columns` knows whose file it is, `csv_rows` reads a product (`amounts`),
  `csv_import` plans and applies it (`csv_plan`); `csv_export` writes, and `spreadsheet` keeps it harmless.
- Sheets of codes: `qrsheet`, `qrdraw`, `qrpdf` with `typefaces`; `paper` is a line of any slip.
"""
