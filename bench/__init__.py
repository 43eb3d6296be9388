"""Benchmarks: ratios against plain DuckDB and against what people would use instead. `make bench`."""
