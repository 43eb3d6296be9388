"""The command line: `lianbing`."""

from __future__ import annotations

import atexit
import gc
import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.errors import Exit, LianbingError
from pipelines.settings import load_settings

# What is imported stays: looking for cycles in it again and again costs a tenth of a refresh.
RARELY = (1_000_000, 20, 100)
CONTEXT = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    help="练兵计分：读取报送文件，逐月计分，发布成果。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT,
)
explain_app = typer.Typer(help="说明一个得分的由来。", no_args_is_help=True)
rulebook_app = typer.Typer(help="规则文件。", no_args_is_help=True)
app.add_typer(explain_app, name="explain")
app.add_typer(rulebook_app, name="rulebook")

Raw = Annotated[Path | None, typer.Option("--raw", help="报送文件夹，默认 data/raw")]
Marts = Annotated[Path | None, typer.Option("--marts", help="成果文件夹，默认 data/marts")]
Warehouse = Annotated[Path | None, typer.Option("--warehouse", help="工作库文件，默认 data/warehouse.duckdb")]
RulebookName = Annotated[str | None, typer.Option("--rulebook", help="规则名称或文件夹，默认 xinjiang_2022")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="截至月份，如 2022-11")]
AsJson = Annotated[bool, typer.Option("--json", help="标准输出只给一个 JSON 对象")]
Snapshot = Annotated[str | None, typer.Argument(help="成果名称（可只写开头），默认为当前成果")]
Clause = Annotated[str | None, typer.Option("--clause", help="只看一个条款，如 C7.1")]
HtmlFile = Annotated[Path | None, typer.Option("--html", help="写成可打印的得分说明单")]


def _say(text: str, *, is_error: bool = False) -> None:
    typer.echo(text, err=is_error)


def _give_json(content: Any) -> None:  # noqa: ANN401 (any JSON value)
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2, default=str))


