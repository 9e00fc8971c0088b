/// An evaluation as one page of HTML that needs nothing else.
extension EvaluationReport {
  package func html() -> String {
    let last = systems[systems.count - 1]
    let count = last.evaluation.rows.count
    let against = comparison.map { " against \($0.baseline.name)" } ?? ""
    let title = "Evaluation of \(last.name)\(against)"
    let body = """
      <h1>\(HTML.escaped(title))</h1>
      <p class="muted">\(count) quer\(count == 1 ? "y" : "ies") with at least one relevant article.</p>
      \(warnings.map { "<p class=\"warning\">\(HTML.escaped($0))</p>\n" }.joined())\
      \(failures.map { "<p class=\"warning\">\(HTML.escaped($0))</p>\n" }.joined())\
      \(comparison.map(verdicts) ?? "")\
      \(comparison.map(comparisonTable) ?? measuresTable(last))\
      \(comparison.map(differencePlots) ?? queryPlot(last))\
      \(calibrationSection(last))\
      \(rankSection(last))\
      \(worstSection)
      """
    return ReportStyle.page(title: title, body: body)
  }

  private func verdicts(_ comparison: Comparison) -> String {
    comparison.decisive.map { row in
      let sentence = Comparison.verdict(row, against: comparison.baseline.name)
      return "<p class=\"verdict\">\(HTML.escaped(sentence))</p>\n"
    }.joined()
  }

  private func measuresTable(_ system: System) -> String {
    let evaluation = system.evaluation
    let intervals = Bootstrap.intervals(ofMeans: evaluation.columns, jobs: jobs)
    let rows = zip(evaluation.names, zip(evaluation.means, intervals)).map { name, figures in
      let (mean, interval) = figures
      let isShare = (0...1).contains(mean)
      return "<tr><th scope=\"row\">\(HTML.escaped(name))</th><td>\(Evaluation.fixed(mean))</td>"
        + "<td>\(interval.map { Evaluation.text($0) } ?? "")</td>"
        + "<td>\(isShare ? track(mean, interval) : "")</td></tr>"
    }
    return section(
      "Measures",
      table(
        "Means over the queries; the interval is what the choice of queries leaves open.",
        ["Measure", "Mean", "95 % interval", "0 to 1"], rows))
  }

  private func comparisonTable(_ comparison: Comparison) -> String {
    let rows = comparison.rows.map {
      comparisonRow($0, showsSystem: comparison.systems.count > 1)
    }
    let correction = comparison.systems.count > 1 ? ", with Holm's correction" : ""
    let caption =
      "Against \(HTML.escaped(comparison.baseline.name)). p by the paired randomization test"
      + "\(correction); the interval by bootstrap over queries."
    let header =
      (comparison.systems.count > 1 ? ["Measure", "System"] : ["Measure"]) + [
        "Baseline", "Mean", "Difference", "95 % interval", "p", "Wins/ties/losses", "Verdict",
      ]
    return section("Measures", table(caption, header, rows))
  }

  private func comparisonRow(_ row: Comparison.Row, showsSystem: Bool) -> String {
    let difference = row.difference
    let verdict = row.isMoreThanNoise ? (difference.mean > 0 ? "better" : "worse") : "noise"
    let cells: [String] = [
      TRECText.fixed(row.baselineMean), TRECText.fixed(row.mean),
      Comparison.signed(difference.mean), difference.interval.map { Comparison.signed($0) } ?? "",
      HTML.escaped(Comparison.probability(row.probability)),
      "\(difference.wins)/\(difference.ties)/\(difference.losses)", verdict,
    ]
    let figures: String = cells.map { "<td>\($0)</td>" }.joined()
    let system = showsSystem ? "<td class=\"text\">\(HTML.escaped(row.system))</td>" : ""
    return "<tr><th scope=\"row\">\(HTML.escaped(row.measure))</th>\(system)\(figures)</tr>"
  }

  /// One query with its value, or with what it gained.
  private struct QueryValue {
    let query: String
    let value: Double
  }

  /// From the highest value to the lowest, equal ones in the order of the judgments.
  private func ranked(_ rows: [Evaluation.Row], _ values: [Double]) -> [QueryValue] {
    let order = values.indices.sorted {
      values[$0] == values[$1] ? $0 < $1 : values[$0] > values[$1]
    }
    return order.map { QueryValue(query: rows[$0].query, value: values[$0]) }
  }

  private func differencePlots(_ comparison: Comparison) -> String {
    comparison.decisive.map { differencePlot($0, against: comparison.baseline.name) }.joined()
  }

