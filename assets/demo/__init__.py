"""The demo season: realistic, deterministic deliveries. All names and numbers are invented."""

from assets.demo.bulk import Volume, write_bulk
from assets.demo.marker import MARKER, MARKER_COLUMN, is_demo
from assets.demo.season import SEASON_MONTHS, DemoReport, write_season

__all__ = [
    "MARKER",
    "MARKER_COLUMN",
    "SEASON_MONTHS",
    "DemoReport",
    "Volume",
    "is_demo",
    "write_bulk",
    "write_season",
]