@app.command(help="更新：读取截至某月（默认最新月份）的报送文件，计分，检查，发布。")
def refresh(
    as_of: AsOf = None,
    raw: Raw = None,
    marts: Marts = None,
    warehouse: Warehouse = None,
    rulebook: RulebookName = None,
    make_current: Annotated[
        bool, typer.Option("--make-current", help="即使月份较早，也改为当前成果")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read, score, check and publish as of a month."""
    from pipelines.plan import parse_month
    from pipelines.refresh import refresh as run
    from pipelines.report import render

    settings = load_settings(raw=raw, marts=marts, warehouse=warehouse, rulebook=rulebook)
    month = parse_month(as_of) if as_of else None
    outcome = run(settings, month, make_current=make_current)
    _say(render(outcome), is_error=as_json or outcome.exit_code != Exit.PUBLISHED)
    if as_json:
        _give_json(outcome.as_json())
    raise typer.Exit(outcome.exit_code)


@app.command(help="写一个虚构的演示年度到报送文件夹。")
def demo(
    raw: Raw = None,
    scale: Annotated[str, typer.Option("--scale", help="规模：small、region、nation")] = "region",
    seed: Annotated[int, typer.Option("--seed", help="随机种子，相同种子得相同文件")] = 2022,
    months: Annotated[str, typer.Option("--months", help="月份范围，如 2022-01..2022-11")] = "",
    if_new: Annotated[bool, typer.Option("--if-new", help="仅当从未有过报送、也未发布过成果时才写")] = False,
) -> None:
    """Write an invented season."""
    from pipelines.demo import is_new, write_demo

    settings = load_settings(raw=raw)
    if if_new and not is_new(settings):
        return
    _say(write_demo(settings, scale, seed, months))


@app.command(help="现状：当前成果、已收月份、缺报、上次更新。")
def status(raw: Raw = None, marts: Marts = None, as_json: AsJson = False) -> None:
    """Say what stands, what came and what is missing."""
    from pipelines.status import gather, render

    found = gather(load_settings(raw=raw, marts=marts))
    if as_json:
        _give_json(found)
    else:
        _say(render(found))


@app.command(help="核验：重新计算成果文件及其报送文件的哈希，列出不再相符的。")
def verify(snapshot: Snapshot = None, raw: Raw = None, marts: Marts = None) -> None:
    """Hash a snapshot and its deliveries anew."""
    from pipelines.audit import resolve
    from pipelines.audit import verify as run

    settings = load_settings(raw=raw, marts=marts)
    name = resolve(settings.marts, snapshot)
    findings = run(settings.marts, settings.raw, name)
    for finding in findings:
        _say(f"✗ {finding}")
    _say(f"{name}：{f'有 {len(findings)} 处不符' if findings else '成果文件与报送文件均与发布时一致'}")
    raise typer.Exit(Exit.HELD_BACK if findings else Exit.PUBLISHED)


@app.command(help="比较两个成果：哪些得分变了，是数据（哪些文件、哪些行）、规则还是程序引起的。")
def diff(
    before: Annotated[str, typer.Argument(help="前一个成果（可只写开头）")],
    after: Annotated[str, typer.Argument(help="后一个成果，默认为当前成果")] = "current",
    marts: Marts = None,
    as_json: AsJson = False,
) -> None:
    """Compare two snapshots, score by score."""
    from pipelines.audit import diff as run
    from pipelines.audit import render, resolve

    folder = load_settings(marts=marts).marts
    found = run(folder, resolve(folder, before), resolve(folder, after))
    if as_json:
        _give_json(vars(found) | {"causes": found.causes})
    else:
        _say(render(found))


@app.command(help="把当前成果改回以前的一个。")
def rollback(
    snapshot: Annotated[
        str | None, typer.Argument(help="要恢复的成果（可只写开头），默认为前一次发布的")
    ] = None,
    marts: Marts = None,
) -> None:
    """Point `current` to an earlier snapshot."""
    from pipelines.housekeeping import roll_back

    _say(roll_back(load_settings(marts=marts), snapshot))


@app.command(help="删除旧成果（当前成果总是保留）。")
def prune(
    keep: Annotated[int, typer.Option("--keep", min=1, help="保留最近发布的几个")] = 12,
    marts: Marts = None,
) -> None:
    """Remove old snapshots."""
    from pipelines.housekeeping import prune as run

    _say(run(load_settings(marts=marts), keep))


@app.command(help="体检：更新所需的文件夹、空间、锁、字体、版本、报送文件是否齐备。")
def doctor(
    raw: Raw = None, marts: Marts = None, warehouse: Warehouse = None, rulebook: RulebookName = None
) -> None:
    """Look at everything that a refresh needs."""
    from pipelines.doctor import examine, render

    findings = examine(load_settings(raw=raw, marts=marts, warehouse=warehouse, rulebook=rulebook))
    _say(render(findings))
    is_bad = any(not finding.is_ok and finding.is_required for finding in findings)
    raise typer.Exit(Exit.INTERNAL if is_bad else Exit.PUBLISHED)


@rulebook_app.command("check", help="校验规则文件，逐条指出文件、行号和问题。")
def rulebook_check(folder: Annotated[Path, typer.Argument(help="规则文件夹")]) -> None:
    """Validate a rulebook."""
    from checks.rulebook import check_rulebook

    problems = check_rulebook(folder)
    for problem in problems:
        _say(str(problem))
    _say(f"共 {len(problems)} 处问题。" if problems else f"{folder.name}：规则可用。")
    raise typer.Exit(Exit.HELD_BACK if problems else Exit.PUBLISHED)


def _explain(
    subject: str, entity: str, clause: str | None, as_of: str | None, marts: Path | None, as_json: bool
) -> None:
    from pipelines.plan import parse_month
    from reports.explain import explain_bureau, explain_officer
    from reports.explain_text import to_json, to_text
    from reports.queries.connection import find_snapshot

    month = f"{parse_month(as_of):%Y-%m}" if as_of else None
    folder = find_snapshot(load_settings(marts=marts).marts, month)
    found = (explain_officer if subject == "officer" else explain_bureau)(folder, entity, clause)
    _say(to_json(found) if as_json else to_text(found))


@explain_app.command("officer", help="个人得分的由来。")
def explain_officer_command(
    officer_id: Annotated[str, typer.Argument(help="人员编号")],
    clause: Clause = None,
    as_of: AsOf = None,
    marts: Marts = None,
    html: HtmlFile = None,
    as_json: AsJson = False,
) -> None:
    """Say where an officer's points come from."""
    if html is not None:
        _write_statement("officer", officer_id, as_of, marts, html)
    else:
        _explain("officer", officer_id, clause, as_of, marts, as_json)


@explain_app.command("bureau", help="集体得分的由来。")
def explain_bureau_command(
    code: Annotated[str, typer.Argument(help="区划代码")],
    clause: Clause = None,
    as_of: AsOf = None,
    marts: Marts = None,
    html: HtmlFile = None,
    as_json: AsJson = False,
) -> None:
    """Say where a bureau's points come from."""
    if html is not None:
        _write_statement("bureau", code, as_of, marts, html)
    else:
        _explain("bureau", code, clause, as_of, marts, as_json)


def _write_statement(subject: str, entity: str, as_of: str | None, marts: Path | None, html: Path) -> None:
    from pipelines.plan import parse_month
    from reports import statements
    from reports.queries.connection import find_snapshot

    month = f"{parse_month(as_of):%Y-%m}" if as_of else None
    statements.write_one(find_snapshot(load_settings(marts=marts).marts, month), subject, entity, html)
    _say(f"已写入 {html}")


@app.command(help="写出各地州的问题清单（每地州一个工作簿）。")
def feedback(
    as_of: AsOf = None,
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹")] = Path("问题清单"),
    marts: Marts = None,
) -> None:
    """Write the problem lists."""
    from pipelines.plan import parse_month
    from reports import feedback as lists
    from reports.queries.connection import find_snapshot, open_snapshot

    month = f"{parse_month(as_of):%Y-%m}" if as_of else None
    out.mkdir(parents=True, exist_ok=True)
    with open_snapshot(find_snapshot(load_settings(marts=marts).marts, month)) as con:
        lists.write(con, out)
    _say(f"问题清单已写入 {out}")


@app.command(help="报送前自查：与正式更新相同的规则和说法。")
def check(
    files: Annotated[list[Path], typer.Argument(help="要自查的文件")],
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="把清单写成工作簿")] = None,
    rulebook: RulebookName = None,
) -> None:
    """Judge files before they are delivered."""
    from pipelines.selfcheck import run_check

    raise typer.Exit(run_check(files, xlsx, load_settings(rulebook=rulebook).rulebook_dir))


