"""Before anything heavy: which month is wanted, and is its snapshot there already?

Nothing is opened here but the warehouse; Dagster, Great Expectations and the contracts are not imported.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assets.deliveries.identity import raw_sha256
from assets.deliveries.scan import Found, Scan, scan
from assets.published import is_whole
from assets.snapshot import Identity
from assets.version import code_version
from pipelines.errors import NothingToReadError, UsageError
from pipelines.season import read_season
from pipelines.settings import Settings

if TYPE_CHECKING:
    import duckdb

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def parse_month(text: str) -> date:
    """The first day of a month written as YYYY-MM.

    Raises:
        UsageError: it is not written so.
    """
    found = MONTH.fullmatch(text.strip())
    if not found:
        raise UsageError(f"月份应写作 年-月，例如 2022-11；现为：{text}")
    return date(int(found[1]), int(found[2]), 1)


def look_for_deliveries(raw: Path) -> Scan:
    """What lies in the folder of deliveries.

    Raises:
        NothingToReadError: there is no such folder, or it holds no deliveries.
    """
    try:
        found = scan(raw)
    except (FileNotFoundError, NotADirectoryError):
        raise NothingToReadError(
            f"没有报送文件夹 {raw}：请建立该文件夹，把各月文件放入 {raw}/<年-月>/（例如 {raw}/2022-11/）。"
        ) from None
    if not found.deliveries:
        raise NothingToReadError(
            f"{raw} 中没有报送文件：请把各月文件放入 {raw}/<年-月>/（例如 {raw}/2022-11/）。"
        )
    return found


def choose_month(found: Scan, wanted: date | None, settings: Settings) -> date:
    """The as-of month: the one wanted, or the latest delivered.

    Raises:
        NothingToReadError: nothing was delivered for the month wanted, nor is it one that only informs about
            the months of its year that were delivered.
    """
    months = sorted({file.month for file in found.deliveries})
    if wanted is None:
        return months[-1]
    if wanted not in months and not (
        wanted.year in {month.year for month in months} and read_season(settings).only_informs(wanted)
    ):
        listed = "、".join(f"{month:%Y-%m}" for month in months)
        raise NothingToReadError(f"没有 {wanted:%Y-%m} 的报送文件。已有：{listed}。")
    return wanted


def known_identity(
    con: duckdb.DuckDBPyConnection, settings: Settings, found: list[Found], as_of: date
) -> Identity | None:
    """What a snapshot of now would be a function of; None where a delivery must be opened to know.

    Args:
        con: the warehouse.
        settings: where the rulebook lies.
        found: all deliveries.
        as_of: the as-of month.
    """
    tables = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'raw' AND table_name = 'delivery'"
    ).fetchall()
    if not tables[0][0]:
        return None
    known = con.execute(
        "SELECT file, size, mtime_ns FROM raw.delivery WHERE delivery_month <= ?", [as_of]
    ).fetchall()
    if set(known) != {(file.file, file.size, file.mtime_ns) for file in found if file.month <= as_of}:
        return None
    refused_for_now = con.execute(
        "SELECT count(*) FROM raw.delivery JOIN raw.content USING (content_id)"
        " WHERE delivery_month <= ? AND contract_version IS NULL",
        [as_of],
    ).fetchall()
    if refused_for_now[0][0]:
        return None  # no permission, no time, no memory: that may have passed
    from checks.rulebook import load

    rulebook = load(settings.rulebook_dir)
    return Identity(as_of, raw_sha256(con, as_of), rulebook.id, rulebook.sha256, code_version())


def is_published(settings: Settings, identity: Identity) -> bool:
    """True where the snapshot stands there whole."""
    return is_whole(settings.marts, identity.name)
