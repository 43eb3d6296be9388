"""fastexcel's own reading of the workbooks below a folder, all as text: the measure of the xlsx case."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import fastexcel


def main(raw: Path) -> None:
    """Read every sheet of every workbook, and print how long it took and how many rows there were."""
    started = time.perf_counter()
    rows = 0
    for path in sorted(raw.glob("*/*/*.xlsx")):
        book = fastexcel.read_excel(path)
        for name in book.sheet_names:
            sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
            rows += sheet.to_polars().height
    print(json.dumps({"seconds": time.perf_counter() - started, "rows": rows}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
