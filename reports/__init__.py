"""Everything that reads a published snapshot for people."""
