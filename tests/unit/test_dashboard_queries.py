"""The figures of the pages against the marts they are read from."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import dashboard_season
import duckdb
import polars as pl
import pytest

from reports.queries import activity, arrivals, awards, changes, quality, rules
from reports.queries.connection import open_snapshot

JUNE, NOVEMBER = date(2022, 6, 1), date(2022, 11, 1)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("dashboard")
    return {m: dashboard_season.build(folder / f"{m}.duckdb", as_of=m) for m in ("2022-10", "2022-11")}


@pytest.fixture(scope="module")
def con(files: dict[str, Path]) -> duckdb.DuckDBPyConnection:
    return open_snapshot(files["2022-11"])


def one(con: duckdb.DuckDBPyConnection, query: str) -> object:
    return con.execute(query).fetchall()[0][0]


def state(board: pl.DataFrame, prefecture: str, source: str, month: int) -> dict:
    return board.row(
        by_predicate=(pl.col("prefecture_code") == prefecture)
        & (pl.col("source") == source)
        & (pl.col("month") == date(2022, month, 1)),
        named=True,
    )


class TestArrivals:
    """What came and what did not."""

    def test_board_has_every_prefecture_source_and_month_once(self, con) -> None:
        board = arrivals.arrival_board(con)
        assert board.height == 15 * 12 * 11
        assert board.select("prefecture_code", "source", "month").is_unique().all()

    def test_missing_is_told_from_no_rows_and_from_what_is_not_owed(self, con) -> None:
        board = arrivals.arrival_board(con)
        # Nobody delivered for Urumqi: its roster is missing, and no figure stands there.
        assert state(board, "650100", "officer_roster", 8)["state"] == "missing"
        # Files with records came, none of them with a row of Urumqi.
        records = state(board, "650100", "inspection_records", 8)
        assert (records["state"], records["rows"]) == ("no_rows", None)
        # A register without an entry is in order, and documents name no prefecture.
        assert state(board, "650100", "nominations", 8)["state"] == "none"
        assert state(board, "650100", "evidence_documents", 8)["state"] == "whole"
        assert state(board, "650000", "inspection_records", 5)["state"] in {"none", "received"}

    def test_a_month_without_any_file_of_a_source_is_missing(self, tmp_path, files) -> None:
        path = Path(shutil.copy(files["2022-11"], tmp_path / "m.duckdb"))
        with duckdb.connect(str(path)) as writer:
            for table in ("delivery_file", "data_quality_monthly"):
                writer.execute(
                    f"DELETE FROM marts.{table} "
                    "WHERE source = 'transmission_rates' AND delivery_month = DATE '2022-08-01'"
                )
        board = arrivals.arrival_board(open_snapshot(path))
        assert state(board, "653200", "transmission_rates", 8)["state"] == "missing"
        assert state(board, "653200", "transmission_rates", 9)["state"] == "received"

    def test_rosters_are_own_carried_or_borrowed_as_the_mart_says(self, con) -> None:
        board = arrivals.arrival_board(con).filter(
            pl.col("source") == "officer_roster", pl.col("roster_month").is_not_null()
        )
        names = {"received": "=", "carried": "<", "later": ">"}
        for name, sign in names.items():
            expected = one(
                con,
                f"SELECT count(*) FROM marts.roster_in_force "
                f"WHERE roster_month {sign} month AND prefecture_code <> '659000'",
            )
            assert board.filter(pl.col("state") == name).height == expected > 0

    def test_gaps_list_the_carried_roster_and_nothing_that_came(self, con) -> None:
        gaps = arrivals.gaps(arrivals.arrival_board(con))
        tacheng = gaps.filter(pl.col("prefecture_name") == "塔城地区", pl.col("state") == "carried")
        assert "2022-06" in tacheng["months"].item()
        urumqi = gaps.filter(pl.col("prefecture_name") == "乌鲁木齐市", pl.col("source") == "officer_roster")
        assert urumqi["months"].item() == "全部 11 个月"
        assert set(gaps["state"]) <= {"missing", "no_rows", "carried", "later"}

    def test_calendar_names_what_is_next(self, con) -> None:
        rows = arrivals.calendar(con, date(2022, 10, 20))
        found = [(row["days_left"] < 0, row["is_next"]) for row in rows]
        assert found == [(True, False), (False, True), (False, False)]
        assert not any(row["is_next"] for row in arrivals.calendar(con, date(2022, 12, 1)))

    def test_totals_are_those_of_the_files(self, con) -> None:
        totals = arrivals.totals(con)
        assert totals["accepted_rows"] == one(con, "SELECT sum(accepted_rows) FROM marts.delivery_file")
        assert totals["refused_files"] == arrivals.refused_files(con)["file"].n_unique()


class TestQuality:
    """Shares, and the rows behind them."""

    def test_share_is_null_without_records_not_zero(self, con) -> None:
        frame = quality.by_bureau_month(con)
        empty = frame.filter(pl.col("records") == 0)
        assert empty.height
        assert empty["any_share"].null_count() == empty.height
        full = frame.filter(pl.col("records") > 0)
        assert (full["any_share"] * full["records"] - full["problem_records"]).abs().max() < 1e-9

    def test_worst_are_in_order_and_ties_at_the_cut_are_kept(self) -> None:
        frame = pl.DataFrame(
            {
                "month": [JUNE] * 4, "region_code": ["1", "2", "3", "4"], "region_name": list("abcd"),
                "prefecture_name": ["p"] * 4, "records": [10, 10, 20, 10], "problem_records": [1, 5, 10, 0],
                "any_share": [0.1, 0.5, 0.5, 0.0],
            }
        )  # fmt: skip
        found = quality.worst(frame, JUNE, "any", 1)
        assert found["region_code"].to_list() == ["3", "2"]
        assert quality.worst(frame, JUNE, "any", 5)["region_code"].to_list() == ["3", "2", "1"]

    def test_rules_by_month_are_the_sums_of_the_mart(self, con) -> None:
        frame = quality.by_rule_month(con, source="inspection_records", prefecture_code="653200")
        cell = frame.filter(pl.col("rule_id") == "IR-T1", pl.col("delivery_month") == JUNE).row(0, named=True)
        expected = con.execute(
            """SELECT checked_rows, broken_rows FROM marts.data_quality_monthly
               WHERE source = 'inspection_records' AND prefecture_code = '653200' AND rule_id = 'IR-T1'
                 AND delivery_month = DATE '2022-06-01'"""
        ).fetchall()[0]
        assert (cell["checked_rows"], cell["broken_rows"]) == expected
        assert set(frame.group_by("rule_id").agg(pl.col("broken_rows").sum())["broken_rows"] > 0) == {True}

    def test_trend_of_the_region_is_that_of_all_prefectures(self, con) -> None:
        frame = quality.trend(con).filter(pl.col("month") == JUNE, pl.col("measure") == "timeliness")
        expected = one(
            con,
            """SELECT sum(timeliness_problem_records) / sum(records) FROM marts.region_monthly_record_score
               WHERE level = 'prefecture' AND month = DATE '2022-06-01'""",
        )
        assert frame["share"].item() == pytest.approx(expected)

    @pytest.mark.parametrize(
        ("arguments", "condition"),
        [
            ({}, "true"),
            ({"source": "officer_roster"}, "source = 'officer_roster'"),
            ({"region_code": "653223"}, "region_code = '653223'"),
            ({"region_code": "653200"}, "region_code LIKE '6532%'"),
            ({"region_code": "650000"}, "region_code = '650000'"),
            ({"rule_id": "IR-T1"}, "rule_id = 'IR-T1'"),
            ({"dimension": "时效性", "record_month": JUNE},
             "dimension = '时效性' AND record_month = DATE '2022-06-01'"),
            ({"delivery_month": JUNE}, "delivery_month = DATE '2022-06-01'"),
            ({"only_counted": True}, "record_month IS NOT NULL AND severity = 'problem'"),
        ],
    )  # fmt: skip
    def test_filters_give_the_rows_of_the_mart(self, con, arguments, condition) -> None:
        expected = one(
            con,
            f"""SELECT count(*) FROM (SELECT DISTINCT source, file, sheet, row_number FROM marts.quality_issue
                WHERE NOT superseded AND {condition})""",
        )
        assert quality.failing_rows(con, **arguments).height == expected > 0

    def test_severity_is_the_worst_of_the_row(self, con) -> None:
        fatal = quality.failing_rows(con, severity="fatal")
        everything = quality.failing_rows(con)
        assert fatal.height == everything.filter(pl.col("severity") == "fatal").height > 0

    def test_points_at_stake_stand_at_the_row_of_its_own_bureau(self, con) -> None:
        frame = quality.failing_rows(con, region_code="653223").filter(pl.col("bureau_points").is_not_null())
        row = frame.row(0, named=True)
        expected = con.execute(
            """SELECT points_at_stake FROM marts.points_at_stake
               WHERE file = ? AND row_number = ? AND entity_id = '653223'""",
            [row["file"], row["row_number"]],
        ).fetchall()[0][0]
        assert row["bureau_points"] == pytest.approx(expected)

    def test_names_are_quoted_only_where_asked_for(self, tmp_path: Path, files: dict[str, Path]) -> None:
        path = shutil.copy(files["2022-11"], tmp_path / "m.duckdb")
        with duckdb.connect(str(path)) as writer:
            writer.execute(
                "UPDATE marts.quality_issue SET column_name = 'inspector_names', value = '张三' "
                "WHERE rule_id = 'IR-F4'"
            )
        con = open_snapshot(Path(path))
        assert "张三" not in "".join(quality.failing_rows(con, rule_id="IR-F4")["messages"])
        shown = quality.failing_rows(con, rule_id="IR-F4", hide_names=False)
        assert "张三" in "".join(shown["messages"])


class TestActivity:
    """Figures against the thresholds."""

    def test_thresholds_come_from_the_rulebook(self, con) -> None:
        assert activity.thresholds(con, "C7.1", "base", "county") == [1, 2]
        assert activity.thresholds(con, "C7.4a", "per_capita_above", "prefecture") == [3]
        assert activity.thresholds(con, "C7.2", "activity_percent", "county") == [90, 95, 100]
        assert activity.thresholds(con, "C5.1", "immediate_percent", "county") == [90, 95]
        assert activity.thresholds(con, "C5.1", "completed_percent_min", "county") == [95]

    def test_next_step_is_reached_by_the_records_that_are_said_to_be_missing(self, con) -> None:
        frame = activity.per_capita(con, "county").filter(pl.col("headcount") > 0)
        assert set(frame["next_per_capita"].drop_nulls()) == {1, 2, 3}
        for row in frame.iter_rows(named=True):
            limit, missing = row["next_per_capita"], row["records_missing"]
            if limit is None:
                assert row["records"] > 3 * row["headcount"]
                continue
            reached = (row["records"] + missing) / row["headcount"]
            before = (row["records"] + missing - 1) / row["headcount"]
            # Three must be exceeded, one and two are reached.
            assert (reached > limit and before <= limit) if limit == 3 else (reached >= limit > before)

    def test_exactly_three_has_not_passed_three(self, con) -> None:
        exact = activity.per_capita(con, "prefecture").filter(pl.col("per_capita") == 3)
        assert exact.height
        assert set(exact["next_per_capita"]) == {3.0}

    def test_officers_missing_for_the_next_step(self, con) -> None:
        for row in activity.activity(con, "county").filter(pl.col("cert_holders") > 0).iter_rows(named=True):
            if row["next_percent"] is None:
                assert row["active_holders"] == row["cert_holders"]
                continue
            needed = row["next_percent"] * row["cert_holders"]
            assert 100 * (row["active_holders"] + row["officers_missing"]) >= needed
            assert 100 * (row["active_holders"] + row["officers_missing"] - 1) < needed

    def test_close_to_a_limit_on_either_side(self) -> None:
        frame = pl.DataFrame(
            {
                "month": [NOVEMBER] * 3, "region_code": ["1", "2", "3"], "region_name": list("abc"),
                "prefecture_name": ["p"] * 3, "activity_rate": [0.949, 0.901, None],
            }
        )  # fmt: skip
        close = activity.close_to_rate(frame, "activity_rate", [90, 95], 0.5)
        assert close.select("region_code", "limit").rows() == [("1", 95), ("2", 90)]
        assert close["distance"].to_list() == pytest.approx([-0.1, 0.1])

    def test_a_rate_of_exactly_a_limit_reaches_it(self) -> None:
        rates = pl.DataFrame({"rate": [57 / 60, 0.9499999, 0.9, None]})
        counts = rates.select(activity.limits_reached("rate", [90, 95]))
        assert counts.to_series().to_list()[:3] == [2, 1, 1]


class TestAwards:
    """Cut-offs, ties, vetoes."""

    def test_cut_offs_stand_between_those_in_and_those_out(self, con) -> None:
        cuts = awards.cut_offs(con)
        assert cuts["level"].to_list() == ["prefecture", "county", "officer"]
        county = cuts.row(1, named=True)
        assert county["selected"] == one(
            con,
            "SELECT count(*) FROM marts.region_final_score WHERE level = 'county' AND award_status = '入选'",
        )
        assert county["tied"] == awards.ties(con).filter(
            pl.col("level") == "county", pl.col("question").is_in(["award", "both"])
        ).height  # fmt: skip

    def test_ties_are_those_who_share_a_total_across_a_cut(self, con) -> None:
        ties = awards.ties(con)
        assert ties.height
        for (_, question), part in ties.group_by("level", "question"):
            if question != "ministry":
                assert part["total_points"].n_unique() == 1

    def test_vetoed_are_all_listed(self, con) -> None:
        assert awards.vetoed(con).height == one(
            con,
            """SELECT (SELECT count(*) FROM marts.region_final_score WHERE is_vetoed)
                    + (SELECT count(*) FROM marts.officer_final_score WHERE is_vetoed)""",
        )

    def test_nominations_out_of_order(self, con) -> None:
        wrong = awards.nomination_check(con).filter(~pl.col("is_in_order"))
        assert wrong.height == one(con, "SELECT count(*) FROM marts.nomination_check WHERE NOT is_in_order")


class TestChanges:
    """Two snapshots side by side."""

    def test_changed_bureaus_are_those_whose_total_rank_or_award_differs(self, files) -> None:
        con = open_snapshot(files["2022-11"], earlier=files["2022-10"])
        changed = changes.changed_bureaus(con)
        both = con.execute(
            """SELECT count(*) FROM marts.region_final_score AS n JOIN earlier.region_final_score AS o
               USING (region_code) WHERE n.total_points <> o.total_points"""
        ).fetchall()[0][0]
        assert changed.filter(pl.col("difference") != 0).height == both > 0
        assert changes.facts(con)["files_now"] > changes.facts(con)["files_then"]
        added = changes.new_files(con)
        assert set(added.filter(pl.col("change") == "added")["delivery_month"]) == {NOVEMBER}
        assert changes.changed_officers(con)["other_total"] > 0

    def test_nothing_differs_from_itself(self, files) -> None:
        con = open_snapshot(files["2022-11"], earlier=files["2022-11"])
        assert changes.changed_bureaus(con).is_empty()
        assert changes.new_files(con).is_empty()
        assert set(changes.changed_officers(con).values()) == {0}

    def test_compared_with_the_last_of_its_month_else_of_the_month_before(self, tmp_path, files) -> None:
        def publish(name: str, month: str, at: str) -> Path:
            folder = tmp_path / "snapshots" / name
            folder.mkdir(parents=True)
            shutil.copy(files[month], folder / "marts.duckdb")
            with duckdb.connect() as writer:
                writer.execute(f"ATTACH '{folder / 'marts.duckdb'}' AS s")
                writer.execute("UPDATE s.marts.snapshot SET published_at = ?", [at])
            (folder / "manifest.json").write_text("{}", encoding="utf-8")
            return folder

        october = publish("2022-10_a", "2022-10", "2022-11-03")
        first = publish("2022-11_z", "2022-11", "2022-12-01")
        assert changes.previous_snapshot(tmp_path, october) is None
        assert changes.previous_snapshot(tmp_path, first) == october
        second = publish("2022-11_b", "2022-11", "2022-12-02")
        assert changes.previous_snapshot(tmp_path, second) == first
        assert changes.previous_snapshot(tmp_path, first) == october


class TestRules:
    """The rulebook, searched."""

    def test_every_word_must_occur_somewhere_in_the_row(self) -> None:
        frame = pl.DataFrame({"id": ["C7.1", "C7.2"], "text": ["人均上报", "全员 执法"], "points": [12, 2]})
        assert rules.search(frame, "c7 全员")["id"].to_list() == ["C7.2"]
        assert rules.search(frame, "").height == 2
        assert rules.search(frame, "(").is_empty()

    def test_all_clauses_and_quality_rules_are_listed(self, con) -> None:
        assert rules.clauses(con).height == one(con, "SELECT count(*) FROM marts.clause")
        listed = rules.quality_rules(con)
        assert listed.height == one(con, "SELECT count(*) FROM marts.rule")
        assert listed["broken_rows"].sum() == one(
            con, "SELECT sum(broken_rows) FROM marts.data_quality_monthly"
        )
