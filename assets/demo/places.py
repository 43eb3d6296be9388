"""The agencies of the demo: the real divisions, with invented sizes and habits."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import polars as pl

from assets.demo.codes import stream

REGION = "650000"
CORPS = "659001"  # one city of the Corps, whose rows are accepted and give nothing to a bureau
DIVISIONS = Path(str(files("sql") / "rulebook" / "xinjiang_2022" / "xinjiang_divisions.csv"))

# By prefecture: the word in its case numbers, and roughly where it lies (degrees east and north).
_PLACES: dict[str, tuple[str, float, float]] = {
    "6500": ("新", 87.6, 43.8),
    "6501": ("乌", 87.6, 43.8),
    "6502": ("克", 84.9, 45.6),
    "6504": ("吐", 89.2, 42.9),
    "6505": ("哈", 93.5, 42.8),
    "6523": ("昌", 87.3, 44.0),
    "6527": ("博", 82.1, 44.9),
    "6528": ("巴", 86.1, 41.7),
    "6529": ("阿地", 80.3, 41.2),
    "6530": ("克州", 76.2, 39.7),
    "6531": ("喀", 76.0, 39.5),
    "6532": ("和", 79.9, 37.1),
    "6540": ("伊", 81.3, 43.9),
    "6542": ("塔", 83.0, 46.7),
    "6543": ("阿", 88.1, 47.8),
    "6590": ("兵", 86.0, 44.3),
}
# How many officers at the least, and how many more below which: a handful in counties, more in prefectures.
_STAFF = {"county": (8, 7), "prefecture": (14, 13), "region": (24, 1), "xpcc_city": (10, 1)}


def agencies(seed: int, *, prefectures: list[str] | None = None, divisions: Path = DIVISIONS) -> pl.DataFrame:
    """One row an agency, in code order.

    Columns: code, prefecture (first four digits), name, agency_name, level, case_word, longitude, latitude,
    staff (officers), zeal (how much it inspects, around 1), care (how sloppily it fills in, around 1).

    Args:
        seed: of the season.
        prefectures: first four digits of those wanted (the region's own agency always is); all, and a city of
            the Corps, where None.
        divisions: the rulebook's table of divisions.
    """
    table = (
        pl.read_csv(divisions, infer_schema=False)
        .sort("code")
        .with_columns(prefecture=pl.col("code").str.head(4))
    )
    own = pl.col("level") == "region"
    wanted = (pl.col("level") != "xpcc_city") | (pl.col("code") == CORPS)
    if prefectures is not None:
        wanted &= pl.col("prefecture").is_in(prefectures)
    table = table.filter(own | wanted)
    parents = table.select(parent_code="code", parent_name="name")
    table = table.join(parents, on="parent_code", how="left", maintain_order="left")
    rng = stream(seed, "agencies")
    least, more = (
        table["level"].replace_strict({k: v[i] for k, v in _STAFF.items()}).to_numpy() for i in (0, 1)
    )
    place = table["prefecture"]
    return table.select(
        "code",
        "prefecture",
        "name",
        pl.when(pl.col("level") == "county")
        .then(pl.format("{}生态环境局{}分局", "parent_name", "name"))
        .when(own)
        .then(pl.format("{}生态环境保护综合行政执法局", "name"))
        .otherwise(pl.format("{}生态环境局", "name"))
        .alias("agency_name"),
        "level",
        place.replace_strict({k: v[0] for k, v in _PLACES.items()}).alias("case_word"),
        place.replace_strict({k: v[1] for k, v in _PLACES.items()}).alias("longitude"),
        place.replace_strict({k: v[2] for k, v in _PLACES.items()}).alias("latitude"),
        pl.Series("staff", least + rng.integers(0, more)),
        pl.Series("zeal", rng.lognormal(0, 0.35, table.height)),
        pl.Series("care", np.clip(rng.lognormal(-0.15, 0.6, table.height), 0.2, 4)),
    )


def sites(seed: int, table: pl.DataFrame, per_agency: int) -> pl.DataFrame:
    """One row an enterprise that is inspected, `per_agency` of them for each agency, in the agencies' order.

    Columns: site_name, site_uscc, site_region_code, longitude, latitude.
    """
    from assets.demo.codes import credit_codes
    from assets.demo.names import enterprises

    rng = stream(seed, "sites")
    rows = np.repeat(np.arange(table.height), per_agency)
    codes = table["code"].to_numpy()[rows]
    return pl.DataFrame(
        {
            "site_name": enterprises(rng, table["name"].to_numpy()[rows]),
            "site_uscc": credit_codes(rng, codes),
            "site_region_code": codes,
            "longitude": np.round(table["longitude"].to_numpy()[rows] + rng.uniform(-0.6, 0.6, len(rows)), 6),
            "latitude": np.round(table["latitude"].to_numpy()[rows] + rng.uniform(-0.6, 0.6, len(rows)), 6),
        }
    )
