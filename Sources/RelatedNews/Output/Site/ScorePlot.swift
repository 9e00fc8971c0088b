/// How many suggestions score how much, as bars in an inline SVG with a text for those who hear it.
struct ScorePlot {
  /// Counts of equal parts of 0 to 1.
  let counts: [Int]

  private static let width = 640.0
  private static let height = 220.0
  private static let left = 56.0
  private static let bottom = 28.0
  private static let top = 10.0

  var svg: String {
    let most = counts.max() ?? 0
    let ceiling = Self.ceiling(of: most)
    return """
      <svg class="plot" viewBox="0 0 640 220" role="img" aria-labelledby="plot-title plot-text">
      <title id="plot-title">How suggestions score</title>
      <desc id="plot-text">\(description)</desc>
      \(gridLines(to: ceiling))
      \(bars(to: ceiling))
      <path class="axis" d="M56 192H640" fill="none"/>
      \(axisLabels)
      </svg>
      """
  }

  /// The bars in words: half of them are below which score.
  var description: String {
    let total = counts.reduce(0, +)
    guard total > 0 else { return "There are no suggestions." }
    let step = 1 / Double(counts.count)
    let peak = counts.indices.max { counts[$0] < counts[$1] } ?? 0
    return "\(SitePage.counted(total, "suggestion", "suggestions")). Half of them score below "
      + "\(ArticlePage.decimals(quantile(0.5))), a tenth above \(ArticlePage.decimals(quantile(0.9))). "
      + "Most are between \(ArticlePage.decimals(Double(peak) * step)) and "
      + "\(ArticlePage.decimals(Double(peak + 1) * step))."
  }

  /// The upper end of the part in which the share is reached.
  private func quantile(_ share: Double) -> Double {
    let total = counts.reduce(0, +)
    var sum = 0
    for (index, count) in counts.enumerated() {
      sum += count
      if Double(sum) >= share * Double(total) { return Double(index + 1) / Double(counts.count) }
    }
    return 1
  }

  /// The next of 1, 2, 5, 10, 20, 50, … that is not less.
  static func ceiling(of count: Int) -> Int {
    var unit = 1
    while true {
      for factor in [1, 2, 5] where factor * unit >= count { return factor * unit }
      unit *= 10
    }
  }

  private var plotWidth: Double { Self.width - Self.left }
  private var plotHeight: Double { Self.height - Self.bottom - Self.top }

  private func y(_ count: Int, of ceiling: Int) -> Double {
    Self.top + plotHeight * (1 - Double(count) / Double(ceiling))
  }

  private func gridLines(to ceiling: Int) -> String {
    let marks = ceiling >= 4 ? [ceiling / 2, ceiling] : [ceiling]
    return marks.map { mark in
      let y = number(y(mark, of: ceiling))
      return "<path class=\"grid\" d=\"M56 \(y)H640\" fill=\"none\"/>"
        + "<text x=\"48\" y=\"\(number(self.y(mark, of: ceiling) + 4))\" text-anchor=\"end\">"
        + "\(SitePage.grouped(mark))</text>"
    }.joined(separator: "\n")
  }

  private func bars(to ceiling: Int) -> String {
    let step = plotWidth / Double(counts.count)
    return counts.enumerated().filter { $0.element > 0 }.map { index, count in
      let top = y(count, of: ceiling)
      return "<rect class=\"bar\" x=\"\(number(Self.left + Double(index) * step + 1.5))\" "
        + "y=\"\(number(top))\" width=\"\(number(step - 3))\" "
        + "height=\"\(number(max(1, Self.height - Self.bottom - top)))\" rx=\"1.5\"><title>"
        + "\(SitePage.counted(count, "suggestion", "suggestions"))</title></rect>"
    }.joined(separator: "\n")
  }

  private var axisLabels: String {
    (0...5).map { mark in
      let x = Self.left + plotWidth * Double(mark) / 5
      let anchor = mark == 0 ? "start" : mark == 5 ? "end" : "middle"
      return "<text x=\"\(number(x))\" y=\"212\" text-anchor=\"\(anchor)\">"
        + "\(mark == 0 ? "0" : mark == 5 ? "1" : "0.\(mark * 2)")</text>"
    }.joined()
  }

  private func number(_ value: Double) -> String {
    Plain.decimal(Int((value * 10).rounded()) * 100_000)
  }
}
