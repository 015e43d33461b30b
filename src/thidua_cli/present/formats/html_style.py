"""How web pages look: on paper as the decree asks, on a screen in the light or dark that its user has chosen."""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from thidua_cli.present.paper import measures

_M: Final = measures.MARGINS
_MARGINS: Final = f"{_M.top:g}mm {_M.right:g}mm {_M.bottom:g}mm {_M.left:g}mm"
STYLE: Final = f"""
:root {{ color-scheme: light dark; --ink: #111; --paper: #fff; --line: #444; --soft: #f0f0f0; --link: #0b4f9e;
  --good: #0f5c26; --bad: #9c1c1c; --doubt: #6b4a00; }}
@media (prefers-color-scheme: dark) {{ :root {{ --ink: #e8e8e8; --paper: #16181b; --line: #8a8a8a; --soft: #24272b;
  --link: #8ab8f0; --good: #8fd3a3; --bad: #f2a3a3; --doubt: #e6c26e; }} }}
* {{ box-sizing: border-box; }}
html {{ font: 1.0625rem/1.4 "{measures.FONT}", "Liberation Serif", Tinos, serif; color: var(--ink);
  background: var(--paper); -webkit-text-size-adjust: 100%; }}
body {{ margin: 0; }}
main {{ max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; overflow-wrap: break-word; }}
main.lies {{ max-width: 80rem; }}
h1, h2, h3, h4 {{ font-size: 1em; line-height: 1.3; margin: 1.2em 0 .4em; break-after: avoid; }}
h1 {{ font-size: 1.1em; text-align: center; }}
h3, h4 {{ font-style: italic; }}
p {{ margin: .45em 0; text-indent: {measures.TEXT_INDENT:g}mm; text-align: justify; }}
ul {{ margin: .45em 0; padding-left: 1.6em; list-style: "- "; }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: .2em 1em; margin: .45em 0; }}
dt::after {{ content: ":"; }}
dd {{ margin: 0; font-weight: bold; }}
code {{ font-size: .85em; }}
a {{ color: var(--link); }}
.wide {{ overflow-x: auto; margin: .6em 0; }}
.wide:focus-visible {{ outline: 2px solid var(--link); }}
table {{ border-collapse: collapse; font-size: .88em; line-height: 1.25; min-width: 100%; }}
.unseen {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
th, td {{ border: 1px solid var(--line); padding: .2em .4em; text-align: left; vertical-align: middle; }}
thead th {{ text-align: center; background: var(--soft); }}
tbody th {{ font-weight: normal; }}
.stands tbody th.short {{ white-space: nowrap; }}
.number {{ text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }}
.good {{ color: var(--good); }}
.bad {{ color: var(--bad); font-weight: bold; }}
.doubt {{ color: var(--doubt); text-decoration: underline dotted; }}
figure {{ margin: .8em auto; max-width: 45rem; }}
figcaption {{ text-align: center; font-style: italic; }}
figure svg {{ display: block; width: 100%; height: auto; }}
.opening, .closing {{ display: grid; gap: .3em 1.5em; text-align: center; }}
.opening {{ grid-template-columns: 1fr max-content; }}
.opening p, .closing p, h1 span {{ display: block; margin: 0; text-indent: 0; text-align: inherit; }}
.closing {{ grid-template-columns: 1fr .9fr 1.25fr; margin-top: 1em; break-inside: avoid; }}
.closing .to {{ text-align: left; }}
.small {{ font-size: .85em; }}
.italic {{ font-style: italic; }}
.bold {{ font-weight: bold; }}
.blank {{ min-height: 1.2em; }}
.ruled::after {{ content: ""; display: block; width: 5em; margin: .15em auto 0; border-top: 1px solid; }}
.ruled.whole {{ width: fit-content; margin-inline: auto; }}
.ruled.whole::after {{ width: 100%; }}
@media (max-width: 40rem) {{
  .opening, .closing {{ grid-template-columns: 1fr; }}
  .closing .to {{ order: 1; margin-top: 1em; }}
  dl {{ grid-template-columns: 1fr; gap: 0; }}
  p {{ text-align: left; }}
}}
@page {{ size: A4; margin: {_MARGINS}; @top-center {{ content: counter(page);
  font: {measures.PAGE_NUMBER_POINTS:g}pt "{measures.FONT}", "Liberation Serif", serif; }} }}
@page :first {{ @top-center {{ content: none; }} }}
@page lying {{ size: A4 landscape; margin: {_MARGINS}; }}
@media print {{
  :root {{ color-scheme: light; --ink: #000; --paper: #fff; --line: #000; --soft: #fff; --link: #000; --good: #000;
    --bad: #000; --doubt: #000; }}
  html {{ font-size: {measures.TEXT_POINTS:g}pt; line-height: 1.15; }}
  main, main.lies {{ max-width: none; padding: 0; }}
  main.lies {{ page: lying; }}
  .wide {{ overflow: visible; padding-right: 1px; }}
  table {{ font-size: {measures.TABLE_POINTS:g}pt; line-height: 1.12; }}
  main.lies table {{ font-size: 7.5pt; }}
  th, td {{ padding: .5pt 2.5pt; }}
  main.lies th, main.lies td {{ padding: 1.5pt 1pt; }}
  .wide {{ margin: 4pt 0; }}
  figure {{ max-width: 14cm; margin: 4pt auto; }}
  thead {{ display: table-header-group; break-inside: avoid; break-after: avoid; }}
  tbody tr:first-child {{ break-before: avoid; }}
  tr, figure {{ break-inside: avoid; }}
  h1, h2, h3, h4 {{ margin: 6pt 0 3pt; }}
  a {{ text-decoration: none; }}
  .opening {{ grid-template-columns: 1fr max-content; }}
  .closing {{ grid-template-columns: 1fr .9fr 1.25fr; }}
  .closing .to {{ order: 0; margin-top: 0; }}
}}
"""
"""One for all pages, so that a page may hold this style and no other."""


def policy() -> str:
    """Return the content security policy of a page: nothing is loaded, nothing runs, and no other style counts."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
