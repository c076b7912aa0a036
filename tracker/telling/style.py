"""The style of a report that stands alone: system fonts, light and dark, fit to print."""

from __future__ import annotations

__all__ = ["STYLE"]

STYLE = """
:root{color-scheme:light dark;\
--ink:#1a1a1a;--paper:#fff;--soft:#595959;--line:#b8b8b8;--link:#0b4f9e}
@media (prefers-color-scheme:dark){
:root{--ink:#ececec;--paper:#16181b;--soft:#b3b3b3;--line:#565b61;--link:#8ec1ff}}
body{margin:0;color:var(--ink);background:var(--paper);font:1rem/1.5 system-ui,sans-serif}
main{max-width:80rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;line-height:1.25}
h2{font-size:1.2rem;margin-top:2rem}
.headline{font-weight:600}
.wide{overflow-x:auto;margin-top:1.5rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;font-size:1.2rem;font-weight:700;padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;\
border-bottom:1px solid var(--line)}
thead th{color:var(--soft);font-weight:600}
a{color:var(--link)}
a:focus-visible,.wide:focus-visible{outline:3px solid var(--link);outline-offset:2px}
@media print{.wide{overflow:visible}}
"""