@app.command(help="写出各类数据的空白报送表。")
def template(
    directory: Annotated[Path, typer.Argument(help="写到哪个文件夹")], rulebook: RulebookName = None
) -> None:
    """Write an empty workbook for each source."""
    from pipelines.delivery_template import write_templates

    for path in write_templates(directory, load_settings(rulebook=rulebook).rulebook_dir):
        _say(str(path))


def _foreseen() -> tuple[type[Exception], ...]:
    """The failures that carry a Chinese message for people; what was not imported cannot have been raised."""
    named = (
        ("reports.queries.connection", "SnapshotError"),
        ("reports.explain", "ExplainError"),
        ("checks.rulebook", "RulebookError"),
    )
    return tuple(getattr(sys.modules[module], name) for module, name in named if module in sys.modules)


def run() -> None:
    """Run a command; a failure that people can mend is a sentence, not a traceback."""
    gc.set_threshold(*RARELY)
    try:
        app()
    except LianbingError as error:
        _say(str(error), is_error=True)
        sys.exit(error.exit_code)
    except Exception as error:
        if not isinstance(error, _foreseen()):
            raise
        _say(str(error), is_error=True)
        sys.exit(Exit.USAGE)


def main() -> None:
    """Run a command and end the process at once.

    To free object by object what it imported and made takes Python half a second after a refresh. What was
    registered for the end is done, and what was said is written; a failure of ours ends in the usual way.
    """
    try:
        run()
    except SystemExit as ended:
        status = int(ended.code or 0)
    else:
        status = 0
    atexit._run_exitfuncs()  # what `os._exit` leaves out: the end of our own processes
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
