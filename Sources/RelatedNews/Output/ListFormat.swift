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
}

/// Writes lists one after the other: the prologue, each list, the epilogue.
public protocol ListFormatter: Sendable {
  var prologue: String { get }
  var epilogue: String { get }
  /// One list; `isFirst` where the format puts something between lists.
  func text(for list: RecommendationList, isFirst: Bool) -> String
}

extension ListFormatter {
  public var prologue: String { "" }
  public var epilogue: String { "" }

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

  /// `2017-11-30T09:22:39Z`.
  package static func date(_ date: Date) -> String { date.formatted(.iso8601) }

  /// Control characters, which a terminal or a table would obey, become spaces.
  package static func oneLine(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: " "
      // Bidirectional overrides can make a line read as another one.
      case .format where (0x202A...0x202E).contains(scalar.value): " "
      case .format where (0x2066...0x2069).contains(scalar.value): " "
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
