"""How demo deliveries are told from real ones.

Two marks. Every demo table carries an empty column headed `演示数据`: no contract knows it, so it is listed
as ignored and never stored, and it stays with a file wherever that is copied. So whether a snapshot rests on
demo data, and whether demo and real files were mixed, follows from the deliveries alone (`provenance`). And
the file `演示数据.json` at the top of `data/raw`, which is no delivery, says how the season was made, and
which files it wrote.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

MARKER = "演示数据.json"
MARKER_COLUMN = "演示数据"
_MONTH_FOLDER = re.compile(r"\d{4}-\d{2}")


class RealDeliveriesError(Exception):
    """Deliveries lie in the folder that no demo season wrote: nothing is written beside them."""


@dataclass(frozen=True)
class Provenance:
    """Deliveries up to a month: how many carry the demo's mark, and the paths of those that do not."""

    demo_files: int
    real_files: list[str]

    @property
    def is_demo(self) -> bool:
        """True where any delivery is invented."""
        return self.demo_files > 0

    @property
    def is_mixed(self) -> bool:
        """True where invented and real deliveries lie together."""
        return self.is_demo and bool(self.real_files)


def is_demo(raw: Path) -> bool:
    """True where a demo season was written to the folder of deliveries `raw`."""
    return (raw / MARKER).is_file()


def provenance(con: duckdb.DuckDBPyConnection, as_of: date) -> Provenance:
    """Which deliveries of months up to `as_of` (its first day) are invented, by their header rows.

    Reads schema `raw`; files in which nothing was accepted tell nothing and are left out.
    """
    rows = con.execute(
        """
        SELECT d.file, bool_or(coalesce(list_contains(p.ignored_columns, ?), false)) AS is_marked
        FROM raw.delivery d JOIN raw.content_part p USING (content_id)
        WHERE p.status = 'accepted' AND d.delivery_month <= ?
        GROUP BY d.file ORDER BY d.file
        """,
        [MARKER_COLUMN, as_of],
    ).fetchall()
    return Provenance(
        sum(1 for _, is_marked in rows if is_marked), [file for file, is_marked in rows if not is_marked]
    )


def clear(raw: Path) -> None:
    """Make room for a new demo season: take away the files that the last one wrote.

    Raises:
        RealDeliveriesError: other deliveries lie in `raw`; nothing was taken away then.
    """
    written = set(json.loads((raw / MARKER).read_text(encoding="utf-8"))["files"]) if is_demo(raw) else set()
    folders = [p for p in raw.iterdir() if _MONTH_FOLDER.fullmatch(p.name)] if raw.is_dir() else []
    present = {
        p.relative_to(raw).as_posix() for folder in folders for p in folder.rglob("*") if not p.is_dir()
    }
    others = sorted(name for name in present - written if not Path(name).name.startswith((".", "~$")))
    if others:
        found = f"{others[0]} 等 {len(others)} 个"
        msg = f"{raw} 中已有非演示的报送文件（{found}），演示数据不能与真实数据混放；请换一个目录。"
        raise RealDeliveriesError(msg)
    for name in present & written:
        (raw / name).unlink()


def write_marker(raw: Path, description: dict[str, Any], files: list[str]) -> None:
    """Say in `raw` that what lies there is invented, how it was made, and which files (paths) that is."""
    text = {"说明": "本目录为演示数据，姓名、编号、数字均属虚构。", **description, "files": sorted(files)}
    (raw / MARKER).write_text(json.dumps(text, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
