"""The SQL models and the rulebooks, as package data."""
