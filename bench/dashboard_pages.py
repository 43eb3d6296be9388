"""Server time of each dashboard page, warm: its script is run again and again without a browser.

The last line of the output is JSON: seconds of the slowest page, and of each.
"""

from __future__ import annotations

import json
import os
import pkgutil
import statistics
import sys
import time
from pathlib import Path

RUNS = 5
PAGE = """
import streamlit as st
from dashboard import store
from dashboard.views import {view}
st.session_state["snapshot"] = store.snapshot_of(store.current_month())
{view}.render()
"""


def main(marts: Path) -> None:
    """Run each page once cold and then warm, and print."""
    os.environ["LIANBING_MARTS"] = str(marts)
    from streamlit.testing.v1 import AppTest

    import dashboard.views

    pages: dict[str, float] = {}
    for module in pkgutil.iter_modules(dashboard.views.__path__):
        app = AppTest.from_string(PAGE.format(view=module.name), default_timeout=120).run()
        if app.exception:
            sys.exit(f"{module.name}: {app.exception[0].message}")
        seconds = []
        for _ in range(RUNS):
            started = time.perf_counter()
            app.run()
            seconds.append(time.perf_counter() - started)
        pages[module.name] = statistics.median(seconds)
    print(json.dumps({"seconds": max(pages.values()), "pages": pages}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
