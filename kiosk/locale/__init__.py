"""Words and number formats per language: gettext catalogues, and CLDR's conventions as plain data.

`python -m kiosk.locale` brings both up to date; nothing here imports Babel while a till runs.
"""
