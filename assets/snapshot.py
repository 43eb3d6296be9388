"""Publication: a snapshot is built beside the others, brought to the disk, and put in place by one rename."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.dictionary import Table, read_dictionary
from assets.models import SIDE_BY_SIDE
from assets.published import (
    BUILDING,
    DATABASE,
    MANIFEST,
    SNAPSHOTS,
    fsync_folder,
    fsync_tree,
    is_whole,
    remove_snapshot,
    write_json,
)
from assets.warehouse import literal

if TYPE_CHECKING:
    import duckdb

STORAGE_VERSION = "v1.0.0"  # any DuckDB since 1.1 opens it
ID_LENGTH = 12
CHUNK = 1 << 20
PARQUET = ".parquet"
ATTACHED = f"STORAGE_VERSION '{STORAGE_VERSION}', RECOVERY_MODE 'no_wal_writes'"  # half a file is thrown away
UNUSED_COMPRESSION = "fsst"  # a fifth of writing, for a quarter less of the file
PUBLISHED = "published"  # the name under which the database is attached while it is written and judged


class UndocumentedError(Exception):
    """A mart, or a column of one, stands in no line of the dictionary."""


@dataclass(frozen=True)
class Identity:
    """What a snapshot is a function of.

    Attributes:
        as_of: the first day of the as-of month.
        raw_sha256: over all deliveries up to that month.
        rulebook_id: name of the rulebook.
        rulebook_sha256: over its files.
        code_version: see `assets.version`.
    """

    as_of: date
    raw_sha256: str
    rulebook_id: str
    rulebook_sha256: str
    code_version: str

    @property
    def name(self) -> str:
        """The folder's name: as-of month and the first characters of a hash over the other three."""
        parts = "\n".join((self.raw_sha256, self.rulebook_sha256, self.code_version))
        return f"{self.as_of:%Y-%m}_{hashlib.sha256(parts.encode()).hexdigest()[:ID_LENGTH]}"


@dataclass
class Building:
    """A snapshot in the making; nobody sees it before `publish`.

    Attributes:
        marts: the marts folder.
        folder: where it is built.
        tables: rows of each table, once written.
    """

    marts: Path
    folder: Path
    tables: dict[str, int] = field(default_factory=dict)

    @property
    def data_docs(self) -> Path:
        """Where Great Expectations' site goes."""
        return self.folder / "data_docs"

    @property
    def reports(self) -> Path:
        """Where the workbooks and statements go."""
        return self.folder / "reports"

    def discard(self) -> None:
        """Take away what was built."""
        shutil.rmtree(self.folder, ignore_errors=True)


def start_building(marts: Path) -> Building:
    """Make an empty folder beside the snapshots.

    Raises:
        OSError: the marts folder cannot be written.
    """
    snapshots = marts / SNAPSHOTS
    snapshots.mkdir(parents=True, exist_ok=True)
    folder = snapshots / f"{BUILDING}{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return Building(marts, folder)


def write_tables(con: duckdb.DuckDBPyConnection, building: Building, names: Iterable[str]) -> None:
    """Write what schema `marts` shows into `marts.duckdb` and `parquet/`, rows in the order of their keys.

    Raises:
        UndocumentedError: the dictionary does not know a table or a column.
        duckdb.Error: the disk is full, or the like.
    """
    dictionary = read_dictionary()
    parquet = building.folder / "parquet"
    parquet.mkdir()
    database = literal(building.folder / DATABASE)
    con.execute(f"ATTACH {database} AS {PUBLISHED} ({ATTACHED})")
    con.execute("SET disabled_compression_methods = ?", [UNUSED_COMPRESSION])
    try:
        con.execute(f"CREATE SCHEMA {PUBLISHED}.marts")
        tables = [_documented(dictionary, name) for name in sorted(names)]

        def write(table: Table) -> int:
            with con.cursor() as cursor:
                return _write_table(cursor, table, parquet)

        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:  # DuckDB writes a table with one core
            rows = pool.map(write, tables)
            building.tables |= {table.name: count for table, count in zip(tables, rows, strict=True)}
    finally:
        con.execute(f"DETACH {PUBLISHED}")
        con.execute("RESET disabled_compression_methods")


