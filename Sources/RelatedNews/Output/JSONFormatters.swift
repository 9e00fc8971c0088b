/// One JSON object a line, keys in the order of the contract.
public struct JSONLinesFormatter: ListFormatter {
  public init() {}

  public func text(for list: RecommendationList, isFirst: Bool) -> String {
    JSONText.list(list) + "\n"
  }
}

/// One JSON array of all lists.
public struct JSONArrayFormatter: ListFormatter {
  public init() {}
  public var prologue: String { "[" }
  public var epilogue: String { "\n]\n" }

  public func text(for list: RecommendationList, isFirst: Bool) -> String {
    (isFirst ? "\n" : ",\n") + JSONText.list(list)
  }

  /// The object itself: what a page asks for is not an array of one.
  public func file(for list: RecommendationList) -> String { JSONText.list(list) + "\n" }
}

/// One JSON object by article id, as Hugo and Jekyll read it from their `data` folders:
/// `site.Data.related` in Hugo, `site.data.related` in Jekyll.
public struct HugoDataFormatter: ListFormatter {
  public init() {}
  public var prologue: String { "{" }
  public var epilogue: String { "\n}\n" }

  public func text(for list: RecommendationList, isFirst: Bool) -> String {
    (isFirst ? "\n" : ",\n") + JSONText.string(list.id) + ":" + JSONText.items(list)
  }

  /// The entries alone: in a `data` folder the file's name is the key.
  public func file(for list: RecommendationList) -> String { JSONText.items(list) + "\n" }
}

/// JSON as text, keys in a fixed order: Foundation's encoders sort keys or leave their order open.
package enum JSONText {
  package static func list(_ list: RecommendationList) -> String {
    "{\"id\":\(string(list.id)),\"related\":\(items(list))}"
  }

  package static func items(_ list: RecommendationList) -> String {
    "[" + list.items.enumerated().map { item($1, rank: $0 + 1) }.joined(separator: ",") + "]"
  }

  private static func item(_ item: Recommendation, rank: Int) -> String {
    var fields = ["\"rank\":\(rank)", "\"id\":\(string(item.article.id))"]
    fields.append("\"score\":\(Plain.score(item.score))")
    fields.append("\"title\":\(string(item.article.title))")
    if let published = item.article.published {
      fields.append("\"published\":\"\(Plain.date(published))\"")
    }
    if let url = item.article.url { fields.append("\"url\":\(string(url))") }
    if !item.because.isEmpty { fields.append("\"because\":\(strings(item.because))") }
    if !item.versions.isEmpty { fields.append("\"versions\":\(strings(item.versions))") }
    if let fallback = item.fallback { fields.append("\"fallback\":\(string(fallback))") }
    if item.isPinned { fields.append("\"pinned\":true") }
    if let explanation = item.explanation {
      fields.append("\"explanation\":\(self.explanation(explanation))")
    }
    return "{" + fields.joined(separator: ",") + "}"
  }

  /// The strongest terms, and what all others bring together.
  private static func explanation(_ explanation: Explanation) -> String {
    let terms = explanation.contributions.map { entry in
      "{\"term\":\(string(entry.term)),\"fields\":\(strings(entry.fields.map { "\($0)" })),"
        + "\"value\":\(entry.value)}"
    }
    let others = explanation.others
    return "{\"text\":\(string(explanation.plainWords)),\"relatedness\":\(explanation.relatedness),"
      + "\"recency\":\(explanation.recencyFactor),\"hub\":\(explanation.hubDeduction),"
      + "\"terms\":[\(terms.joined(separator: ","))],"
      + "\"others\":{\"count\":\(others.count),\"value\":\(others.value)}}"
  }

  package static func strings(_ texts: [String]) -> String {
    "[" + texts.map(string).joined(separator: ",") + "]"
  }

  /// A JSON string; `<` is escaped too, so that the text may stand in a script element, and what a
  /// terminal or an eye would be led by.
  package static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "<": result += "\\u003c"
      case let control where Plain.isObeyed(control):
        let hex = String(control.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
