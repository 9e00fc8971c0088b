/// A plot as HTML: the marks are SVG that stretches to any width, the labels are text beside it, so
/// they stay readable on a telephone.
struct ReportPlot {
  /// A mark in the unit square, y upwards.
  enum Mark {
    /// A bar from y to y at a place of a width.
    case bar(x: Double, width: Double, from: Double, to: Double, style: String, title: String)
    case line([(x: Double, y: Double)], style: String)
    case dot(x: Double, y: Double, style: String, title: String)
  }

  let label: String
  let caption: String
  /// From the top down.
  let yLabels: [String]
  /// From left to right.
  let xLabels: [String]
  /// Whether the labels stand below bars of equal width, or at both ends.
  var labelsBars = false
  /// Heights of lines across.
  var rules: [Double] = [0, 0.5, 1]
  let marks: [Mark]

  var html: String {
    let grid = rules.map {
      "<line class=\"rule\" x1=\"0\" x2=\"1000\" y1=\"\(y($0))\" y2=\"\(y($0))\"/>"
    }
    return """
      <figure class="plot">
      <div class="y" aria-hidden="true">\(spans(yLabels))</div>
      <svg role="img" aria-label="\(HTML.escaped(label))" viewBox="0 0 1000 400" preserveAspectRatio="none">
      \((grid + marks.map(svg)).joined(separator: "\n"))
      </svg>
      <div class="\(labelsBars ? "x even" : "x")" aria-hidden="true">\(spans(xLabels))</div>
      <figcaption>\(caption)</figcaption>
      </figure>

      """
  }

  private func spans(_ labels: [String]) -> String {
    labels.map { "<span>\(HTML.escaped($0))</span>" }.joined()
  }

  private func svg(_ mark: Mark) -> String {
    switch mark {
    case .bar(let x, let width, let from, let to, let style, let title):
      let (low, high) = (min(from, to), max(from, to))
      return "<rect class=\"\(style)\" x=\"\(number(x * 1000))\" y=\"\(y(high))\" "
        + "width=\"\(number(width * 1000))\" height=\"\(number(max(0.5, (high - low) * 400)))\">"
        + "<title>\(HTML.escaped(title))</title></rect>"
    case .line(let points, let style):
      let path = points.map { "\(number($0.x * 1000)),\(y($0.y))" }.joined(separator: " ")
      return "<polyline class=\"\(style)\" points=\"\(path)\"/>"
    case .dot(let x, let y, let style, let title):
      // A line of no length with round ends: round at any stretch.
      let point = "\(number(x * 1000)) \(self.y(y))"
      return "<path class=\"dot \(style)\" d=\"M\(point)L\(point)\">"
        + "<title>\(HTML.escaped(title))</title></path>"
    }
  }

  private func y(_ height: Double) -> String { number((1 - height) * 400) }

  private func number(_ value: Double) -> String { TRECText.fixed(value, decimals: 2) }
}
