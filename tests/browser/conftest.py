"""One published season and one server for all browser tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlsplit

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect

from pipelines.refresh import refresh
from pipelines.settings import Settings
from reports.queries.connection import find_snapshot, open_snapshot

SEASON = Path(__file__).parents[1] / "reference-season" / "a-messy-season" / "raw"
MONTHS = (date(2022, 10, 1), date(2022, 11, 1))
PATIENCE = 30  # seconds for the server to start, and for a page to settle


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder opens a browser."""
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def marts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The messy season, published as of October and November."""
    root = tmp_path_factory.mktemp("season")
    settings = Settings(raw=SEASON, marts=root / "marts", warehouse=root / "w.duckdb")
    for month in MONTHS:
        outcome = refresh(settings, month, is_quiet=True)
        assert outcome.status == "published", outcome
    return settings.marts


@pytest.fixture(scope="session")
def server(marts: Path) -> Iterator[str]:
    """The address of the pages."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "--marts", str(marts), "--port", str(port)]
    root = Path(__file__).parents[2]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LIANBING_")}
    with subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended"
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server does not answer")


@dataclass
class Visit:
    """A visitor's tab: what it asked for outside this machine, and what went wrong in it."""

    page: Page
    server: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen."""
        self.page.on("request", self._requested)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _requested(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
            self.outside.append(request.url)

    def open(self, path: str = "", **filters: str) -> None:
        """Open a page with filters in its address, and wait until it stands."""
        query = "&".join(f"{name}={quote(value)}" for name, value in filters.items())
        self.page.goto(f"{self.server}/{path}?{query}")
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run and nothing is stale."""
        self.page.locator("h1").first.wait_for(timeout=PATIENCE * 1000)
        self.page.wait_for_function(
            "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
            " && !document.querySelector('[data-stale=true]')"
            # The style of the pages has arrived: what it hides of Streamlit is hidden.
            " && getComputedStyle(document.querySelector('[data-testid=stSkipToContent]')).display"
            " === 'none'",
            timeout=PATIENCE * 1000,
        )

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a box, as a person does."""
        box = self.page.get_by_role("combobox", name=label)
        box.click()
        box.fill(option)
        self.page.get_by_role("option", name=option, exact=True).click()
        self.settle()

    def expect_card(self, name: str, figure: str) -> None:
        """Wait until a card shows a figure: after a click the page takes a moment to begin anew."""
        card = self.page.locator(".lb-card", has=self.page.get_by_text(name, exact=True))
        expect(card.locator("b")).to_have_text(figure, timeout=PATIENCE * 1000)

    def table(self, number: int = 0) -> list[list[str]]:
        """The cells of a table, its head first."""
        rows = self.page.locator(".lb-box").nth(number).locator("tr")
        return rows.evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.innerText))")

    def download(self, button: str, number: int = 0) -> Path:
        """The file behind a button."""
        with self.page.expect_download() as started:
            self.page.get_by_role("button", name=button).nth(number).click()
        return started.value.path()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield Visit(context.new_page(), server)
    context.close()


@pytest.fixture(scope="session")
def con(marts: Path) -> duckdb.DuckDBPyConnection:
    """The marts as of November, which the pages show first."""
    return open_snapshot(find_snapshot(marts, "2022-11"))
