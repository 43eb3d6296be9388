"""The published snapshots as a folder: finding them, switching the pointer, sweeping, pruning.

`<marts>/snapshots/<as-of>_<id>/` never changes once it is there; `<marts>/current` is a relative symbolic
link that one atomic rename switches.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

SNAPSHOTS = "snapshots"
CURRENT = "current"
DATABASE = "marts.duckdb"
MANIFEST = "manifest.json"
BUILDING = ".building-"
REMOVED = ".removed-"
NEXT_POINTER = ".current-"
HALF_WRITTEN = ".half-"
NAME = re.compile(r"\d{4}-(0[1-9]|1[0-2])_[0-9a-f]{12}")


def fsync_tree(folder: Path) -> None:
    """Bring every file and folder below `folder`, and itself, to the disk."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def fsync_folder(folder: Path) -> None:
    """Bring the entries of a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_json(path: Path, content: Any) -> None:  # noqa: ANN401 (any JSON value)
    """Write a JSON file so that a reader sees the old or the new one, never half."""
    temporary = path.with_name(f"{HALF_WRITTEN}{path.name}-{os.getpid()}")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=2, default=str)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def snapshot_names(marts: Path) -> list[str]:
    """The names of all complete snapshots, by as-of month and id."""
    folder = marts / SNAPSHOTS
    if not folder.is_dir():
        return []
    return sorted(e.name for e in folder.iterdir() if NAME.fullmatch(e.name) and (e / MANIFEST).is_file())


def current_name(marts: Path) -> str | None:
    """The name of the snapshot that readers see; None where nothing is published."""
    try:
        return (marts / CURRENT).readlink().name
    except OSError:
        return None


def read_manifest(marts: Path, name: str) -> dict[str, Any]:
    """The manifest of a snapshot.

    Raises:
        OSError: it is not there.
        ValueError: it is no JSON.
    """
    content: dict[str, Any] = json.loads((marts / SNAPSHOTS / name / MANIFEST).read_text(encoding="utf-8"))
    return content


def is_whole(marts: Path, name: str) -> bool:
    """True where the snapshot is there and each of its files has the size that the manifest names.

    The hashes are for `lianbing verify`.
    """
    folder = marts / SNAPSHOTS / name
    try:
        listed = read_manifest(marts, name)["files"]
        return all((folder / path).stat().st_size == entry["size"] for path, entry in listed.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def switch_current(marts: Path, name: str) -> None:
    """Point `current` to a snapshot, by one rename."""
    if current_name(marts) == name:
        return
    temporary = marts / f"{NEXT_POINTER}{os.getpid()}"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(Path(SNAPSHOTS) / name, target_is_directory=True)
    temporary.replace(marts / CURRENT)
    fsync_folder(marts)


def sweep(marts: Path) -> list[str]:
    """Remove what interrupted refreshes left; only for the holder of the lock.

    Returns:
        The names of what was removed.
    """
    leftovers: list[Path] = []
    if (marts / SNAPSHOTS).is_dir():
        leftovers += [e for e in (marts / SNAPSHOTS).iterdir() if e.name.startswith((BUILDING, REMOVED))]
    if marts.is_dir():
        leftovers += [e for e in marts.iterdir() if e.name.startswith((NEXT_POINTER, HALF_WRITTEN))]
    for path in leftovers:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    return sorted(path.name for path in leftovers)


def remove_snapshot(marts: Path, name: str) -> None:
    """Remove a snapshot; from the first moment on nobody finds half of it."""
    folder = marts / SNAPSHOTS / name
    away = folder.with_name(f"{REMOVED}{name}")
    folder.rename(away)
    shutil.rmtree(away)


def prunable(marts: Path, keep: int) -> list[str]:
    """The snapshots beyond the `keep` published last, leaving out the current one, the oldest first."""
    names = snapshot_names(marts)
    names.sort(key=lambda name: (str(read_manifest(marts, name).get("published_at", "")), name))
    current = current_name(marts)
    return [name for name in names[: max(0, len(names) - keep)] if name != current]
