"""`<marts>/last_refresh.json`: how the last refresh ended.

The dashboard's first page and `lianbing status` read it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assets.published import write_json

FILE = "last_refresh.json"


def read_last_refresh(marts: Path) -> dict[str, Any]:
    """How the last refresh ended; empty where none has run yet, or the file cannot be read."""
    try:
        content: dict[str, Any] = json.loads((marts / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content


def write_last_refresh(marts: Path, content: dict[str, Any]) -> None:
    """Say how the last refresh ended.

    Raises:
        OSError: the folder cannot be written.
    """
    write_json(marts / FILE, content)
