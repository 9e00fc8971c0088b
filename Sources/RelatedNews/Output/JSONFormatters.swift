/// One JSON object a line, keys in the order of the contract.
public struct JSONLinesFormatter: ListFormatter {
  public init() {}

  public func text(for list: RecommendationList, isFirst: Bool) -> String {
    JSONText.text { append(list, isFirst: isFirst, to: &$0) }
  }

  public func append(_ list: RecommendationList, isFirst: Bool, to bytes: inout [UInt8]) {
    JSONText.append(list, to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
  }
}

/// One JSON array of all lists.
public struct JSONArrayFormatter: ListFormatter {
  public init() {}
  public var prologue: String { "[" }
  public var epilogue: String { "\n]\n" }

  public func text(for list: RecommendationList, isFirst: Bool) -> String {
    JSONText.text { append(list, isFirst: isFirst, to: &$0) }
  }

  public func append(_ list: RecommendationList, isFirst: Bool, to bytes: inout [UInt8]) {
    bytes += (isFirst ? "\n" : ",\n").utf8
    JSONText.append(list, to: &bytes)
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
    JSONText.text { append(list, isFirst: isFirst, to: &$0) }
  }

  public func append(_ list: RecommendationList, isFirst: Bool, to bytes: inout [UInt8]) {
    bytes += (isFirst ? "\n" : ",\n").utf8
    JSONText.append(list.id, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    JSONText.append(itemsOf: list, to: &bytes)
  }

  /// The entries alone: in a `data` folder the file's name is the key.
  public func file(for list: RecommendationList) -> String { JSONText.items(list) + "\n" }
}
