"""One pandera contract per source."""
