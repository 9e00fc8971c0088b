/// The look of our pages: one style sheet, light or dark as the reader's system is, no request to
/// anywhere.
package enum ReportStyle {
  package static let css = """
    :root { color-scheme: light dark; --paper: #fff; --ink: #1a1c1f; --muted: #5a6068;
      --line: #d5d9de; --soft: #f2f4f6; --accent: #1f5fbf; --good: #1a7f4b; --bad: #b3261e; }
    @media (prefers-color-scheme: dark) { :root { --paper: #15171a; --ink: #e8eaed;
      --muted: #a3abb5; --line: #383d44; --soft: #202327; --accent: #7fb0ff; --good: #5fd39b;
      --bad: #ff8a80; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
    main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.2rem; margin: 2.25rem 0 .5rem; }
    h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; overflow-wrap: anywhere; }
    p { margin: .4rem 0; max-width: 42rem; }
    .muted, figcaption { color: var(--muted); }
    .verdict { border-left: .25rem solid var(--accent); padding: .1rem .75rem; }
    .warning { border-left: .25rem solid var(--bad); padding: .1rem .75rem; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: right;
      white-space: nowrap; }
    th:first-child, td:first-child { text-align: left; padding-left: 0; }
    th { font-weight: 600; }
    td.text { text-align: left; }
    .track { display: block; position: relative; width: 100%; min-width: 6rem; height: 1rem; }
    .track::before { content: ""; position: absolute; inset: 45% 0; background: var(--line); }
    .track i { position: absolute; top: 25%; bottom: 25%; background: var(--accent); opacity: .45; }
    .track b { position: absolute; top: 5%; bottom: 5%; width: 3px; margin-left: -1px;
      background: var(--accent); }
    .plot { display: grid; grid-template-columns: auto 1fr; gap: .25rem .5rem; margin: .75rem 0; }
    .plot svg { width: 100%; height: 14rem; overflow: visible; }
    .plot .y, .plot .x { display: flex; justify-content: space-between; color: var(--muted);
      font-size: .8rem; line-height: 1; font-variant-numeric: tabular-nums; }
    .plot .y { flex-direction: column; text-align: right; margin: -.4rem 0; }
    .plot .x, .plot figcaption { grid-column: 2; }
    .plot .x.even { justify-content: space-around; }
    .plot .x.even span { flex: 1; text-align: center; }
    .plot figcaption { font-size: .9rem; }
    .rule { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
    .good { fill: var(--good); } .bad { fill: var(--bad); } .plain { fill: var(--accent); }
    .faint { fill: var(--line); }
    polyline { fill: none; stroke: var(--accent); stroke-width: 2;
      vector-effect: non-scaling-stroke; }
    .dot { fill: none; stroke: var(--accent); stroke-width: 9; stroke-linecap: round;
      vector-effect: non-scaling-stroke; }
    ul.list { list-style: none; margin: .25rem 0 .75rem; padding: 0; }
    ul.list li { padding: .1rem 0; overflow-wrap: anywhere; display: grid; gap: .75rem;
      grid-template-columns: max-content 1fr; }
    .grade { color: var(--muted); font-variant-numeric: tabular-nums; min-width: 4.5rem; }
    .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr));
      gap: 0 2rem; }
    summary { cursor: pointer; }
    a:focus-visible, summary:focus-visible, button:focus-visible, input:focus-visible {
      outline: 3px solid var(--accent); outline-offset: 2px; }

    """

  /// A whole page; `body` is HTML already.
  package static func page(title: String, style: String = "", body: String) -> String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(HTML.escaped(title))</title>
    <style>
    \(css)\(style)</style>
    </head>
    <body>
    <main>
    \(body)</main>
    </body>
    </html>

    """
  }
}
