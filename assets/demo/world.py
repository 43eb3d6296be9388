"""What the parts of a demo season share: places, officers, rosters, and what was drawn for each month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from assets.demo import officers, places
from assets.demo.codes import stream
from assets.demo.records import Habits, Team, draw, next_serial
from assets.demo.slips import slip

# Records for each officer fit to inspect, January … December: the autumn of 2022 was a quiet one.
_PER_OFFICER = (2.0, 1.5, 2.75, 3.7, 4.0, 4.1, 3.6, 1.7, 1.1, 1.0, 1.4, 1.3)
MONTHS = range(1, 13)
_QUIET_FROM = 8
_SITES = 40
_LATE_SHARE = 0.015
_LATE_COUNTIES = 4
_LATE_THERE = 0.6
LATE_MONTH = 6
FORGOTTEN_ROSTER_MONTH = 8


@dataclass(frozen=True)
class World:
    """One season: the seed, the year, and the prefectures that take part; always drawn for the whole year."""

    seed: int
    year: int
    prefectures: list[str]
    with_corps: bool = True

    def rng(self, *subject: str | int) -> np.random.Generator:
        """The random numbers of one subject."""
        return stream(self.seed, *subject)

    @cached_property
    def agencies(self) -> pl.DataFrame:
        """See `places.agencies`."""
        corps = [places.CORPS[:4]] if self.with_corps else []
        return places.agencies(self.seed, prefectures=self.prefectures + corps)

    @cached_property
    def sites(self) -> pl.DataFrame:
        """See `places.sites`."""
        return places.sites(self.seed, self.agencies, _SITES)

    @cached_property
    def rosters(self) -> dict[int, pl.DataFrame]:
        """The true roster of each month, whoever delivers it."""
        cast = officers.cast(self.seed, self.agencies, self.year)
        return {m: officers.roster(cast, self.agencies, self.year, m) for m in MONTHS}

    @cached_property
    def teams(self) -> dict[int, Team]:
        """Who inspects in each month."""
        return {m: Team.of(roster, self.agencies.height) for m, roster in self.rosters.items()}

    @cached_property
    def late_counties(self) -> list[str]:
        """The counties that upload badly late in June."""
        counties = self.agencies.filter(pl.col("level") == "county")["code"].to_list()
        chosen = self.rng("late").choice(len(counties), min(_LATE_COUNTIES, len(counties)), replace=False)
        return sorted(counties[i] for i in chosen)

    @cached_property
    def forgetful(self) -> str:
        """The prefecture (four digits) whose roster for August never came."""
        return self.prefectures[-1]

    @cached_property
    def clean_records(self) -> dict[int, pl.DataFrame]:
        """The inspection records of each month as they should have been filled in."""
        result: dict[int, pl.DataFrame] = {}
        first_serial = 0
        for month, team in self.teams.items():
            rng = self.rng("records", month)
            weight = team.count * self.agencies["zeal"].to_numpy() * self._quiet(month)
            agency = np.repeat(np.arange(self.agencies.height), rng.poisson(_PER_OFFICER[month - 1] * weight))
            late = np.full(self.agencies.height, _LATE_SHARE) * self.agencies["care"].to_numpy()
            if month == LATE_MONTH:
                late[self.agencies["code"].is_in(self.late_counties).to_numpy()] = _LATE_THERE
            result[month] = draw(
                rng,
                month=date(self.year, month, 1),
                agency=agency,
                agencies=self.agencies,
                sites=self.sites,
                team=team,
                habits=Habits(late),
                first_serial=first_serial,
            )
            first_serial = next_serial(result[month], first_serial)
        return result

    @cached_property
    def records(self) -> dict[int, pl.DataFrame]:
        """The inspection records of each month as they were filled in."""
        care = dict(zip(self.agencies["code"], self.agencies["care"], strict=True))
        return {
            month: slip(
                self.rng("slips", month),
                clean,
                clean["agency_code"].replace_strict(care).to_numpy(),
            )
            for month, clean in self.clean_records.items()
        }

    def _quiet(self, month: int) -> np.ndarray:
        """How much less (or more) each agency's prefecture was shut in that month, around 1."""
        if month < _QUIET_FROM:
            return np.ones(self.agencies.height)
        units = self.agencies["prefecture"].unique(maintain_order=True)
        factor = dict(zip(units, self.rng("quiet", month).uniform(0.45, 1.55, len(units)), strict=True))
        return self.agencies["prefecture"].replace_strict(factor).to_numpy()


def month_start(year: int, month: pl.Expr) -> pl.Expr:
    """The first day of a month given as a number."""
    return pl.date(year, month, 1)
