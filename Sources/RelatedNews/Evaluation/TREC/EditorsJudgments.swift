extension EditorialRules {
  /// The rules of a file whose first line is a rule; nil for any other file, qrels above all.
  static func recognized(in bytes: [UInt8], named name: String) throws -> EditorialRules? {
    let text = String(decoding: bytes, as: UTF8.self)
    let first = text.split(whereSeparator: \.isNewline).lazy
      .map { $0.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace) }
      .first { !$0.isEmpty }
    guard let first, first.count == 3, ["pin", "ban", "never-together"].contains(first[0])
    else { return nil }
    return try EditorialRules(parsing: text, named: name)
  }
}
