"""Very large deliveries for benchmarks: one kind of file, many records, drawn and written file by file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from assets.demo import officers, places
from assets.demo.codes import stream
from assets.demo.files import Layout, Sheet, Writer
from assets.demo.records import Habits, Team, draw, next_serial
from assets.demo.slips import slip

_SITES = 400
_LATE_SHARE = 0.02
_LEFT_OUT = (
    "agency_name",
    "site_region_code",
)  # optional columns that would make the files larger than exports are


@dataclass(frozen=True)
class Volume:
    """How much to write.

    Attributes:
        records: inspection records in all, spread evenly over months and files.
        officers: officers in each month's rosters, about.
        files: files of records in all, at least one a month.
        months: delivery months, YYYY-MM, of one year.
        encoding: of text files: utf-8, gb18030 or utf-16.
        ending: csv, tsv, txt or xlsx.
        roster_files: files of rosters a month.
        seed: of the random numbers.
    """

    records: int = 1_000_000
    officers: int = 80_000
    files: int = 31
    months: tuple[str, ...] = ("2022-05",)
    encoding: str = "utf-8"
    ending: str = "csv"
    roster_files: int = 1
    seed: int = 2022


@dataclass(frozen=True)
class Written:
    """How much was written: inspection records, officers in the last month, files, their bytes."""

    records: int
    officers: int
    files: int
    size: int


def write_bulk(writer: Writer, volume: Volume) -> Written:
    """Write records and rosters below the writer's folder; memory stays that of one file."""
    separator = "," if volume.ending == "csv" else "\t"
    layout = Layout(volume.ending, encoding=volume.encoding, separator=separator, times="%Y-%m-%d %H:%M")
    agencies = places.agencies(volume.seed, prefectures=None).filter(pl.col("level") != "xpcc_city")
    sites = places.sites(volume.seed, agencies, _SITES)
    year = int(volume.months[0][:4])
    cast = officers.cast(volume.seed, agencies, year, volume.officers)
    care = agencies["care"].to_numpy()
    habits = Habits(_LATE_SHARE * care)
    records, serial, height = 0, 0, 0
    shares = np.array_split(np.arange(volume.files), len(volume.months))
    for month, numbers in zip(volume.months, shares, strict=True):
        roster = officers.roster(cast, agencies, year, int(month[5:]))
        height = roster.height
        for number, rows in enumerate(np.array_split(np.arange(height), volume.roster_files), 1):
            part = roster[int(rows[0]) : int(rows[-1]) + 1]
            writer.table(f"{month}/名册/执法人员名册_{number}", layout, Sheet("officer_roster", part))
        team = Team.of(roster, agencies.height)
        weight = team.count / team.count.sum()
        for file in numbers:
            size = (
                volume.records * (int(file) + 1) // volume.files - volume.records * int(file) // volume.files
            )
            rng = stream(volume.seed, "bulk", int(file))
            agency = np.sort(rng.choice(agencies.height, size, p=weight))
            clean = draw(
                rng,
                month=date(year, int(month[5:]), 1),
                agency=agency,
                agencies=agencies,
                sites=sites,
                team=team,
                habits=habits,
                first_serial=serial,
            )
            serial = next_serial(clean, serial)
            part = slip(rng, clean, care[agency])
            writer.table(
                f"{month}/检查记录/检查记录_{int(file) + 1}",
                layout,
                Sheet("inspection_records", part, without=_LEFT_OUT),
            )
            records += size
    return Written(records, height, writer.files, writer.bytes)
