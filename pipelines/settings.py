"""Settings: defaults, then the environment (`LIANBING_*`), then the flags of the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from importlib.resources import files
from pathlib import Path

from assets.deliveries.limits import MIB, Limits
from pipelines.errors import UsageError

PREFIX = "LIANBING_"


@dataclass(frozen=True)
class Settings:
    """Where things lie and how far a refresh may go.

    Attributes:
        raw: folder of the deliveries.
        marts: folder of the published snapshots.
        warehouse: the working database; may be deleted at any time.
        rulebook: name of a folder of `sql/rulebook`, or the path of another rulebook.
        logs: folder of the refresh logs; None: `logs` beside the marts.
        memory: DuckDB's memory limit.
        workers: processes that read deliveries; None: as many as there are cores.
        file_size_mb: the largest file that is read, MiB; None as in `Limits`, here and in the next two.
        file_memory_mb: memory that reading one file may take, MiB.
        file_seconds: time that reading one file may take, seconds.
        automation: the schedules and the sensor are switched on when Dagster starts.
        smtp_host: mail server for failures; empty: no mail is sent.
        smtp_port: its port.
        smtp_from: the sender's address.
        smtp_to: receivers, separated by commas.
        smtp_user: login name, empty for none.
        smtp_password: login password.
        smtp_starttls: the connection is encrypted by STARTTLS.
    """

    raw: Path = Path("data/raw")
    marts: Path = Path("data/marts")
    warehouse: Path = Path("data/warehouse.duckdb")
    rulebook: str = "xinjiang_2022"
    logs: Path | None = None
    memory: str = "2GB"
    workers: int | None = None
    file_size_mb: int | None = None
    file_memory_mb: int | None = None
    file_seconds: int | None = None
    automation: bool = False
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_from: str = "lianbing@localhost"
    smtp_to: str = ""
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_starttls: bool = False

    @property
    def log_dir(self) -> Path:
        """Where the logs of the refreshes are written."""
        return self.logs if self.logs is not None else self.marts.parent / "logs"

    @property
    def rulebook_dir(self) -> Path:
        """The folder of the rulebook.

        Raises:
            UsageError: there is no such rulebook.
        """
        if "/" in self.rulebook or self.rulebook.startswith("."):
            folder = Path(self.rulebook)
        else:
            folder = Path(str(files("sql"))) / "rulebook" / self.rulebook
        if not folder.is_dir():
            known = "、".join(rulebook_names())
            raise UsageError(f"没有名为 {self.rulebook} 的规则文件夹。已有：{known}；也可以给出文件夹路径。")
        return folder

    @property
    def limits(self) -> Limits:
        """What reading one delivery may cost."""
        given = {
            "workers": self.workers,
            "file_bytes": self.file_size_mb and self.file_size_mb * MIB,
            "memory_bytes": self.file_memory_mb and self.file_memory_mb * MIB,
            "seconds": self.file_seconds,
        }
        return replace(Limits(), **{name: value for name, value in given.items() if value is not None})

    @property
    def mail_is_on(self) -> bool:
        """Failures are reported by mail."""
        return bool(self.smtp_host and self.smtp_to)

    @property
    def receivers(self) -> list[str]:
        """The addresses to which failures are reported."""
        return [address.strip() for address in self.smtp_to.split(",") if address.strip()]


def rulebook_names() -> list[str]:
    """The rulebooks that come with the project."""
    folder = Path(str(files("sql"))) / "rulebook"
    return sorted(entry.name for entry in folder.iterdir() if entry.is_dir() and any(entry.glob("*.toml")))


def _value(name: str, kind: str, text: str) -> object:
    """A setting as its type.

    Raises:
        UsageError: the text is not of that type.
    """
    if kind.startswith("int"):
        if not text.isdigit():
            raise UsageError(f"环境变量 {name} 应为正整数，现为：{text}")
        return int(text)
    if kind == "bool":
        return text.lower() in ("1", "true", "yes", "on", "是")
    return Path(text) if kind.startswith("Path") else text


def load_settings(environment: Mapping[str, str] | None = None, **flags: object) -> Settings:
    """The settings from the environment and from flags; a flag that is None was not given.

    Raises:
        UsageError: a variable cannot be read.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, object] = {}
    for field in fields(Settings):
        text = environment.get(PREFIX + field.name.upper(), "")
        if text:
            values[field.name] = _value(PREFIX + field.name.upper(), str(field.type), text)
    values.update({name: value for name, value in flags.items() if value is not None})
    return Settings(**values)  # type: ignore[arg-type]
