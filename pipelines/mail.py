"""Telling people by mail that a refresh failed."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

from pipelines.last_refresh import read_last_refresh
from pipelines.settings import Settings

TIMEOUT_SECONDS = 30


def send_failure(settings: Settings, month: str, reason: str) -> None:
    """Send one mail with the month, the reason as the first page shows it, and where to look.

    Raises:
        OSError: the mail server cannot be reached, or refuses.
    """
    last = read_last_refresh(settings.marts)
    if last.get("status") != "published" and last.get("as_of_month") == month and last.get("message_zh"):
        reason = last["message_zh"]
    mail = EmailMessage()
    mail["Subject"] = f"练兵计分更新失败 {month}"
    mail["From"] = settings.smtp_from
    mail["To"] = ", ".join(settings.receivers)
    mail.set_content(
        f"{month} 的更新未能完成，已发布的成果不变。\n\n原因：\n{reason}\n\n"
        f"处理办法见 docs/runbook.md；日志：{last.get('log') or settings.log_dir}\n"
    )
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS) as server:
        if settings.smtp_starttls:
            server.starttls()
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        server.send_message(mail)
