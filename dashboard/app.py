"""The dashboard: chooses the snapshot and the page. `python -m dashboard` starts it."""

from __future__ import annotations

import streamlit as st

from dashboard import page, store, style
from dashboard.views import activity, awards, bureaus, officers, overview, quality, rules
from reports.queries.connection import SnapshotError

VIEWS = {
    "overview": ("总览", overview.render),
    "quality": ("数据质量", quality.render),
    "activity": ("人均与活跃率", activity.render),
    "bureaus": ("集体得分", bureaus.render),
    "officers": ("个人得分", officers.render),
    "awards": ("候选与评选", awards.render),
    "rules": ("规则", rules.render),
}


def main() -> None:
    """One run of the page that was asked for."""
    st.set_page_config(page_title="练兵看板", layout="wide", initial_sidebar_state="expanded")
    style.apply()
    pages = {
        path: st.Page(render, title=title, url_path=path, default=path == "overview")
        for path, (title, render) in VIEWS.items()
    }
    chosen = st.navigation(list(pages.values()), position="hidden")
    months = store.months()
    with st.sidebar:
        st.html("<b>执法大练兵 看板</b>")
        if not months:
            month = None
        else:
            current = store.current_month()
            month = page.choose("截至月份", months, "month", everything=False, default=current)
        for path, entry in pages.items():
            st.page_link(
                entry, label=VIEWS[path][0], query_params={"month": month} if month else None, width="stretch"
            )
    try:
        snapshot = store.snapshot_of(month)
    except SnapshotError as error:
        st.title("练兵看板", anchor=False)
        page.bad(str(error))
        overview.show_last_refresh()
        return
    st.session_state["snapshot"] = snapshot
    chosen.run()


main()
