/** The style sheet of the HTML report: one column on a phone, contents beside it on a desk, A4 on paper. */
import { customProperties, dark, grounds, light } from "./palette.ts";

const groundRules = grounds
  .map(
    (name) =>
      `.g-${name}{background:var(--${name});color:var(--on)}.f-${name}{fill:var(--${name})}.e-${name}{border-left-color:var(--${name})}`,
  )
  .join("\n");

export const style = `
:root{color-scheme:light;${customProperties(light)}}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${customProperties(dark)}}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;overflow-wrap:break-word}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,.scroll:focus-visible,input:focus-visible,select:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-100vw;top:0;background:var(--surface);padding:.75rem 1rem;z-index:1}
.skip:focus{left:0}
h1,h2,h3,h4,h5{line-height:1.25;margin:0;text-wrap:balance}
h1{font-size:1.9rem;letter-spacing:-.015em}
h2{font-size:1.4rem;letter-spacing:-.01em;margin-bottom:.75rem}
h3{font-size:1.12rem;margin:1.5rem 0 .6rem}
.claim{font-size:1.05rem;margin:0}
.label{font-size:.8rem;text-transform:uppercase;letter-spacing:.05em;color:var(--quiet);margin:1.1rem 0 .35rem}
p{margin:.4rem 0}
ul,ol{margin:.4rem 0;padding-left:1.4rem}
li{margin:.2rem 0}
.quiet{color:var(--quiet)}
.small{font-size:.875rem}
.layout{max-width:78rem;margin:0 auto;padding:1.25rem}
header.top{padding:.75rem 0 1.25rem}
header.top .meta{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:.75rem 0 0;font-size:.925rem}
.meta div{display:flex;gap:.5rem}
.meta dt{color:var(--quiet)}
.meta dd{margin:0}
nav.contents{background:var(--surface);border:1px solid var(--line);border-radius:.6rem;padding:.9rem 1.1rem;margin-bottom:1rem;font-size:.925rem}
nav.contents h2{font-size:.8rem;text-transform:uppercase;letter-spacing:.05em;color:var(--quiet);margin-bottom:.4rem}
nav.contents ul{list-style:none;margin:0;padding:0}
nav.contents li{display:flex;align-items:baseline;justify-content:space-between;gap:.75rem;margin:0;padding:.15rem 0}
nav.contents a{text-decoration:none;padding:.15rem 0}
nav.contents a:hover{text-decoration:underline}
main>section{background:var(--surface);border:1px solid var(--line);border-radius:.6rem;padding:1.25rem 1.4rem;margin-bottom:1rem}
@media (min-width:34rem) and (max-width:69.99rem){nav.contents ul{columns:2;column-gap:2.5rem}}
@media (min-width:70rem){
.columns{display:grid;grid-template-columns:15rem minmax(0,1fr);gap:1.25rem;align-items:start}
nav.contents{position:sticky;top:1rem;max-height:calc(100vh - 2rem);overflow:auto}
}
.chip{display:inline-block;border-radius:.3rem;padding:.05rem .5rem;font-size:.8rem;font-weight:600;white-space:nowrap;line-height:1.5}
.verdict{border-left:.45rem solid;border-radius:.3rem;background:var(--sunken);padding:.8rem 1.1rem;margin-bottom:1rem}
.verdict p:first-child{font-size:1.25rem;font-weight:650;margin:0}
.points{display:grid;gap:.75rem;margin:0;padding:0;list-style:none}
.points li{margin:0}
.points strong{display:block}
.steps-first{padding-left:1.6rem}
.steps-first>li{margin:.65rem 0}
.steps-first>li::marker{font-weight:700}
.tiles{display:flex;flex-wrap:wrap;gap:.5rem;margin:.75rem 0;padding:0;list-style:none}
.tiles li{margin:0;border-radius:.4rem;padding:.35rem .8rem;font-weight:600;font-size:.9rem;border:1px solid var(--line);color:var(--quiet);font-variant-numeric:tabular-nums}
.tiles li[class*="g-"]{border-color:transparent;color:var(--on)}
.scroll{overflow-x:auto;margin:.5rem 0;border:1px solid var(--line);border-radius:.4rem}
table{border-collapse:collapse;width:100%;font-size:.875rem;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:.6rem .75rem;color:var(--text)}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-top:1px solid var(--line)}
thead th{color:var(--quiet);font-weight:600;vertical-align:bottom;overflow-wrap:normal;background:var(--sunken)}
tbody th{font-weight:600}
.n{text-align:right;white-space:nowrap}
.id{font-family:ui-monospace,"Cascadia Mono",Consolas,"DejaVu Sans Mono",monospace;font-size:.82rem;font-weight:400;overflow-wrap:anywhere}
td .id,th.id{min-width:9rem}
.under{display:block;font-weight:400;font-size:.8rem;color:var(--quiet)}
.hash{display:block;font-size:.72rem}
.wide{min-width:min(14rem,60vw)}
th.wide .said{display:block;font-weight:400;margin-top:.3rem;min-width:min(22rem,70vw)}
.card{border:1px solid var(--line);border-radius:.5rem;padding:1rem 1.15rem;margin:.75rem 0}
.card h3{margin-top:0}
.bar{display:block;width:100%;height:1rem;border-radius:.25rem;background:var(--sunken)}
td .bar{min-width:8rem;height:.85rem;margin-top:.3rem;background:none}
.legend{display:flex;flex-wrap:wrap;gap:.4rem .6rem;list-style:none;padding:0;margin:.6rem 0}
.legend li{margin:0}
.facts{display:grid;grid-template-columns:minmax(6.5rem,max-content) minmax(0,1fr);gap:.3rem 1.1rem;margin:.7rem 0;font-size:.925rem}
.facts dt{color:var(--quiet)}
.facts dd{margin:0;overflow-wrap:anywhere}
.finding{border:1px solid var(--line);border-left:.45rem solid;border-radius:.5rem;padding:1rem 1.2rem;margin:.9rem 0;overflow-wrap:break-word}
.finding:target{outline:3px solid var(--link);outline-offset:2px}
.tags{display:flex;flex-wrap:wrap;gap:.4rem;align-items:center;margin:0 0 .4rem;font-size:.85rem}
.number{font-weight:700;color:var(--quiet)}
blockquote{margin:.7rem 0;padding:.15rem 0 .15rem .9rem;border-left:3px solid var(--line)}
blockquote p{margin:0}
blockquote footer{color:var(--quiet);font-size:.875rem}
pre{margin:.35rem 0;padding:.6rem .8rem;background:var(--sunken);border-radius:.35rem;font:.8rem/1.5 ui-monospace,"Cascadia Mono",Consolas,"DejaVu Sans Mono",monospace;white-space:pre-wrap;overflow-wrap:anywhere}
figure{margin:.75rem 0}
figcaption{font-size:.875rem;color:var(--quiet)}
.place{margin:.5rem 0 0;font-size:.85rem;color:var(--quiet);overflow-wrap:anywhere}
.parts{display:block}
.key{width:.75em;height:.75em;margin-left:.15rem}
.chart{display:block;width:100%;height:4.5rem;border-bottom:1px solid var(--quiet)}
.spark{display:block;width:100%;max-width:26rem;height:2.2rem;border-bottom:1px solid var(--quiet)}
.axis{display:flex;justify-content:space-between;gap:1rem;font-size:.8rem;color:var(--quiet)}
.filter{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:.75rem 0}
.filter[hidden]{display:none}
.filter label{display:grid;gap:.2rem;font-size:.85rem;color:var(--quiet)}
.filter input,.filter select{font:inherit;color:var(--text);background:var(--surface);border:1px solid var(--quiet);border-radius:.35rem;padding:.4rem .6rem;min-width:9rem;max-width:100%}
.filter output{font-size:.9rem;padding:.45rem 0}
/* a row that the filter hides */
tr[hidden]{display:none}
footer.end{color:var(--quiet);font-size:.875rem;padding:.5rem 0 1.5rem}
${groundRules}
@media (max-width:34rem){
.layout{padding:.75rem}
main>section{padding:1rem .9rem}
h1{font-size:1.5rem}
.facts{grid-template-columns:minmax(0,1fr);gap:0}
.facts dd{margin-bottom:.5rem}
.finding{padding:.85rem .9rem}
}
@page{size:A4;margin:16mm 14mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:#526072}}
@media print{
html{font-size:10pt}
body{background:none}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.layout{max-width:none;padding:0}
.skip,.filter{display:none}
main>section{border:0;border-radius:0;padding:0;margin:0 0 1.6rem;background:none}
nav.contents{border-radius:0;border-width:1px 0;padding:.4rem 0}
nav.contents ul{columns:3}
nav.contents span{display:none}
h2{border-bottom:1px solid var(--line);padding-bottom:.3rem}
h2,h3,h4,h5,caption,.tags,.place{break-after:avoid}
tr,.card,.points li,.steps-first>li,blockquote,figure,.tiles{break-inside:avoid}
pre{break-inside:auto;orphans:3;widows:3}
.scroll{overflow:visible;border:0}
table{font-size:8pt}
th,td{padding:.25rem .4rem}
tbody tr:first-child{break-before:avoid}
.wide,th.wide .said{min-width:0}
td .id,th.id{min-width:0}
a{color:inherit;text-decoration:none}
}
`.trim();
