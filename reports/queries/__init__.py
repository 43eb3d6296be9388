"""The one place of queries on a published snapshot."""