def show_tables(con: duckdb.DuckDBPyConnection, building: Building) -> None:
    """Let schema `marts` show the written tables: from here on nothing is computed again."""
    con.execute(f"ATTACH {literal(building.folder / DATABASE)} AS {PUBLISHED} (READ_ONLY)")
    for name in building.tables:
        con.execute(f'CREATE OR REPLACE VIEW marts."{name}" AS FROM {PUBLISHED}.marts."{name}"')


def _documented(dictionary: Mapping[str, Table], name: str) -> Table:
    if name not in dictionary:
        raise UndocumentedError(f"marts.{name}")
    return dictionary[name]


def _write_table(con: duckdb.DuckDBPyConnection, table: Table, parquet: Path) -> int:
    """Copy one table, with its comments, and write it as Parquet; returns its rows."""
    columns = {row[0]: row[1] for row in con.execute(f'DESCRIBE marts."{table.name}"').fetchall()}
    if set(columns) != set(table.columns):
        raise UndocumentedError(f"marts.{table.name}: {sorted(set(columns) ^ set(table.columns))}")
    target = f'{PUBLISHED}.marts."{table.name}"'
    order = ", ".join(f'"{column}"' for column in table.key)
    written = ", ".join(
        _as_text(column) if kind.startswith("ENUM") else f'"{column}"' for column, kind in columns.items()
    )
    con.begin()  # each comment by itself would be brought to the disk
    made = con.execute(
        f'CREATE TABLE {target} AS SELECT {written} FROM (FROM marts."{table.name}" ORDER BY {order})'  # noqa: S608
    ).fetchall()
    con.execute(f"COMMENT ON TABLE {target} IS {literal(table.words.comment)}")
    for column in columns:
        con.execute(f'COMMENT ON COLUMN {target}."{column}" IS {literal(table.columns[column].comment)}')
    con.commit()
    path = literal(parquet / f"{table.name}{PARQUET}")
    con.execute(f"COPY (FROM {target}) TO {path} (FORMAT parquet, COMPRESSION zstd)")
    rows: int = made[0][0]
    return rows


def _as_text(column: str) -> str:
    """A column of words: sorted by their numbers, published as what they say."""
    return f'"{column}"::VARCHAR AS "{column}"'


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def list_files(folder: Path, rows: dict[str, int]) -> dict[str, dict[str, Any]]:
    """Every file below `folder` but the manifest, by path, with size and hash; Parquet with its rows."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name == MANIFEST:
            continue
        found[name] = {"size": path.stat().st_size, "sha256": file_sha256(path)}
        if path.suffix == PARQUET:
            found[name]["rows"] = rows[path.stem]
    return found


def write_manifest(building: Building, identity: Identity, facts: dict[str, Any]) -> None:
    """Write `manifest.json`: who it is, its files with hashes, its tables with counts, and facts."""
    import duckdb

    content = {
        "name": identity.name,
        "as_of_month": f"{identity.as_of:%Y-%m}",
        "raw_sha256": identity.raw_sha256,
        "rulebook": {"id": identity.rulebook_id, "sha256": identity.rulebook_sha256},
        "code_version": identity.code_version,
        "made_with": {"duckdb": duckdb.__version__, "python": platform.python_version()},
        **facts,
        "tables": building.tables,
        "files": list_files(building.folder, building.tables),
    }
    write_json(building.folder / MANIFEST, content)


def publish(
    building: Building, identity: Identity, *, at_step: Callable[[str], None] = lambda _: None
) -> bool:
    """Put a finished snapshot in its place.

    Args:
        building: the snapshot, with its manifest.
        identity: what it is made from.
        at_step: called with the name of each step before it is taken (tests kill the process there).

    Returns:
        True where it is new; False where the same one stood there whole (what was built is thrown away).
    """
    target = building.marts / SNAPSHOTS / identity.name
    if target.exists():
        if is_whole(building.marts, identity.name):
            building.discard()
            return False
        at_step("remove_broken")
        remove_snapshot(building.marts, identity.name)
    at_step("fsync")
    fsync_tree(building.folder)
    at_step("rename")
    building.folder.rename(target)
    at_step("fsync_folder")
    fsync_folder(building.marts / SNAPSHOTS)
    return True
