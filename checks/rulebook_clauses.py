"""The clauses of a rulebook: a TOML file for each row of the annex tables, held against what the SQL asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from checks.rulebook_bands import Step, read_band
from checks.rulebook_reader import Document, Node
from checks.rulebook_shape import LEVELS, SHAPES, VETOES, Shape

WHOSE = ("own", "prefecture", "counties")


@dataclass(frozen=True)
class Item:
    """An item of the bureaus' returns.

    Attributes:
        item: its code.
        kind: `yes_no` or `number`.
        points: what a yes gives; the largest value of a number.
        whose: whose row counts: the bureau's `own`, that of its `prefecture`, or those of all `counties` in
            its cover (a county, or a prefecture without county bureaus: its own).
    """

    item: str
    kind: str
    points: Decimal
    whose: str


@dataclass(frozen=True)
class Clause:
    """A scored clause with its numbers by level."""

    clause_id: str
    title_zh: str
    max_points: Decimal
    quote_zh: str
    reading: str
    source: str
    formula_zh: str
    parameters: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    bands: dict[str, list[Step]] = field(default_factory=dict)
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Veto:
    """A clause that disqualifies instead of scoring."""

    veto_id: str
    title_zh: str
    quote_zh: str
    source: str


@dataclass(frozen=True)
class Group:
    """A row of an annex table: a file."""

    group_id: str
    subject: str
    title_zh: str
    annex: str
    max_points: Decimal
    clauses: tuple[Clause, ...]
    vetoes: tuple[Veto, ...]


def read_parameters(node: Node, shape: Shape, subject: str) -> dict[tuple[str, str], Decimal]:
    """The numbers of a clause: (level, name) → value; one number stands for all levels."""
    values = {}
    for name in shape.parameters:
        if isinstance(node.data.get(name), dict):
            by_level = node.table(name)
            for level in LEVELS[subject]:
                value = by_level.number(level)
                if value is not None:
                    values[(level, name)] = value
            by_level.finish()
        else:
            value = node.number(name)
            if value is not None:
                values.update({(level, name): value for level in LEVELS[subject]})
    for (_, name), value in values.items():
        if name in shape.whole and (value != value.to_integral_value() or value < 1):
            node.report(f"{name} 应当是不小于1的整数", name)
    node.finish()
    return values


def read_items(node: Node, shape: Shape, max_points: Decimal) -> tuple[Item, ...]:
    """The reported items of a clause; an item without points of its own gives the clause's maximum."""
    nodes = node.tables("item") if shape.items or "item" in node.data else []
    if shape.items and not nodes:
        node.report("缺少 item（填报事项）")
    if not shape.items and nodes:
        node.report("这个条款不用填报事项", "item")
        return ()
    items = []
    for each in nodes:
        item, kind = each.text("id"), each.text("kind")
        points = each.number("points", required=False)
        whose = each.text("whose", required=False) or "own"
        each.finish()
        if whose not in WHOSE:
            each.report(f"事项 {item} 的 whose 应当是 {'、'.join(WHOSE)} 之一", "whose")
        if kind and kind != shape.items:
            each.report(f"事项 {item} 的 kind 应当是 {shape.items}", "kind")
        items.append(Item(item, kind, max_points if points is None else points, whose))
    return tuple(items)


def check_maximum(node: Node, clause: Clause, shape: Shape, subject: str, record_months: int) -> None:
    """The clause's maximum must agree with the numbers that make it up."""
    best_band = max((steps[-1].points for steps in clause.bands.values() if steps), default=None)
    made_up: set[Decimal] = set()
    if shape.maximum == "months_of_band" and best_band is not None:
        made_up = {best_band * record_months}
    elif shape.maximum == "band" and best_band is not None:
        made_up = {best_band}
    elif shape.maximum == "items" and clause.items:
        made_up = {max(item.points for item in clause.items)}
    elif shape.maximum == "categories":
        for level in LEVELS[subject]:
            numbers = [clause.parameters.get((level, name)) for name in ("categories", "points_each")]
            if numbers[0] is not None and numbers[1] is not None:
                made_up.add(numbers[0] * numbers[1])
    for points in made_up:
        if points != clause.max_points:
            node.report(
                f"{clause.clause_id} 的满分 {clause.max_points} 与其各档数字算出的 {points} 不一致",
                "max_points",
            )


def read_clause(node: Node, subject: str, record_months: int) -> Clause | None:
    """One clause; None (and a fault) where its id is unknown."""
    clause_id = node.text("id")
    shape = SHAPES.get(clause_id)
    if shape is None or (clause_id[:1] == "I") != (subject == "officer"):
        if clause_id:
            node.report(f"没有 {clause_id} 这个条款的算法", "id")
        return None
    max_points = node.number("max_points") or Decimal(0)
    if max_points == 0 and "max_points" in node.data:
        node.report("max_points 应当大于0", "max_points")
    texts = {name: node.text(name) for name in ("title_zh", "quote_zh", "source", "formula_zh")}
    reading = node.text("reading", required=False)
    parameters = read_parameters(node.table("parameters"), shape, subject)
    term_node, day_node = node.table("terms"), node.table("days")
    terms = {name: term_node.texts(name) for name in shape.terms}
    days = {name: day for name in shape.days if (day := day_node.day(name)) is not None}
    term_node.finish()
    day_node.finish()
    bands = {}
    for band in node.tables("band"):
        name = band.text("name")
        if name not in shape.bands:
            band.report(f"{clause_id} 不用名为 {name} 的分档", "name")
        bands[name] = read_band(band)
        band.finish()
    for name in shape.bands:
        if name not in bands:
            node.report(f"缺少名为 {name} 的分档 [[clause.band]]")
    items = read_items(node, shape, max_points)
    node.finish()
    clause = Clause(
        clause_id, texts["title_zh"], max_points, texts["quote_zh"], reading, texts["source"],
        texts["formula_zh"], parameters, terms, days, bands, items,
    )  # fmt: skip
    check_maximum(node, clause, shape, subject, record_months)
    return clause


def read_veto(node: Node, subject: str) -> Veto:
    """One clause that disqualifies."""
    veto = Veto(node.text("id"), node.text("title_zh"), node.text("quote_zh"), node.text("source"))
    if veto.veto_id and VETOES.get(veto.veto_id) != subject:
        node.report(f"没有 {veto.veto_id} 这个否决项的算法", "id")
    node.finish()
    return veto


def read_group(document: Document, subject: str, record_months: int) -> Group:
    """A file: a row of an annex table with its clauses."""
    root = document.root
    head = root.table("group")
    group_id, title_zh, annex = head.text("id"), head.text("title_zh"), head.text("annex")
    max_points = head.number("max_points") or Decimal(0)
    is_cut = head.flag("is_cut", default=False)
    head.finish()
    clauses = [read_clause(node, subject, record_months) for node in root.tables("clause", required=True)]
    found = tuple(clause for clause in clauses if clause is not None)
    vetoes = tuple(read_veto(node, subject) for node in root.tables("veto"))
    root.finish()
    for clause in found:
        if clause.clause_id.split(".", maxsplit=1)[0] != group_id:
            head.report(f"{clause.clause_id} 不属于 {group_id}", "id")
    total = sum((clause.max_points for clause in found), Decimal(0))
    if max_points > total or (max_points < total and not is_cut):
        head.report(
            f"{group_id} 的满分 {max_points} 与各条款满分之和 {total} 不一致"
            "（只有写明 is_cut = true 的，满分可以小于各条款之和）",
            "max_points",
        )
    return Group(group_id, subject, title_zh, annex, max_points, found, vetoes)
