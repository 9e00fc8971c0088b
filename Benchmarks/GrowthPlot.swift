import Foundation

/// Time against archive size as an SVG, both axes logarithmic, beside what growth with the square
/// of the size would be.
struct GrowthPlot {
  let points: [Growth.Point]
  let distinctTerms: Int

  private static let width = 640.0
  private static let height = 400.0
  private static let margin = 64.0
  /// Right of the axes, where half of the last label stands.
  private static let rightMargin = 36.0

  var svg: String {
    guard let first = points.first, let last = points.last else { return "" }
    let ratio = Double(last.articles) / Double(first.articles)
    let times = points.map(\.cpuSeconds)
    let square = first.cpuSeconds * ratio * ratio
    let x = Axis(
      from: Double(first.articles), to: Double(last.articles),
      start: Self.margin, end: Self.width - Self.rightMargin)
    let y = Axis(
      from: times.min() ?? 1, to: max(square, times.max() ?? 1),
      start: Self.height - Self.margin, end: 24)
    let line = points.map { point(x[Double($0.articles)], y[$0.cpuSeconds]) }
    let squareLine = [
      point(x[Double(first.articles)], y[first.cpuSeconds]),
      point(x[Double(last.articles)], y[square]),
    ]
    var parts = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" \
      font-family="sans-serif" font-size="13">
      <title>Rebuild time against archive size</title>
      <rect width="100%" height="100%" fill="#fff"/>
      """
    ]
    for power in x.powersOfTen {
      parts.append(text(x[power], Self.height - Self.margin + 20, "middle", label(power)))
      parts.append(rule(x[power], 24, x[power], Self.height - Self.margin))
    }
    for power in y.powersOfTen {
      parts.append(text(Self.margin - 8, y[power] + 4, "end", label(power) + " s"))
      parts.append(rule(Self.margin, y[power], Self.width - Self.rightMargin, y[power]))
    }
    parts.append(
      "<polyline points=\"\(squareLine.joined(separator: " "))\" fill=\"none\" stroke=\"#999\" "
        + "stroke-dasharray=\"5 4\"/>")
    parts.append(
      "<polyline points=\"\(line.joined(separator: " "))\" fill=\"none\" stroke=\"#06c\" "
        + "stroke-width=\"2\"/>")
    for point in points {
      parts.append(
        "<circle cx=\"\(number(x[Double(point.articles)]))\" "
          + "cy=\"\(number(y[point.cpuSeconds]))\" r=\"4\" fill=\"#06c\"/>")
    }
    parts.append(
      text(
        Self.width / 2, Self.height - 16, "middle",
        "articles of \(distinctTerms) distinct terms; dashed: growth with the square"))
    parts.append(text(Self.margin, 16, "start", "seconds of processor time for a rebuild"))
    parts.append("</svg>\n")
    return parts.joined(separator: "\n")
  }

  /// Values on a logarithmic axis as places on the page.
  private struct Axis {
    let from: Double
    let to: Double
    let start: Double
    let end: Double

    subscript(value: Double) -> Double {
      let share = to > from ? log(value / from) / log(to / from) : 0
      return start + (end - start) * share
    }

    var powersOfTen: [Double] {
      guard from > 0, to > from else { return [] }
      return (Int(log10(from).rounded(.up))...max(Int(log10(to)), Int(log10(from).rounded(.up))))
        .map { pow(10, Double($0)) }.filter { $0 <= to }
    }
  }

  private func text(_ x: Double, _ y: Double, _ anchor: String, _ content: String) -> String {
    "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\">\(content)</text>"
  }

  private func rule(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    "<path d=\"M\(point(x1, y1)) L\(point(x2, y2))\" stroke=\"#eee\"/>"
  }

  private func label(_ value: Double) -> String {
    value >= 1 ? String(format: "%.0f", value) : String(format: "%g", value)
  }

  private func point(_ x: Double, _ y: Double) -> String { "\(number(x)),\(number(y))" }
  private func number(_ value: Double) -> String { String(format: "%.1f", value) }
}
