/** The page's whole look. Colours are variables, so that the light and the dark page, and the plots in them, are one document. */
const LIGHT = `--bg:#fff;--fg:#1c2127;--muted:#5c6672;--line:#dde2e8;--soft:#f5f7f9;--accent:#2459b3;--tint:#2459b324;--good:#1b7344;--bad:#b3261e;--warn:#8a5a00;
--series-1:#2459b3;--series-2:#c2571a;--series-3:#1b7f5c;--series-4:#8a3ba5;--series-5:#a8842c;--series-6:#b8336a;--series-7:#4a7a8c;--series-8:#6b6b6b;`;
const DARK = `--bg:#12161b;--fg:#e4e8ec;--muted:#9ba6b2;--line:#2c343d;--soft:#191f26;--accent:#84b1ff;--tint:#84b1ff2e;--good:#6fcf97;--bad:#ff8a80;--warn:#e5b567;
--series-1:#84b1ff;--series-2:#f0a36b;--series-3:#6fd0ac;--series-4:#cf9be4;--series-5:#dcc06a;--series-6:#f08bb4;--series-7:#8fc3d4;--series-8:#b5b5b5;`;

export const STYLE = `
:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
@media print{:root{color-scheme:light;${LIGHT}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0 auto;max-width:1120px;padding:28px 32px 56px;background:var(--bg);color:var(--fg);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums}
h1{margin:0 0 26px;font-size:13px;font-weight:400;color:var(--muted)}
h1 span{color:var(--fg);font-weight:600;margin-right:6px}
h2{display:inline-block;margin:0;font-size:34px;line-height:1.15;font-weight:650;letter-spacing:-.022em}
h3{margin:0 0 2px;font-size:19px;font-weight:650;letter-spacing:-.01em}
h4{margin:26px 0 8px;font-size:13px;font-weight:600}
section{margin-top:44px;padding-top:20px;border-top:1px solid var(--line)}
p,ul{margin:0 0 8px}
ul{padding-left:18px}
.lead{max-width:78ch;margin:0 0 14px;color:var(--muted)}
.muted{color:var(--muted)}
a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}
a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:2px}
article+article{margin-top:72px;padding-top:40px;border-top:3px double var(--line)}
.headline .chips{display:inline-flex;flex-wrap:wrap;gap:6px;margin:0 0 0 12px;vertical-align:6px}
.headline .lead{margin:6px 0 0}
.chip{display:inline-block;padding:1px 8px;border:1px solid var(--line);border-radius:99px;font-size:11.5px;font-weight:500;line-height:18px;color:var(--muted);white-space:nowrap}
.chip.strong{color:var(--accent);border-color:var(--accent)}
.chip.warn{color:var(--warn);border-color:currentColor}
.chip.bad{color:var(--bad);border-color:currentColor}
th .chip{margin-left:4px;padding:0 6px;font-size:10.5px;line-height:15px}
.figures{display:flex;flex-wrap:wrap;gap:14px 44px;margin:24px 0 0}
.figures dt{font-size:12px;color:var(--muted)}
.figures dd{margin:0;font-size:12px}
.figure{font-size:25px;font-weight:600;letter-spacing:-.02em;line-height:1.25}
nav{display:flex;flex-wrap:wrap;gap:4px 18px;margin-top:26px;font-size:13px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:13px}
.scroll>table{min-width:min(100%,560px)}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{padding:5px 18px 5px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;font-weight:400}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--muted);font-size:12px;border-bottom-color:var(--muted);white-space:nowrap;vertical-align:bottom}
tbody th{font-weight:500}
.number{text-align:right;white-space:nowrap}
.profile td,.profile th{padding-right:14px}
.profile tbody th{min-width:120px}
code{font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
pre{margin:8px 0 0;padding:14px 16px;overflow-x:auto;background:var(--soft);border-radius:6px;font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
summary{cursor:pointer;margin-top:14px;color:var(--accent);font-size:13px}
.values{display:flex;flex-wrap:wrap;gap:3px 14px;margin:0;padding:0;list-style:none}
.values li{padding-bottom:3px;background:linear-gradient(var(--accent),var(--accent)) left bottom/calc(var(--share)*100%) 2px no-repeat}
.values .more{background:none}
.spark{display:block;fill:var(--accent)}
.interval{display:block;fill:var(--accent)}
.interval .margin{stroke:var(--accent);stroke-width:1.5}
.interval .whole{stroke:var(--line);stroke-width:1.5}
.bar{display:block;width:260px;height:8px;margin-top:6px;background:var(--soft);border-radius:4px}
.bar span{display:block;height:100%;background:var(--accent);border-radius:4px}
.plots{display:flex;flex-wrap:wrap;gap:22px 34px;margin:26px 0 6px}
.plot{margin:0}
.plot figcaption{margin:0 0 4px;font-size:13px;font-weight:600}
.plot svg{display:block;max-width:100%;height:auto}
.scroll>.confusion{min-width:0}
.confusion .cell{min-width:84px;padding:6px 12px;background:color-mix(in srgb,var(--bad) calc(var(--share)*38%),transparent)}
.confusion .cell.hit{background:color-mix(in srgb,var(--accent) calc(var(--share)*34%),transparent)}
.confusion .share{display:inline-block;min-width:42px;margin-left:6px;font-size:11px;opacity:.75}
.gates{list-style:none;padding:0}
.gates li{padding:4px 0}
.mark{display:inline-block;min-width:52px;font-weight:600}
.good .mark{color:var(--good)}
.bad .mark{color:var(--bad)}
.failure{margin-top:14px;color:var(--bad);white-space:pre-wrap}
.status.failed,.status.interrupted{color:var(--bad);font-weight:600}
.status.reused,.status.skipped{color:var(--muted)}
.columns{display:flex;flex-wrap:wrap;gap:0 64px}
.columns .scroll>table{min-width:300px}
.columns h4{margin-top:6px}
.facts{margin:0;font-size:13px}
.facts div{display:flex;gap:16px;padding:4px 0;border-bottom:1px solid var(--line)}
.facts dt{flex:0 0 110px;color:var(--muted)}
.facts dd{margin:0;min-width:0}
.plan{display:block;max-width:100%;height:auto;margin-top:6px;font-size:12px}
.plan .edges path{fill:none;stroke:var(--muted);stroke-opacity:.55}
.plan .edges .head{fill:var(--muted);fill-opacity:.7;stroke:none}
.plan .box{fill:var(--bg);stroke:color-mix(in srgb,var(--accent) 60%,var(--line))}
.plan .name{fill:var(--fg);font-weight:600}
.plan .cost{fill:var(--muted);font-size:11px}
.plan .track{fill:var(--line)}
.plan .took{fill:var(--accent)}
.plan .reused .box{fill:var(--soft);stroke:var(--line)}
.plan .reused .name,.plan .skipped .name{fill:var(--muted)}
.plan .reused .track,.plan .skipped .track{fill:none}
.plan .skipped .box{stroke:var(--line);stroke-dasharray:4 3}
.plan .failed .box,.plan .interrupted .box{stroke:var(--bad);stroke-width:1.5}
.plan .failed .cost,.plan .interrupted .cost{fill:var(--bad)}
footer{margin-top:44px;padding-top:14px;border-top:1px solid var(--line);font-size:12px;color:var(--muted)}
@media (max-width:640px){body{padding:18px 16px 40px}h2{font-size:26px}.plan{min-width:calc(var(--width)*.75)}}
@media print{
body{max-width:none;padding:0;font-size:11px}
nav{display:none}
section{margin-top:22px;padding-top:12px}
h3,h4,figure,tr,.headline{break-inside:avoid}
h3,h4{break-after:avoid}
.scroll{overflow:visible}
.plan{min-width:0}
.bar,.values li,.cell,.spark{print-color-adjust:exact;-webkit-print-color-adjust:exact}
@page{margin:16mm 14mm}
}
`;
