/// JSON as text, keys in a fixed order: Foundation's encoders sort keys or leave their order open.
///
/// Written byte by byte into one array: a rebuild writes more text than it reads.
package enum JSONText {
  package static func list(_ list: RecommendationList) -> String {
    text { append(list, to: &$0) }
  }

  package static func items(_ list: RecommendationList) -> String {
    text { append(itemsOf: list, to: &$0) }
  }

  /// A JSON string; `<` is escaped too, so that the text may stand in a script element, and what a
  /// terminal or an eye would be led by.
  package static func string(_ text: String) -> String {
    self.text { append(text, to: &$0) }
  }

  static func append(_ list: RecommendationList, to bytes: inout [UInt8]) {
    bytes += "{\"id\":".utf8
    append(list.id, to: &bytes)
    bytes += ",\"related\":".utf8
    append(itemsOf: list, to: &bytes)
    bytes.append(UInt8(ascii: "}"))
  }

  static func append(itemsOf list: RecommendationList, to bytes: inout [UInt8]) {
    append(list.items, to: &bytes) { append($0, rank: $1 + 1, to: &$2) }
  }

  static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    if text.utf8.allSatisfy(isPlain) {
      bytes += text.utf8
    } else {
      for scalar in text.unicodeScalars { append(scalar, to: &bytes) }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension JSONText {
  /// What is written, as text.
  static func text(_ write: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    write(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func append<Element>(
    _ elements: [Element], to bytes: inout [UInt8],
    _ write: (Element, _ place: Int, inout [UInt8]) -> Void
  ) {
    bytes.append(UInt8(ascii: "["))
    for (place, element) in elements.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      write(element, place, &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private static func append(strings: [String], to bytes: inout [UInt8]) {
    append(strings, to: &bytes) { text, _, bytes in append(text, to: &bytes) }
  }

  private static func append(_ item: Recommendation, rank: Int, to bytes: inout [UInt8]) {
    bytes += "{\"rank\":".utf8
    Plain.append(rank, to: &bytes)
    bytes += ",\"id\":".utf8
    append(item.article.id, to: &bytes)
    bytes += ",\"score\":".utf8
    Plain.append(score: item.score, to: &bytes)
    bytes += ",\"title\":".utf8
    append(item.article.title, to: &bytes)
    if let published = item.article.published {
      bytes += ",\"published\":\"".utf8
      Plain.append(published, to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    }
    if let url = item.article.url {
      bytes += ",\"url\":".utf8
      append(url, to: &bytes)
    }
    if !item.because.isEmpty {
      bytes += ",\"because\":".utf8
      append(strings: item.because, to: &bytes)
    }
    if !item.versions.isEmpty {
      bytes += ",\"versions\":".utf8
      append(strings: item.versions, to: &bytes)
    }
    if let fallback = item.fallback {
      bytes += ",\"fallback\":".utf8
      append(fallback, to: &bytes)
    }
    if item.isPinned { bytes += ",\"pinned\":true".utf8 }
    if let explanation = item.explanation {
      bytes += ",\"explanation\":".utf8
      append(explanation, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// The strongest terms, and what all others bring together.
  private static func append(_ explanation: Explanation, to bytes: inout [UInt8]) {
    bytes += "{\"text\":".utf8
    append(explanation.plainWords, to: &bytes)
    bytes += ",\"relatedness\":\(explanation.relatedness),\"recency\":".utf8
    bytes += "\(explanation.recencyFactor),\"hub\":\(explanation.hubDeduction),\"terms\":".utf8
    append(explanation.contributions, to: &bytes) { entry, _, bytes in
      bytes += "{\"term\":".utf8
      append(entry.term, to: &bytes)
      bytes += ",\"fields\":".utf8
      append(strings: entry.fields.map { "\($0)" }, to: &bytes)
      bytes += ",\"value\":\(entry.value)}".utf8
    }
    let others = explanation.others
    bytes += ",\"others\":{\"count\":\(others.count),\"value\":\(others.value)}}".utf8
  }

  /// Whether a byte stands for itself: ASCII that nothing and nobody is led by.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
      && byte != UInt8(ascii: "<")
  }

  private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    switch scalar {
    case "\"": bytes += "\\\"".utf8
    case "\\": bytes += "\\\\".utf8
    case "\n": bytes += "\\n".utf8
    case "\r": bytes += "\\r".utf8
    case "\t": bytes += "\\t".utf8
    case "<": bytes += "\\u003c".utf8
    case let control where Plain.isObeyed(control):
      let hex = String(control.value, radix: 16)
      bytes += ("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8
    default: bytes += scalar.utf8
    }
  }
}
