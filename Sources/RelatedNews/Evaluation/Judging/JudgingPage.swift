/// Judging in a browser: one page that needs no server, keeps what was judged in the browser, and
/// saves it as a qrels file.
package struct JudgingPage: Sendable {
  /// The pairs of one query, in the order of asking.
  private struct Group {
    let query: Article
    var articles: [Article]
  }

  private let groups: [Group]
  private let count: Int

  /// - Parameter article: an article by id; pairs without one are left out.
  package init(_ pairs: [JudgingPool.Pair], article: (String) -> Article?) {
    var groups: [Group] = []
    for pair in pairs {
      guard let query = article(pair.query), let linked = article(pair.article) else { continue }
      if let last = groups.last, last.query.id.isSameBytes(as: query.id) {
        groups[groups.count - 1].articles.append(linked)
      } else {
        groups.append(Group(query: query, articles: [linked]))
      }
    }
    self.groups = groups
    count = groups.reduce(0) { $0 + $1.articles.count }
  }

  package func html() -> String {
    let scale = GradeScale.wording.enumerated().map {
      "<li><b>\($0)</b> \(HTML.escaped($1))</li>"
    }
    let body = """
      <h1>How useful is the linked article?</h1>
      <p>Imagine a reader of the first article. How much would each article below it help?</p>
      <ul class="scale">\(scale.joined())</ul>
      <noscript><p class="warning">Saving needs JavaScript.</p></noscript>
      \(groups.enumerated().map(section).joined())
      <div class="bar"><output id="done" aria-live="polite">0 of \(count)</output>
      <button type="button" id="next">Next open</button>
      <button type="button" id="save">Save judgments.qrels</button>
      <label class="load">Go on with a file <input type="file" id="load"></label></div>
      <script>
      \(Self.script)
      </script>

      """
    return ReportStyle.page(title: "Judging", style: Self.style, body: body)
  }

  private func section(_ number: Int, _ group: Group) -> String {
    let heading = "q\(number)"
    let pairs = group.articles.enumerated().map { index, article in
      fieldset(article, for: group.query, name: "\(heading)-\(index)")
    }
    return """
      <section aria-labelledby="\(heading)">
      <h2 id="\(heading)">\(title(group.query))</h2>
      \(text(of: group.query))
      \(pairs.joined(separator: "\n"))
      </section>

      """
  }

  private func fieldset(_ article: Article, for query: Article, name: String) -> String {
    let choices = GradeScale.wording.enumerated().map { grade, wording in
      "<label title=\"\(HTML.escaped(wording))\"><input type=\"radio\" name=\"\(name)\" "
        + "value=\"\(grade)\"> \(grade)</label>"
    }
    return """
      <fieldset data-query="\(HTML.escaped(query.id))" data-article="\(HTML.escaped(article.id))">
      <legend>\(title(article))</legend>
      \(text(of: article))
      <div class="choices">\(choices.joined(separator: " "))</div>
      </fieldset>
      """
  }

  private func title(_ article: Article) -> String {
    HTML.escaped(article.title.isEmpty ? article.id : article.title)
  }

  private func text(of article: Article) -> String {
    let date = article.published.map { Plain.date($0).prefix(10) + " " } ?? ""
    let (first, second) = Self.split(article.body)
    let (start, rest) = (HTML.escaped(first), HTML.escaped(second))
    let more = rest.isEmpty ? "" : "<details><summary>All of it</summary><p>\(rest)</p></details>"
    return "<p><span class=\"muted\">\(date)\(HTML.escaped(article.source ?? ""))</span> \(start)"
      + "\(rest.isEmpty ? "" : " …")</p>\(more)"
  }

  /// The first 400 characters or so, up to a space, and the rest.
  private static func split(_ text: String) -> (String, String) {
    let start = text.prefix(400)
    guard start.endIndex < text.endIndex else { return (text, "") }
    let end = start.lastIndex(where: \.isWhitespace) ?? start.endIndex
    return (String(text[..<end]), String(text[end...].prefix(20_000)))
  }

  private static let style = """
    .scale { list-style: none; padding: 0; } .scale b { color: var(--accent); }
    fieldset { border: 1px solid var(--line); border-radius: .4rem; margin: .75rem 0;
      padding: .5rem 1rem 1rem; min-width: 0; }
    fieldset.judged { background: var(--soft); }
    legend { font-weight: 600; padding: 0 .3rem; overflow-wrap: anywhere; }
    .choices label { display: inline-block; padding: .5rem .7rem; border: 1px solid var(--line);
      border-radius: .4rem; cursor: pointer; margin: .2rem .2rem .2rem 0; }
    .choices label:has(:checked) { border-color: var(--accent); font-weight: 600; }
    .bar { position: sticky; bottom: 0; background: var(--paper); border-top: 1px solid var(--line);
      padding: .75rem 0; display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
    button { font: inherit; padding: .5rem .9rem; border-radius: .4rem; cursor: pointer;
      border: 1px solid var(--accent); background: var(--paper); color: var(--ink); }
    .load { color: var(--muted); font-size: .9rem; }

    """

  /// Every choice goes to the browser's storage at once, under the pair's own ids, so that a closed
  /// window loses nothing and another page with the same pairs knows them.
  private static let script = """
    const sets = [...document.querySelectorAll('fieldset')];
    const key = s => 'related-news ' + JSON.stringify([s.dataset.query, s.dataset.article]);
    const grade = s => s.querySelector(':checked')?.value;
    const store = { get(k) { try { return localStorage.getItem(k); } catch { return null; } },
      set(k, v) { try { localStorage.setItem(k, v); } catch {} } };
    const choose = (s, g) => { const r = s.querySelector(`[value="${g}"]`); if (r) r.checked = true; };
    const show = () => { let n = 0;
      for (const s of sets) { const j = grade(s) !== undefined; s.classList.toggle('judged', j); n += j; }
      document.getElementById('done').textContent = `${n} of ${sets.length}`; };
    for (const s of sets) { const g = store.get(key(s)); if (g !== null) choose(s, g);
      s.addEventListener('change', () => { store.set(key(s), grade(s)); show(); }); }
    document.getElementById('next').onclick = () => {
      const s = sets.find(s => grade(s) === undefined);
      if (s) { s.scrollIntoView({ block: 'center' }); s.querySelector('input').focus(); } };
    document.getElementById('save').onclick = () => {
      const lines = sets.filter(s => grade(s) !== undefined)
        .map(s => `${s.dataset.query} 0 ${s.dataset.article} ${grade(s)}\\n`);
      const a = document.createElement('a');
      a.href = URL.createObjectURL(new Blob(lines, { type: 'text/plain' }));
      a.download = 'judgments.qrels'; a.click(); };
    document.getElementById('load').onchange = async e => {
      const byPair = new Map(sets.map(s => [key(s), s]));
      for (const line of (await e.target.files[0].text()).split('\\n')) {
        const [q, , d, g] = line.trim().split(/\\s+/);
        const s = byPair.get('related-news ' + JSON.stringify([q, d]));
        if (s && g !== undefined) { choose(s, g); store.set(key(s), g); } }
      show(); };
    show();
    """
}
