"""The look of a report: one sheet of style, in the page, in the light and in the dark."""

CSS = """
:root { color-scheme: light dark; --ink: #1c1c1c; --faint: #4f4f4f; --page: #fff; --soft: #f3f3f0; --rule: #8a8a85;
  --link: #0b4f8a; --mark: #ffb300; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f0f0ec; --faint: #c4c4be; --page: #161614; --soft: #23231f; --rule: #77776f; --link: #8ec5ff; }
}
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--page); font: 1.0625rem/1.55 system-ui, sans-serif; }
header, main, nav, footer { max-width: 68rem; margin: 0 auto; padding: 1rem 1.25rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 .5rem; }
h2 { font-size: 1.4rem; margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 2px solid var(--rule); }
h3 { font-size: 1.15rem; margin: 1.75rem 0 .5rem; }
p, li { max-width: 44rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; box-shadow: 0 0 0 2px var(--ink); }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--page); padding: .5rem .75rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .3rem 0; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .75rem; margin: 1rem 0; }
.facts div { background: var(--soft); padding: .6rem .8rem; }
.facts dt { color: var(--faint); }
.facts dd { margin: 0; font-size: 1.35rem; font-weight: 600; }
.note { background: var(--soft); border-left: .35rem solid var(--mark); padding: .6rem .9rem; max-width: 46rem; }
.wide { overflow-x: auto; margin: .75rem 0 1.25rem; }
table { border-collapse: collapse; min-width: 24rem; font-size: .97rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; white-space: normal; font-weight: 600; padding: .35rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--rule);
  unicode-bidi: isolate; overflow-wrap: break-word; min-width: 4.5rem; max-width: 30rem; }
thead th { border-bottom-width: 2px; vertical-align: bottom; }
tbody th { font-weight: 400; min-width: 7rem; }
.number { text-align: right; }
td.number { white-space: nowrap; }
blockquote { margin: .75rem 0; padding: .25rem 0 .25rem 1rem; border-left: 3px solid var(--rule); max-width: 46rem;
  unicode-bidi: isolate; overflow-wrap: anywhere; }
blockquote p { margin: 0; white-space: pre-line; }
blockquote footer { padding: .25rem 0 0; color: var(--faint); font-size: .92rem; }
figure { margin: 1rem 0; }
figure svg { width: 100%; min-width: 46rem; height: auto; background: #fff; display: block; }
figcaption { color: var(--faint); font-size: .95rem; }
details { margin: .5rem 0 1rem; }
summary { cursor: pointer; padding: .3rem 0; }
@media print { nav, .skip { display: none; } .wide { overflow: visible; } h2 { break-after: avoid; } }
"""