  private func differencePlot(_ row: Comparison.Row, against baseline: String) -> String {
    let system = systems.first { $0.name == row.system } ?? systems[0]
    let before = systems[0].evaluation.column(row.measure) ?? []
    let after = system.evaluation.column(row.measure) ?? []
    let differences = ranked(system.evaluation.rows, zip(before, after).map { $1 - $0 })
    let width = 1 / Double(max(1, differences.count))
    // The scale ends at the next tenth beyond the largest difference.
    let largest = differences.map { abs($0.value) }.max() ?? 0
    let scale = max(0.1, (largest * 10).rounded(.up) / 10)
    var marks: [ReportPlot.Mark] = []
    for (index, entry) in differences.enumerated() where entry.value != 0 {
      marks.append(
        .bar(
          x: Double(index) * width, width: width * 0.9, from: 0.5,
          to: 0.5 + entry.value / scale / 2,
          style: entry.value > 0 ? "good" : "bad",
          title: "\(entry.query) \(Comparison.signed(entry.value))"))
    }
    let d = row.difference
    let counts = "\(d.wins) better, \(d.ties) equal, \(d.losses) worse"
    let summary = "\(row.measure) of each query, \(row.system) minus \(baseline): \(counts)"
    let plot = ReportPlot(
      label: summary, caption: HTML.escaped(summary) + ".",
      yLabels: [
        "+" + TRECText.fixed(scale, decimals: 1), "0", "−" + TRECText.fixed(scale, decimals: 1),
      ],
      xLabels: ["most gained", "most lost"], marks: marks)
    let gained = changes("Gained most", differences.prefix(5).filter { $0.value > 0 })
    let lost = changes("Lost most", differences.suffix(5).reversed().filter { $0.value < 0 })
    return section(
      "Differences per query: \(row.system)",
      plot.html + "<div class=\"columns\">\(gained)\(lost)</div>\n")
  }

  private func changes(_ title: String, _ entries: [QueryValue]) -> String {
    guard !entries.isEmpty else { return "" }
    let items = entries.map {
      "<li><span class=\"grade\">\(Comparison.signed($0.value))</span>"
        + "<span>\(name($0.query))</span></li>"
    }
    return "<div><h3>\(title)</h3><ul class=\"list\">\(items.joined())</ul></div>"
  }

  private func queryPlot(_ system: System) -> String {
    let values = system.evaluation.column(worst.measure) ?? []
    let width = 1 / Double(max(1, values.count))
    var marks: [ReportPlot.Mark] = []
    for (index, entry) in ranked(system.evaluation.rows, values).enumerated() {
      marks.append(
        .bar(
          x: Double(index) * width, width: width * 0.9, from: 0, to: min(1, max(0, entry.value)),
          style: "plain", title: "\(entry.query) \(Evaluation.fixed(entry.value))"))
    }
    let perfect = values.count { $0 > 0.9995 }
    let none = values.count { $0 == 0 }
    let counts = "\(perfect) perfect, \(none) with nothing right"
    let summary = "\(worst.measure) of each query, best first: \(counts)"
    let plot = ReportPlot(
      label: summary, caption: HTML.escaped(summary) + ".", yLabels: ["1", "0.5", "0"],
      xLabels: ["best", "worst"], marks: marks)
    return section("Each query", plot.html)
  }

  private func calibrationSection(_ system: System) -> String {
    let calibration = ScoreCalibration(of: system.run, judgedBy: judgments)
    let bands = calibration.bands
    let kind = calibration.countsUnjudged ? "listed" : "judged"
    guard bands.count > 1, let lowest = bands.first?.scores.lowerBound,
      let highest = bands.last?.scores.upperBound, highest > lowest
    else { return "" }
    func middle(_ band: ScoreCalibration.Band) -> Double {
      ((band.scores.lowerBound + band.scores.upperBound) / 2 - lowest) / (highest - lowest)
    }
    func title(_ band: ScoreCalibration.Band) -> String {
      "score \(TRECText.fixed(band.scores.lowerBound)) to \(TRECText.fixed(band.scores.upperBound)): "
        + "\(band.relevant) of \(band.judged) relevant"
    }
    let line = bands.map { (x: middle($0), y: $0.share) }
    let plot = ReportPlot(
      label: "share of \(kind) articles that is relevant, by score, in \(bands.count) bands",
      caption:
        "Across: score, \(TRECText.fixed(lowest)) to \(TRECText.fixed(highest)). Up: share of "
        + "the \(kind) articles that is relevant. Each dot is a tenth of them.",
      yLabels: ["100 %", "50 %", "0 %"],
      xLabels: [TRECText.fixed(lowest, decimals: 2), TRECText.fixed(highest, decimals: 2)],
      marks: [.line(line, style: "")]
        + bands.map { .dot(x: middle($0), y: $0.share, style: "", title: title($0)) })
    let rows = bands.map { band in
      "<tr><th scope=\"row\">\(TRECText.fixed(band.scores.lowerBound)) to "
        + "\(TRECText.fixed(band.scores.upperBound))</th><td>\(band.judged)</td>"
        + "<td>\(band.relevant)</td><td>\(percent(band.share))</td></tr>"
    }
    return section(
      "What a score is worth",
      plot.html
        + details(table("", ["Score", kind.capitalized, "Relevant", "Share"], rows)))
  }

