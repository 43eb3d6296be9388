"""The months of the season, from the rulebook in force, for partitions and schedules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.settings import Settings


@dataclass(frozen=True)
class Season:
    """What the wiring must know of a rulebook's season.

    Attributes:
        year: the season year.
        record_months: months of the year in which records count, ascending.
        final_month: the month as of which the result is official.
    """

    year: int
    record_months: tuple[int, ...]
    final_month: int

    def holds(self, month: date) -> bool:
        """True for a month of the season year."""
        return month.year == self.year

    def only_informs(self, month: date) -> bool:
        """True for a month after the official result, for which nothing need be delivered (RULES, Time)."""
        return self.holds(month) and month.month > self.final_month


def read_season(settings: Settings) -> Season:
    """The season of the rulebook that the settings name."""
    from checks.rulebook import load

    rulebook = load(settings.rulebook_dir)
    return Season(rulebook.season_year, rulebook.record_months, rulebook.final_month)
