"""By what the deliveries as a whole are known: asked before every refresh, so nothing heavy is imported."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def raw_sha256(con: duckdb.DuckDBPyConnection, through: date) -> str:
    """Hash over path and content of all deliveries of months up to `through` (first day of a month)."""
    digest = hashlib.sha256()
    for file, sha256 in con.execute(
        "SELECT file, coalesce(sha256, '') FROM raw.delivery WHERE delivery_month <= ? ORDER BY ALL",
        [through],
    ).fetchall():
        digest.update(f"{file}\0{sha256}\0".encode())
    return digest.hexdigest()