  private func rankSection(_ system: System) -> String {
    let ranks = RankProfile(of: system.run, judgedBy: judgments).ranks.filter { $0.count > 0 }
    guard !ranks.isEmpty else { return "" }
    let width = 1 / Double(ranks.count)
    let marks = ranks.enumerated().flatMap { index, rank -> [ReportPlot.Mark] in
      let x = (Double(index) + 0.15) * width
      let share = Double(rank.relevant) / Double(rank.count)
      return [
        .bar(
          x: x, width: width * 0.7, from: 0, to: Double(rank.judged) / Double(rank.count),
          style: "faint", title: "rank \(rank.rank): \(rank.judged) of \(rank.count) judged"),
        .bar(
          x: x, width: width * 0.7, from: 0, to: share, style: "plain",
          title: "rank \(rank.rank): \(rank.relevant) of \(rank.count) relevant"),
      ]
    }
    let rows = ranks.map { rank in
      "<tr><th scope=\"row\">\(rank.rank)</th><td>\(rank.count)</td><td>\(rank.judged)</td>"
        + "<td>\(rank.relevant)</td><td>\(Evaluation.fixed(rank.precision))</td></tr>"
    }
    let plot = ReportPlot(
      label: "share of relevant articles at ranks 1 to \(ranks.count)",
      caption:
        "Share of the articles at each rank that is relevant; the pale bar is the share that "
        + "was judged at all.",
      yLabels: ["100 %", "50 %", "0 %"], xLabels: ranks.map { String($0.rank) },
      labelsBars: true, marks: marks)
    return section(
      "At each rank",
      plot.html
        + details(
          table("", ["Rank", "Lists", "Judged", "Relevant", "Precision down to here"], rows)))
  }

  private var worstSection: String {
    guard !worst.queries.isEmpty else { return "" }
    let queries = worst.queries.map { query in
      let expected = query.expected.map { entry in
        item(
          "grade \(entry.grade), " + (entry.rank.map { "came \($0)" } ?? "missing"), entry.article)
      }
      let came = query.came.map { entry in
        item(
          entry.grade.map { $0 < 0 ? "unjudged" : "grade \($0)" } ?? "unjudged", entry.article)
      }
      return
        "<h3>\(Evaluation.fixed(query.value)) · \(name(query.id))</h3>\n<div class=\"columns\">"
        + "<div><p class=\"muted\">Expected</p><ul class=\"list\">\(expected.joined())</ul></div>"
        + "<div><p class=\"muted\">Came</p><ul class=\"list\">"
        + (came.isEmpty ? "<li>nothing</li>" : came.joined()) + "</ul></div></div>\n"
    }
    return section("The worst queries by \(worst.measure)", queries.joined())
  }

  // MARK: Pieces

  private func name(_ id: String) -> String {
    let title = titles(id).flatMap { $0.isEmpty ? nil : $0 }
    return title.map { "\(HTML.escaped($0)) <span class=\"muted\">\(HTML.escaped(id))</span>" }
      ?? HTML.escaped(id)
  }

  private func item(_ note: String, _ id: String) -> String {
    "<li><span class=\"grade\">\(note)</span><span>\(name(id))</span></li>"
  }

  private func track(_ mean: Double, _ interval: ClosedRange<Double>?) -> String {
    let range = interval.map { range in
      "<i style=\"left:\(percent(range.lowerBound));right:\(percent(1 - range.upperBound))\"></i>"
    }
    return "<span class=\"track\" aria-hidden=\"true\">\(range ?? "")"
      + "<b style=\"left:\(percent(mean))\"></b></span>"
  }

  private func percent(_ share: Double) -> String {
    TRECText.fixed(share * 100, decimals: 1) + "%"
  }

  private func section(_ title: String, _ content: String) -> String {
    "<section>\n<h2>\(HTML.escaped(title))</h2>\n\(content)</section>\n"
  }

  private func details(_ content: String) -> String {
    "<details><summary>As a table</summary>\n\(content)</details>\n"
  }

  private func table(_ caption: String, _ header: [String], _ rows: [String]) -> String {
    let heads = header.map { "<th scope=\"col\">\($0)</th>" }.joined()
    let note = caption.isEmpty ? "" : "<p class=\"muted\">\(caption)</p>\n"
    return note
      + "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"table\"><table>"
      + "<thead><tr>\(heads)</tr></thead>\n<tbody>\n\(rows.joined(separator: "\n"))\n</tbody></table>"
      + "</div>\n"
  }
}
