"""Writes a demo season: what 14 prefectures and the region deliver from January to November 2022.

Everything follows from the seed: the same seed, scale and months give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assets.demo.bulk import Volume, write_bulk
from assets.demo.files import Writer
from assets.demo.marker import clear, write_marker
from assets.demo.offices import Offices
from assets.demo.world import FORGOTTEN_ROSTER_MONTH, LATE_MONTH, World

Scale = Literal["small", "region", "nation"]
SEASON_MONTHS = tuple(f"2022-{month:02}" for month in range(1, 12))
_NATION_MONTHS = ("2022-05",)
_SMALL = ["6504", "6505", "6532"]
_ALL = [
    "6501",
    "6502",
    "6504",
    "6505",
    "6523",
    "6527",
    "6528",
    "6529",
    "6530",
    "6531",
    "6532",
    "6540",
    "6542",
    "6543",
]


@dataclass(frozen=True)
class DemoReport:
    """What was written.

    Attributes:
        scale: as asked for.
        seed: as asked for.
        months: the delivery months, YYYY-MM.
        files: number of files, the marker not counted.
        size: their bytes.
        records: inspection records drawn for these months (rows of corrections and repeats not counted).
        officers: officers in the rosters of the last month.
        forgotten_roster: the code of the prefecture that delivers no roster for August; None: none forgets.
        late_counties: the counties that upload badly late in June.
    """

    scale: Scale
    seed: int
    months: tuple[str, ...]
    files: int
    size: int
    records: int
    officers: int
    forgotten_roster: str | None
    late_counties: list[str]


def write_season(
    raw: Path, *, scale: Scale = "region", seed: int = 2022, months: Sequence[str] | None = None
) -> DemoReport:
    """Write a demo season below `raw`, in place of the demo season that may lie there.

    Args:
        raw: the folder of deliveries; made where it is missing.
        scale: small = 3 prefectures; region = 14 prefectures, 96 counties, some 1,300 officers and 35,000
            records; nation = 1,000,000 records and 80,000 officers in one month (other sizes: `write_bulk`).
        seed: another one gives another season.
        months: delivery months of one year, YYYY-MM; 2022-01 … 2022-11 (nation: one month) where None.

    Raises:
        RealDeliveriesError: deliveries lie in `raw` that no demo season wrote.
        ValueError: the months are none, or not months of one year.
    """
    wanted = tuple(sorted(months or (_NATION_MONTHS if scale == "nation" else SEASON_MONTHS)))
    year, numbers = _year_and_months(wanted)
    raw.mkdir(parents=True, exist_ok=True)
    clear(raw)
    writer = Writer(raw)
    if scale == "nation":
        bulk = write_bulk(writer, Volume(months=wanted, seed=seed))
        report = DemoReport(
            scale, seed, wanted, writer.files, writer.bytes, bulk.records, bulk.officers, None, []
        )
    else:
        world = World(seed, year, _SMALL if scale == "small" else _ALL, with_corps=scale == "region")
        Offices(world, writer).write(numbers)
        report = DemoReport(
            scale=scale,
            seed=seed,
            months=wanted,
            files=writer.files,
            size=writer.bytes,
            records=sum(world.records[n].height for n in numbers),
            officers=world.rosters[max(numbers)].height,
            forgotten_roster=f"{world.forgetful}00" if FORGOTTEN_ROSTER_MONTH in numbers else None,
            late_counties=world.late_counties if LATE_MONTH in numbers else [],
        )
    write_marker(raw, {"scale": scale, "seed": seed, "months": list(wanted)}, writer.names)
    return report


def _year_and_months(months: tuple[str, ...]) -> tuple[int, list[int]]:
    parts = [month.split("-") for month in months]
    if not parts or any(len(p) != 2 or not "".join(p).isdigit() or not 1 <= int(p[1]) <= 12 for p in parts):  # noqa: PLR2004
        msg = f"不是月份：{months}；应为 2022-01 这样的写法。"
        raise ValueError(msg)
    if len({year for year, _ in parts}) > 1:
        msg = f"演示数据只能写同一年度的月份：{months}"
        raise ValueError(msg)
    return int(parts[0][0]), [int(month) for _, month in parts]
