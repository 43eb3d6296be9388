"""`lianbing doctor`: is everything there that a refresh needs?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from assets.deliveries.scan import scan
from assets.published import current_name, is_whole, snapshot_names
from pipelines.lock import is_held, read_holder
from pipelines.session import MARTS_LOCK
from pipelines.settings import Settings

LEAST_SPACE = 2 << 30
OLDEST_PYTHON = (3, 11)
SAMPLE = 1
PACKAGES = ("dagster", "dagster-webserver", "duckdb", "polars", "pandera", "great-expectations", "streamlit")
SYSTEM_TIMEOUT = 10


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        subject: what, in Chinese.
        is_ok: a refresh is not held up by it.
        text: what was found, and how to mend it.
        is_required: without it no refresh succeeds.
    """

    subject: str
    is_ok: bool
    text: str
    is_required: bool = True


def examine(settings: Settings) -> list[Finding]:
    """Look at everything that a refresh needs."""
    checks: list[Callable[[Settings], Iterator[Finding]]] = [
        _versions, _folders, _space, _locks, _rulebook, _deliveries, _snapshots, _fonts,
    ]  # fmt: skip
    return [finding for check in checks for finding in check(settings)]


def _versions(_: Settings) -> Iterator[Finding]:
    here = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding("Python", sys.version_info >= OLDEST_PYTHON, f"{here}（需要 3.11 或更高）")
    pinned = _pins()
    for package in PACKAGES:
        try:
            found = version(package)
        except PackageNotFoundError:
            yield Finding(package, False, "未安装：请运行 make refresh 重建 .venv")
            continue
        wanted = pinned.get(package, found)
        text = found if wanted == found else f"{found}，应为 {wanted}：请删除 .venv 后运行 make refresh"
        yield Finding(package, wanted == found, text)


def _pins() -> dict[str, str]:
    """The versions that `requirements.in` names, where the project lies beside its packages."""
    path = Path(str(files("pipelines"))).parent / "requirements.in"
    if not path.is_file():
        return {}
    pins = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, pin = line.partition("#")[0].strip().partition("==")
        if pin:
            pins[name.partition("[")[0]] = pin
    return pins


def _nearest(path: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    path = path.absolute()
    while not path.exists():
        path = path.parent
    return path


def _folders(settings: Settings) -> Iterator[Finding]:
    raw = settings.raw
    readable = raw.is_dir() and os.access(raw, os.R_OK | os.X_OK)
    yield Finding(
        "报送文件夹",
        readable,
        str(raw) if readable else f"{raw} 不存在或无法读取：请建立该文件夹并授予读取权限",
    )
    for subject, path in (
        ("成果文件夹", settings.marts),
        ("工作库文件夹", settings.warehouse.parent),
        ("日志文件夹", settings.log_dir),
    ):
        writable = os.access(_nearest(path), os.W_OK | os.X_OK)
        yield Finding(subject, writable, str(path) if writable else f"{path} 无法写入：请授予写入权限")


def _space(settings: Settings) -> Iterator[Finding]:
    for subject, path in (("成果所在磁盘", settings.marts), ("工作库所在磁盘", settings.warehouse.parent)):
        free = shutil.disk_usage(_nearest(path)).free
        text = f"可用 {free / (1 << 30):.1f} GB"
        if free < LEAST_SPACE:
            text += f"，少于 {LEAST_SPACE >> 30} GB：请清理空间，或用 lianbing prune 删除旧成果"
        yield Finding(subject, free >= LEAST_SPACE, text)


def _locks(settings: Settings) -> Iterator[Finding]:
    lock = settings.marts / MARTS_LOCK
    if is_held(lock):
        yield Finding("更新锁", False, f"正有更新在运行：{read_holder(lock) or '另一个进程'}。请等它结束")
    elif holder := read_holder(lock):
        yield Finding("更新锁", True, f"上一次更新被中断（{holder}），下次更新会自动恢复")
    else:
        yield Finding("更新锁", True, "空闲")


def _rulebook(settings: Settings) -> Iterator[Finding]:
    from checks.rulebook import check_rulebook

    problems = check_rulebook(settings.rulebook_dir)
    text = settings.rulebook if not problems else "；".join(str(problem) for problem in problems[:SAMPLE])
    yield Finding("规则", not problems, text)


def _deliveries(settings: Settings) -> Iterator[Finding]:
    if not settings.raw.is_dir():
        return
    found = scan(settings.raw)
    months = sorted({f"{file.month:%Y-%m}" for file in found.deliveries})
    text = (
        f"{len(found.deliveries)} 个文件，{'、'.join(months)}"
        if months
        else "没有文件：请放入 <年-月> 文件夹"
    )
    yield Finding("报送文件", bool(months), text)
    closed = [
        file.file for file in found.deliveries if not file.refusal and not os.access(file.location, os.R_OK)
    ]
    if closed:
        yield Finding(
            "报送文件权限", False, f"{len(closed)} 个文件无法读取，例如 {closed[0]}：请授予读取权限"
        )
    if found.strangers:
        yield Finding(
            "报送文件夹中的其他内容", True, f"不会读取：{'、'.join(found.strangers)}", is_required=False
        )


def _snapshots(settings: Settings) -> Iterator[Finding]:
    name = current_name(settings.marts)
    if name is None:
        yield Finding("当前成果", True, "尚未发布", is_required=False)
        return
    whole = name in snapshot_names(settings.marts) and is_whole(settings.marts, name)
    yield Finding(
        "当前成果", whole, name if whole else f"{name} 不完整：请运行 lianbing refresh，或 lianbing rollback"
    )


def _fonts(_: Settings) -> Iterator[Finding]:
    """Pages use the fonts of the reader's machine; here it matters for printing only."""
    command = shutil.which("fc-list")
    fonts = ""
    if command:
        fonts = subprocess.run(  # noqa: S603 - a program of the system, no words from outside
            [command, ":lang=zh", "family"],
            capture_output=True,
            text=True,
            timeout=SYSTEM_TIMEOUT,
            check=False,
        ).stdout
    text = "已安装" if fonts.strip() else "本机未见中文字体；如需在本机打印说明单，请安装 fonts-noto-cjk"
    yield Finding("中文字体", bool(fonts.strip()), text, is_required=False)


def render(findings: list[Finding]) -> str:
    """The findings as people read them."""
    marks = {(True, True): "✓", (True, False): "✓", (False, True): "✗", (False, False): "!"}
    lines = [f"{marks[f.is_ok, f.is_required]} {f.subject}：{f.text}" for f in findings]
    bad = [f for f in findings if not f.is_ok and f.is_required]
    lines.append(f"\n有 {len(bad)} 项须处理（标 ✗）。" if bad else "\n可以更新。")
    return "\n".join(lines)
