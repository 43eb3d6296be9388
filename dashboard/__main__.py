"""`python -m dashboard [--marts DIR] [streamlit's flags]`: serve the pages on this machine."""

from __future__ import annotations

import argparse
import os
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent


def flags() -> Iterator[str]:
    """The options of `.streamlit/config.toml`, as flags: they hold wherever the command is given."""
    for section, options in tomllib.loads((HERE / ".streamlit" / "config.toml").read_text("utf-8")).items():
        for name, value in options.items():
            text = str(value).lower() if isinstance(value, bool) else str(value)
            yield f"--{section}.{name}={text}"


def main(arguments: list[str] | None = None) -> None:
    """Start Streamlit in this process's place; flags it does not know itself are handed on."""
    parser = argparse.ArgumentParser(
        prog="python -m dashboard", description="练兵看板：办公室人员使用的页面。"
    )
    parser.add_argument("--marts", type=Path, help="成果文件夹，默认 data/marts（或环境变量 LIANBING_MARTS）")
    parser.add_argument("--port", type=int, help="端口，默认 8501")
    known, others = parser.parse_known_args(arguments)
    if known.marts is not None:
        os.environ["LIANBING_MARTS"] = str(known.marts.resolve())
    if known.port is not None:
        others.append(f"--server.port={known.port}")
    command = [sys.executable, "-m", "streamlit", "run", str(HERE / "app.py"), *flags(), *others]
    os.execv(sys.executable, command)  # noqa: S606 - our own program, no shell


if __name__ == "__main__":
    main()
