"""Reading deliveries: bytes become rows of text with file, sheet and row number."""
