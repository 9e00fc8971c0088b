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
  /// The same text, as UTF-8 at the end of `bytes`: for many lists, without a string between.
  func append(_ list: RecommendationList, isFirst: Bool, to bytes: inout [UInt8])
  /// A file for this list alone.
  func file(for list: RecommendationList) -> String
}

extension ListFormatter {
  public var prologue: String { "" }
  public var epilogue: String { "" }

  public func append(_ list: RecommendationList, isFirst: Bool, to bytes: inout [UInt8]) {
    bytes += text(for: list, isFirst: isFirst).utf8
  }

  public func file(for list: RecommendationList) -> String { document([list]) }

  /// A whole document.
  public func document(_ lists: [RecommendationList]) -> String {
    prologue
      + lists.enumerated().map { text(for: $1, isFirst: $0 == 0) }.joined()
      + epilogue
  }
}
