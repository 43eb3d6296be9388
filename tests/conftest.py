"""What tests share: the seed and the budget of long ones, and the one Chromium of a test process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from budget import MINUTES, SEED, Budget
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


def pytest_report_header() -> str:
    return f"faults: seed {SEED}, budget {MINUTES:g} minutes for each long test"


@pytest.fixture
def budget() -> Budget:
    return Budget(SEED, MINUTES * 60)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, which reaches nothing but this machine; Playwright can be started once only."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        reason = "没有安装 Chromium，未做浏览器测试（apt-get install chromium fonts-noto-cjk）"
        if os.environ.get("LIANBING_BROWSER") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
            ],
        )
        yield browser
        browser.close()
