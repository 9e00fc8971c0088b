/// The one style sheet of a preview: a newspaper's page, light and dark, narrow and wide.
///
/// System fonts only, as nothing is loaded from elsewhere. The suggestion's reason is a card beside
/// it where there is a pointer and room, and a line below it where there is not.
enum SiteStyle {
  static let text = """
    :root {
      color-scheme: light dark;
      --paper: #fbfaf6; --card: #ffffff; --ink: #1b1a18; --soft: #615d54; --line: #e2ddd2;
      --accent: #9d2a1f; --tint: #f3eee4; --full: #2c6e54; --short: #c98f1d; --empty: #b4483b;
      --shadow: 0 1px 2px rgb(40 30 10 / .08), 0 8px 28px rgb(40 30 10 / .14);
      --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Sitka Text", Cambria,
        "Liberation Serif", Georgia, "Noto Serif", serif;
      --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", "Noto Sans",
        sans-serif;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #131416; --card: #1d1f22; --ink: #ebe7df; --soft: #a7a196; --line: #303337;
        --accent: #ff9a86; --tint: #1b1d20; --full: #6dbd97; --short: #e3b355; --empty: #f08b7c;
        --shadow: 0 1px 2px rgb(0 0 0 / .5), 0 10px 32px rgb(0 0 0 / .55);
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 1rem/1.5 var(--sans); overflow-wrap: anywhere;
    }
    a { color: inherit; text-decoration-color: transparent; text-underline-offset: .16em; }
    a:hover { color: var(--accent); text-decoration-color: currentColor; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
    h1, h2, h3 { font-family: var(--serif); font-weight: 700; line-height: 1.18; margin: 0;
      text-wrap: balance; }
    p { margin: 0; }
    ol, ul { margin: 0; padding: 0; list-style: none; }
    time { white-space: nowrap; }
    .skip { position: absolute; left: -999rem; }
    .skip:focus { left: 1rem; top: 1rem; z-index: 9; background: var(--card); padding: .5rem 1rem;
      box-shadow: var(--shadow); }
    .quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap; }
    [hidden] { display: none !important; }

    .mast, main, .foot { max-width: 74rem; margin: 0 auto; padding: 0 1.5rem; }
    .mast { display: flex; align-items: baseline; justify-content: space-between; gap: 1.5rem;
      padding-top: 1.4rem; padding-bottom: .9rem; position: relative; }
    .mast::after { content: ""; position: absolute; left: 1.5rem; right: 1.5rem; bottom: 0;
      border-bottom: 1px solid var(--ink); box-shadow: 0 3px 0 var(--paper), 0 4px 0 var(--ink); }
    .brand { font: 700 1.3rem/1.2 var(--serif); letter-spacing: -.01em; }
    .brand a { text-decoration: none; }
    .mast nav { display: flex; gap: 1.4rem; font-size: .9rem; }
    .mast nav a { padding: .25rem 0; }
    .mast nav a[aria-current] { border-bottom: 2px solid var(--accent); text-decoration: none; }
    main { padding-top: 2.4rem; padding-bottom: 4rem; }
    .foot { padding-bottom: 2.5rem; color: var(--soft); font-size: .85rem; }
    .foot p { border-top: 1px solid var(--line); padding-top: 1.2rem; }

    .kicker { color: var(--accent); font-size: .72rem; font-weight: 650; letter-spacing: .09em;
      text-transform: uppercase; line-height: 1.4; margin-bottom: .3rem; }
    .meta { color: var(--soft); font-size: .84rem; line-height: 1.5; margin-top: .4rem; }
    .meta > * + *::before { content: "·"; margin: 0 .45em; color: var(--soft);
      display: inline-block; }
    details > summary { cursor: pointer; color: var(--soft); font-size: .84rem; width: fit-content;
      padding: .2rem 0; }
    details > summary:hover { color: var(--accent); }
    .versions { margin-top: .35rem; }
    .versions ul { border-left: 2px solid var(--line); padding-left: .9rem; margin: .3rem 0 .2rem; }
    .versions li { padding: .25rem 0; font-size: .92rem; line-height: 1.4; }
    .versions .meta { margin-top: .1rem; }

    .front { display: grid; grid-template-columns: minmax(0, 1fr) 16rem; column-gap: 4.5rem; }
    .intro { grid-column: 1 / -1; display: flex; flex-wrap: wrap; align-items: end;
      justify-content: space-between; gap: 1rem 3rem; margin-bottom: 1.6rem; }
    .intro h1 { font-size: clamp(1.9rem, 1.3rem + 2.4vw, 2.9rem); letter-spacing: -.02em; }
    .intro p { color: var(--soft); margin-top: .35rem; }
    .filter { flex: 0 1 22rem; min-width: min(16rem, 100%); }
    .filter label { display: block; font-size: .8rem; color: var(--soft); margin-bottom: .25rem; }
    .filter input { width: 100%; font: inherit; color: inherit; background: var(--card);
      border: 1px solid var(--soft); border-radius: .4rem; padding: .55rem .75rem; }
    .filter input:focus { outline: 2px solid var(--accent); outline-offset: 1px; }
    .filter output { display: block; min-height: 1.4em; font-size: .8rem; color: var(--soft);
      margin-top: .3rem; }
    .results { border-top: 1px solid var(--line); padding-top: 1.4rem; }
    .day { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: 1.5rem;
      border-top: 1px solid var(--line); padding: 1.4rem 0 .4rem; }
    .day > h2 { font: 400 .84rem/1.45 var(--sans); color: var(--soft); padding-top: .1rem; }
    .day > h2 span { display: block; color: var(--ink); font-weight: 600; }
    .story { padding-bottom: 1.6rem; max-width: 42rem; }
    .story h3 { font-size: 1.28rem; letter-spacing: -.005em; }
    .story h3 a, .box a, .plain a { text-decoration-line: underline; text-decoration-thickness: 1px; }
    .story .lead { font-family: var(--serif); margin-top: .35rem; line-height: 1.5;
      display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
    .first .day:first-of-type .story:first-child h3 { font-size: clamp(1.6rem, 1.2rem + 1.7vw, 2.25rem);
      letter-spacing: -.018em; }
    .first .day:first-of-type .story:first-child .lead { font-size: 1.1rem; -webkit-line-clamp: 4; }
    .rail h2 { font-size: 1rem; margin-bottom: .6rem; padding-top: .7rem;
      border-top: 2px solid var(--ink); }
    .rail section, .rail nav { margin-bottom: 2.2rem; font-size: .92rem; }
    .rail .meta { margin: .6rem 0 0; }
    .pages { display: flex; justify-content: space-between; gap: 1rem; flex-wrap: wrap;
      border-top: 1px solid var(--ink); padding-top: 1rem; margin-top: .5rem; font-size: .95rem; }
    .pages a, .rail a, .foot a, .more a { text-decoration-line: underline;
      text-decoration-color: var(--line); }
    .rail li { padding: .2rem 0; }
    .rail details ul { max-height: 24rem; overflow: auto; }

    .reading { display: grid; grid-template-columns: minmax(0, 39rem) minmax(17rem, 23rem);
      justify-content: space-between; gap: 3rem 4rem; }
    .piece h1 { font-size: clamp(1.85rem, 1.2rem + 2.6vw, 2.8rem); letter-spacing: -.02em; }
    .piece .meta { margin: .9rem 0 1.8rem; font-size: .9rem; }
    .piece .text { font: 1.16rem/1.62 var(--serif); hyphens: auto; }
    .piece .text p + p { margin-top: 1.05em; }
    .side { align-self: start; }
    .box > h2 { font-size: 1.2rem; border-top: 3px solid var(--ink); padding: .7rem 0 .2rem; }
    .box > ol > li { position: relative; padding: .95rem 0 1rem; border-top: 1px solid var(--line); }
    .box > h2 + ol > li:first-child { border-top: 0; padding-top: .5rem; }
    .box > ol > li > a { font: 700 1.08rem/1.28 var(--serif); display: block; }
    .box .note { color: var(--soft); padding: .4rem 0 1rem; }
    .tag { border: 1px solid currentColor; border-radius: 1em; padding: 0 .5em; font-size: .92em; }
    .why { font-size: .84rem; line-height: 1.45; color: var(--soft); margin-top: .5rem; }
    .why dl { margin: .6rem 0 0; display: none; }
    .why dl > div { display: grid; grid-template-columns: minmax(0, 1fr) 5.5rem; gap: .2rem .8rem;
      align-items: center; padding: .12rem 0; }
    .why dt { min-width: 0; color: var(--ink); }
    .why dd { margin: 0; display: flex; align-items: center; }
    .why svg { width: 100%; height: .5rem; display: block; }
    .why rect { fill: var(--accent); }
    .why .sum { display: none; margin-top: .6rem; padding-top: .5rem;
      border-top: 1px solid var(--line); font-variant-numeric: tabular-nums; }
    li:focus-within > .why dl, li:focus-within > .why .sum { display: block; }
    @media (hover: hover) and (min-width: 58rem) {
      .why { position: absolute; right: calc(100% + 1.1rem); top: .5rem; width: 20rem; z-index: 2;
        background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
        box-shadow: var(--shadow); padding: .9rem 1.05rem; margin: 0; visibility: hidden;
        opacity: 0; transition: opacity .12s .05s, visibility 0s .17s; }
      .why::after { content: ""; position: absolute; inset: 0 -1.2rem 0 auto; width: 1.2rem; }
      .why > p:first-child { color: var(--ink); }
      .why dl, .why .sum { display: block; }
      .box li:hover > .why, .box li:focus-within > .why { visibility: visible; opacity: 1;
        transition: opacity .12s .05s, visibility 0s; }
      .box.dismissed li > .why { visibility: hidden; opacity: 0; }
      .side { position: sticky; top: 1.5rem; }
    }
    .inbound { margin-top: 1.2rem; border-top: 1px solid var(--line); padding-top: .8rem; }
    .inbound ul { padding-top: .3rem; }
    .inbound li { padding: .3rem 0; font-size: .92rem; line-height: 1.4; }
    .turn { grid-column: 1 / -1; display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem;
      border-top: 1px solid var(--ink); padding-top: 1rem; font-size: .95rem; }
    .turn span { display: block; color: var(--soft); font-size: .8rem; }
    .turn .older { text-align: right; grid-column: 2; }

    .health h1 { font-size: clamp(1.9rem, 1.3rem + 2.4vw, 2.9rem); letter-spacing: -.02em; }
    .health > .lead { font: 1.16rem/1.55 var(--serif); max-width: 44rem; margin: .8rem 0 2rem; }
    .health section { border-top: 1px solid var(--line); padding: 1.6rem 0 2rem; }
    .health h2 { font-size: 1.4rem; letter-spacing: -.01em; }
    .health section > p { color: var(--soft); max-width: 44rem; margin: .4rem 0 1.1rem; }
    .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr));
      gap: 1.2rem; margin: 0 0 1.4rem; }
    .tiles div { display: flex; flex-direction: column; border-top: 3px solid var(--ink);
      padding-top: .5rem; }
    .tiles .full { border-color: var(--full); } .tiles .short { border-color: var(--short); }
    .tiles .empty { border-color: var(--empty); }
    .tiles dd { order: -1; margin: 0; font: 700 2rem/1.1 var(--serif);
      font-variant-numeric: tabular-nums lining-nums; }
    .tiles dt { color: var(--soft); font-size: .86rem; }
    .share { width: 100%; height: .75rem; display: block; border-radius: .2rem; }
    .share .full, .plot .full { fill: var(--full); } .share .short { fill: var(--short); }
    .share .empty { fill: var(--empty); } .share .none { fill: var(--line); }
    .plot { width: 100%; height: auto; max-width: 46rem; display: block; }
    .plot text { font: 12px var(--sans); fill: var(--soft); }
    .plot .axis { stroke: var(--soft); stroke-width: 1; }
    .plot .grid { stroke: var(--line); stroke-width: 1; }
    .plot .bar { fill: var(--accent); }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: .93rem; }
    th { text-align: left; font-weight: 600; color: var(--soft); font-size: .8rem; }
    th, td { padding: .5rem 1rem .5rem 0; border-bottom: 1px solid var(--line);
      vertical-align: top; }
    .bars { width: 34%; vertical-align: middle; }
    .bars svg { width: 100%; height: .4rem; display: block; }
    .bars rect { fill: var(--accent); }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    td a { text-decoration-line: underline; text-decoration-color: var(--line); }
    td .meta { display: block; margin: .1rem 0 0; }
    .more { color: var(--soft); font-size: .88rem; margin-top: .8rem; }
    .columns { columns: 20rem 2; column-gap: 3rem; }
    .columns li { break-inside: avoid; padding: .35rem 0; font-size: .95rem; line-height: 1.4; }
    .columns .meta { margin: 0; }
    .columns a { text-decoration-line: underline; text-decoration-color: var(--line); }

    @media (max-width: 58rem) {
      .reading, .front { grid-template-columns: minmax(0, 1fr); }
      .front { row-gap: 1.5rem; }
      .side { border-top: 0; }
    }
    @media (max-width: 40rem) {
      .mast, main, .foot { padding-left: 1.1rem; padding-right: 1.1rem; }
      .mast::after { left: 1.1rem; right: 1.1rem; }
      main { padding-top: 1.6rem; }
      .day { grid-template-columns: minmax(0, 1fr); gap: .8rem; }
      .intro { margin-bottom: 0; }
      .day > h2 span { display: inline; }
      .filter { flex-basis: 100%; }
      .piece .text { font-size: 1.08rem; }
      .turn { grid-template-columns: 1fr; }
      .turn .older { text-align: left; grid-column: 1; }
    }
    @media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
    @media print { .mast nav, .filter, .turn, .pages { display: none; } }
    """
}
