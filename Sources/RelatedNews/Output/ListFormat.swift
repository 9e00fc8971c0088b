import Foundation

/// How recommendation lists are written.
public enum ListFormat: String, Sendable, Hashable, Codable, CaseIterable {
  case jsonl, json, csv, tsv, trec, markdown, html
  case hugoData = "hugo-data"

  /// A writer of this format.
  public var formatter: any ListFormatter {
    switch self {
    case .jsonl: JSONLinesFormatter()
    case .json: JSONArrayFormatter()
    case .csv: TableFormatter(separator: ",")
    case .tsv: TableFormatter(separator: "\t")
    case .trec: TRECFormatter()
    case .markdown: MarkdownFormatter()
    case .html: HTMLFormatter()
    case .hugoData: HugoDataFormatter()
    }
  }

  /// What a file of this format is called: `"md"` for Markdown.
  public var fileExtension: String {
    switch self {
    case .markdown: "md"
    case .hugoData: "json"
    default: rawValue
    }
  }
}

/// Writes lists one after the other: the prologue, each list, the epilogue.
public protocol ListFormatter: Sendable {
  var prologue: String { get }
  var epilogue: String { get }
  /// One list; `isFirst` where the format puts something between lists.
  func text(for list: RecommendationList, isFirst: Bool) -> String
  /// A file for this list alone.
  func file(for list: RecommendationList) -> String
}

extension ListFormatter {
  public var prologue: String { "" }
  public var epilogue: String { "" }

  public func file(for list: RecommendationList) -> String { document([list]) }

  /// A whole document.
  public func document(_ lists: [RecommendationList]) -> String {
    prologue
      + lists.enumerated().map { text(for: $1, isFirst: $0 == 0) }.joined()
      + epilogue
  }
}

/// Numbers and dates as every format writes them.
package enum Plain {
  /// Six decimals without trailing zeros: `0.4312`.
  package static func score(_ score: Float) -> String {
    let millionths = Int((Double(score) * 1_000_000).rounded())
    return decimal(millionths)
  }

  /// `431_200` millionths are `0.4312`.
  package static func decimal(_ millionths: Int) -> String {
    let digits = String(abs(millionths) % 1_000_000)
    var fraction = String(repeating: "0", count: 6 - digits.count) + digits
    while fraction.count > 1, fraction.hasSuffix("0") { fraction.removeLast() }
    return (millionths < 0 ? "-" : "") + "\(abs(millionths) / 1_000_000).\(fraction)"
  }

  /// `19043` is `19,043`.
  package static func grouped(_ number: Int) -> String {
    var digits = String(abs(number))
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  /// `2017-11-30T09:22:39Z`.
  package static func date(_ date: Date) -> String { date.formatted(.iso8601) }

  /// Control characters, which a terminal or a table would obey, become spaces.
  package static func oneLine(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isObeyed) else { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { isObeyed($0) ? " " : $0 }))
  }

  /// Whether a terminal, a table or a reader's eye would be led by a character that cannot be seen:
  /// controls, line ends, and the bidirectional ones that make a line read as another.
  package static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
