"""The screen: app, theme, screens and widgets."""
