"""How demo deliveries are told from real ones.

Two marks. Every demo table carries an empty column headed `演示数据`: no contract knows it, so it is listed
as ignored and never stored, and it stays with a file wherever that is copied. So whether a snapshot rests on
demo data, and whether demo and real files were mixed, follows from the deliveries alone. And the file
`演示数据.json` at the top of `data/raw`, which is no delivery, says how the season was made, and which files
it wrote.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from assets.deliveries.scan import DEMO_MARKER

MARKER = DEMO_MARKER
MARKER_COLUMN = "演示数据"
_MONTH_FOLDER = re.compile(r"\d{4}-\d{2}")


class RealDeliveriesError(Exception):
    """Deliveries lie in the folder that no demo season wrote: nothing is written beside them."""


def is_demo(raw: Path) -> bool:
    """True where a demo season was written to the folder of deliveries `raw`."""
    return (raw / MARKER).is_file()


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
