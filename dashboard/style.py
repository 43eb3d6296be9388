"""The look of the pages, and what of Streamlit's own interface is not shown because it speaks English."""

from __future__ import annotations

import streamlit as st

FONTS = (
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',SimHei,sans-serif"
)

CSS = """
<style>
[data-testid="stElementToolbar"], [data-testid="stSkipToContent"], [data-testid="InputInstructions"],
[data-testid="stStatusWidget"],
[data-testid="stToolbar"], [data-testid="stDecoration"], [data-testid="stHeaderActionElements"],
[data-testid="stDataFrameColumnMenu"], [data-testid="stDataFrameButtonActionMenu"],
.vega-embed summary { display: none !important; }
[role="listbox"][data-empty="true"] [role="option"] span { font-size: 0; }
[role="listbox"][data-empty="true"] [role="option"] span::after {
  content: "没有符合的选项"; font-size: .9rem; }
[data-testid="stMainBlockContainer"] { padding: 1.4rem 2rem 4rem; max-width: 1680px; }
[data-testid="stSidebar"] { min-width: 210px; max-width: 230px; }
[data-testid="stSidebarHeader"] { height: 1rem; }
h1 { font-size: 1.65rem !important; padding: 0.2rem 0 !important; }
h2 { font-size: 1.25rem !important; padding: 0.7rem 0 0.45rem !important; }
[data-testid="stHeading"] { margin-bottom: .35rem; }
h3 { font-size: 1.05rem !important; padding: 0.5rem 0 0.35rem !important; }
.lb-banner { background: #fff4d6; border: 1px solid #e3b341; border-radius: 4px; padding: .45rem .8rem;
  color: #6b4a00; font-weight: 600; }
.lb-note { color: #526170; font-size: .88rem; }
.lb-bad { background: #fdecea; border: 1px solid #d9786f; border-radius: 4px; padding: .5rem .8rem; color:
#7d1f16; }
.lb-box { overflow: auto; max-height: max(34rem, 78vh); border: 1px solid #d7dee4; border-radius: 4px; }
.lb-box table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .88rem;
  font-variant-numeric: tabular-nums; }
.lb-box th { position: sticky; top: 0; background: #eaf0f4; text-align: left; font-weight: 600; z-index: 1;
  white-space: nowrap; }
.lb-box th, .lb-box td { padding: .3rem .55rem; border-bottom: 1px solid #e5eaee; vertical-align: top; }
.lb-box td { white-space: pre-line; }
.lb-box td.lb-tight { white-space: nowrap; }
.lb-box .lb-num { text-align: right; white-space: nowrap; }
.lb-box th.lb-num { white-space: normal; min-width: 4.2rem; }
.lb-box td.lb-long { min-width: 15rem; }
.lb-box td.lb-place { min-width: 10rem; word-break: break-all; }
.lb-box tr:last-child td { border-bottom: 0; }
@media (max-width: 1500px) {
  .lb-box table { font-size: .82rem; }
  .lb-box th, .lb-box td { padding: .25rem .4rem; }
  .lb-box th.lb-num { min-width: 3.2rem; }
  .lb-box td.lb-long { min-width: 9.5rem; }
  .lb-box td.lb-place { min-width: 7.5rem; }
}
.lb-box a { color: #1f5f8b; }
.lb-matrix td, .lb-matrix th { text-align: center; white-space: nowrap; }
.lb-matrix td:first-child, .lb-matrix th:first-child { text-align: left; position: sticky; left: 0;
  background: #f7f9fa; z-index: 2; }
.lb-matrix .good { background: #e3f2e6; color: #1c5a2b; }
.lb-matrix .soft { background: #f1f8f2; color: #2f6a3d; }
.lb-matrix .warn { background: #fff1cf; color: #6b4a00; }
.lb-matrix .bad { background: #fbdcd8; color: #7d1f16; font-weight: 600; }
.lb-matrix .none { color: #7b8894; }
.lb-cards { display: flex; flex-wrap: wrap; gap: .8rem; }
.lb-card { border: 1px solid #d7dee4; border-radius: 4px; padding: .55rem .9rem; min-width: 9.5rem; }
.lb-card b { display: block; font-size: 1.35rem; font-weight: 600; }
.lb-card span { color: #526170; font-size: .85rem; }
details.lb-clause { border: 1px solid #d7dee4; border-radius: 4px; margin: .3rem 0; }
details.lb-clause > summary { cursor: pointer; padding: .45rem .7rem; display: flex; gap: .8rem; }
details.lb-clause > summary::before { content: "▸"; color: #526170; }
details.lb-clause[open] > summary::before { content: "▾"; }
details.lb-clause > summary .id { font-weight: 600; min-width: 4rem; }
details.lb-clause > summary .title { flex: 1; }
details.lb-clause > summary .pts { font-weight: 600; font-variant-numeric: tabular-nums; min-width: 7rem;
  text-align: right; }
details.lb-clause > summary .st { color: #526170; }
details.lb-clause > div { padding: .2rem .9rem .8rem; border-top: 1px solid #e5eaee; }
details.lb-clause dl { display: grid; grid-template-columns: 4.5rem 1fr; gap: .25rem .6rem; margin: .5rem 0; }
details.lb-clause dt { color: #526170; } details.lb-clause dd { margin: 0; }
.lb-group { margin: 1rem 0 .2rem; font-weight: 600; display: flex; justify-content: space-between; }
</style>
"""


def apply() -> None:
    """Put the style on the page."""
    st.html(CSS)
