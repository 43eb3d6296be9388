"""Great Expectations suites on the published marts."""
