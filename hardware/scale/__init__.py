"""Scales: they deliver grams, or one word for why not. Never zero for "no answer"."""
