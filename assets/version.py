"""Which code made a snapshot."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

PACKAGES = ("assets", "checks", "pipelines", "reports", "sql")
ENDINGS = (".py", ".sql", ".toml", ".html", ".css")
RULEBOOKS = "rulebook"


@cache
def code_version() -> str:
    """The project's version and a hash over all files that take part in a snapshot, e.g. `0.1.0+3f9a0c…`.

    The rulebooks are left out: a snapshot names its rulebook by a hash of its own. The dashboard is left out,
    for it only reads.
    """
    digest = hashlib.sha256()
    for package in PACKAGES:
        root = Path(str(files(package)))
        for path in sorted(root.rglob("*")):
            inside = path.relative_to(root)
            if path.suffix not in ENDINGS or inside.parts[0] == RULEBOOKS:
                continue
            digest.update(f"{package}/{inside.as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{version('lianbing')}+{digest.hexdigest()[:12]}"
