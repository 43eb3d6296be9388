"""The partitions: the twelve months of the season year."""

from __future__ import annotations

import dagster as dg

from pipelines.season import Season

TIMEZONE = "Asia/Shanghai"
MONTH = "%Y-%m"


def months_of(season: Season) -> dg.MonthlyPartitionsDefinition:
    """The months of a season as partitions; the month that still runs is one of them."""
    return dg.MonthlyPartitionsDefinition(
        start_date=f"{season.year}-01",
        end_date=f"{season.year + 1}-01",
        fmt=MONTH,
        timezone=TIMEZONE,
        end_offset=1,
    )
