// SPDX-License-Identifier: Apache-2.0
//
// Text has at least 4.5 times the luminance of its ground, or the reverse, in both schemes (WCAG 2.2, 1.4.3); the test
// computes it from the variables below. Badges keep their colours in both.
#include "output/html_parts.hpp"

namespace sluice::output {

namespace {

constexpr std::string_view style = R"css(
:root {
  color-scheme: light dark;
  --ground: #ffffff; --panel: #f6f8fa; --line: #d0d7de; --text: #1f2328; --muted: #57606a; --link: #0550ae;
  --mark-ground: #fff1a8; --mark-text: #1f2328;
  --good-text: #116329; --good-ground: #dafbe1; --warning-text: #6f4400; --warning-ground: #fff8c5;
  --bad-text: #9a1620; --bad-ground: #ffebe9; --good-line: #1a7f37; --warning-line: #9a6700; --bad-line: #cf222e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1117; --panel: #161b22; --line: #30363d; --text: #e6edf3; --muted: #9aa4b0; --link: #79b8ff;
    --mark-ground: #5c4a00; --mark-text: #fff4cc;
    --good-text: #7ee2a0; --good-ground: #10281a; --warning-text: #f0c75e; --warning-ground: #2b2410;
    --bad-text: #ffa8a1; --bad-ground: #33161a; --good-line: #3fb950; --warning-line: #d29922; --bad-line: #f85149;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere; }
header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--ground); padding: .5rem; z-index: 1; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.35rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 0 0 .5rem; }
h4 { font-size: .95rem; margin: .75rem 0 .1rem; }
p { margin: .4rem 0; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .875em; }
pre { margin: .6rem 0; padding: .6rem .75rem; overflow-x: auto; background: var(--ground); border: 1px solid var(--line);
  border-radius: 6px; white-space: pre; overflow-wrap: normal; }
mark { background: var(--mark-ground); color: var(--mark-text); border-radius: 2px; }
.number { color: var(--muted); user-select: none; margin-right: .75rem; }
.verdict { margin-top: 1.5rem; padding: 1.25rem 1.25rem 1rem; border-radius: 10px; border: 1px solid var(--line);
  border-left-width: 8px; background: var(--panel); }
.verdict p { margin: .15rem 0; }
.verdict .brand { color: var(--muted); font-size: .9rem; margin: 0; }
.good { border-left-color: var(--good-line); }
.good h1, td.good { color: var(--good-text); }
.warning { border-left-color: var(--warning-line); }
.warning h1, td.warning { color: var(--warning-text); }
.bad { border-left-color: var(--bad-line); }
.bad h1, td.bad { color: var(--bad-text); }
.muted, .more, caption, .place { color: var(--muted); }
table { border-collapse: collapse; width: 100%; font-size: .925rem; overflow-wrap: break-word; }
caption { text-align: left; font-size: .875rem; padding: .25rem 0; position: relative; }
caption:has(> .hidden) { padding: 0; line-height: 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border: 1px solid var(--line); }
th { background: var(--panel); white-space: nowrap; }
.scroll { overflow-x: auto; margin: .5rem 0; }
.number-cell { text-align: right; white-space: nowrap; }
article { margin: 1rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--panel); }
.count { color: var(--muted); font-weight: normal; font-size: .9rem; white-space: nowrap; }
.fix { border-left: 4px solid var(--good-line); padding: .1rem 0 .1rem .75rem; }
details { margin: .4rem 0; }
summary { cursor: pointer; padding: .15rem 0; }
.finding { background: var(--ground); border: 1px solid var(--line); border-radius: 6px; padding: .25rem .75rem; }
.finding > .body { border-top: 1px solid var(--line); margin-top: .25rem; padding: .25rem 0; }
.rest > .finding { margin-left: .25rem; }
.message { display: block; }
dl { margin: .5rem 0; display: grid; gap: .15rem; }
dl div { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: .75rem; }
dt { color: var(--muted); }
dd { margin: 0; }
.badge { display: inline-block; min-width: 4.2rem; text-align: center; font-size: .78rem; font-weight: 600;
  line-height: 1.5; padding: 0 .5rem; border-radius: 999px; vertical-align: .1em; }
.critical { background: #8f1d1d; color: #ffffff; }
.high { background: #b4370a; color: #ffffff; }
.medium { background: #f2c94c; color: #1f1a00; }
.low { background: #2b5c8a; color: #ffffff; }
.info { background: #57606a; color: #ffffff; }
.tally { list-style: none; margin: 0; padding: 0; columns: 22rem; }
.tally li { break-inside: avoid; padding: .1rem 0; }
svg { display: block; }
svg.graph { margin: 0 auto; }
svg.timeline { overflow: visible; margin: .25rem 0; }
.scroll:has(> svg.timeline) { overflow-x: visible; padding: 0 6px; }
svg text { font: 12px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: var(--text); }
svg .axis { fill: var(--muted); }
.node rect { fill: var(--ground); stroke: var(--muted); }
.node.good rect { fill: var(--good-ground); stroke: var(--good-line); }
.node.warning rect { fill: var(--warning-ground); stroke: var(--warning-line); }
.node.bad rect { fill: var(--bad-ground); stroke: var(--bad-line); }
.edge { fill: none; stroke: var(--muted); stroke-width: 1.4; }
.edge.back { stroke-dasharray: 5 4; }
.arrow { fill: var(--muted); }
.edge-label { paint-order: stroke; stroke: var(--panel); stroke-width: 5px; }
.track { stroke: var(--line); }
.event rect, .event circle { fill: var(--muted); }
.event.good rect, .event.good circle { fill: var(--good-line); }
.event.warning rect, .event.warning circle { fill: var(--warning-line); }
.event.bad rect, .event.bad circle { fill: var(--bad-line); }
footer { color: var(--muted); font-size: .875rem; padding-top: 2rem; padding-bottom: 2rem; }
@media (max-width: 40rem) {
  h1 { font-size: 1.6rem; }
  article { padding: .75rem; }
  dl div { grid-template-columns: minmax(0, 1fr); gap: 0; padding-bottom: .25rem; }
}
@media print { .skip { display: none; } article, .verdict { break-inside: avoid; } }
)css";

}  // namespace

std::string_view
html_style()
{
  return style;
}

}  // namespace sluice::output
