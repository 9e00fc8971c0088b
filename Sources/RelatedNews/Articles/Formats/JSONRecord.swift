import Foundation

/// An article as a JSON object: the project's own record, one of them a line in JSON Lines.
///
/// `{"id","title","body","published","updated","source","section","keywords","url","language",
/// "status","embargoedUntil","expires"}`; only `id` and some text are needed, unknown keys are
/// ignored. A whole number is taken as an id, as many systems count their articles; where other
/// text is expected a number is an error, named.
enum JSONRecord {
  static func read(_ object: [String: Any], place: String, dates: DateReader) -> ReadRecord {
    do {
      return try article(object, place: place, dates: dates)
    } catch let problem as Problem {
      return ReadRecord(place: place, skipped: problem.message)
    } catch {
      return ReadRecord(place: place, skipped: "\(error)")
    }
  }

  private struct Problem: Error { let message: String }

  private static func article(
    _ object: [String: Any], place: String, dates: DateReader
  ) throws -> ReadRecord {
    var warnings: [String] = []
    let title = try text("title", of: object) ?? ""
    let body = try text("body", of: object) ?? ""
    var article = Article(id: try id(of: object), title: title, body: body)
    guard title.contains(where: { !$0.isWhitespace }) || body.contains(where: { !$0.isWhitespace })
    else { throw Problem(message: "no text: neither \"title\" nor \"body\"") }
    func date(_ key: String) throws -> Date? {
      guard let text = try text(key, of: object), !text.isEmpty else { return nil }
      if let date = dates.date(text) { return date }
      warnings.append(
        "\"\(key)\" is no date: \(quoted(text)); expected one like 2017-11-30T09:22:39Z")
      return nil
    }
    article.published = try date("published")
    article.updated = try date("updated")
    article.embargoedUntil = try date("embargoedUntil")
    article.expires = try date("expires")
    if article.embargoedUntil == nil, let value = object["embargoedUntil"] as? String,
      !value.isEmpty
    {
      // A date that nobody can read must not open the door.
      article.status = .withheld
    }
    article.source = try text("source", of: object)
    article.section = try text("section", of: object)
    article.url = try text("url", of: object)
    article.language = try text("language", of: object)
    article.keywords = try keywords(of: object)
    if let word = try text("status", of: object), !word.isEmpty {
      if let status = Article.Status(word: word) {
        if article.status == .published { article.status = status }
      } else {
        warnings.append("\"status\" is unknown, taken as draft: \(quoted(word))")
        article.status = .draft
      }
    }
    return ReadRecord(place: place, article: article, warnings: warnings)
  }

  private static func id(of object: [String: Any]) throws -> String {
    guard let value = object["id"], !(value is NSNull) else { throw Problem(message: "no \"id\"") }
    if let text = value as? String {
      guard text.contains(where: { !$0.isWhitespace }) else {
        throw Problem(message: "\"id\" is empty")
      }
      return text
    }
    if let number = value as? NSNumber, !isBoolean(number), let whole = Int(number.stringValue) {
      return String(whole)
    }
    throw Problem(message: "\"id\" is \(kind(of: value)), expected text")
  }

  private static func text(_ key: String, of object: [String: Any]) throws -> String? {
    guard let value = object[key], !(value is NSNull) else { return nil }
    guard let text = value as? String else {
      throw Problem(message: "\"\(key)\" is \(kind(of: value)), expected text")
    }
    return text
  }

  /// A list of texts, or one text with commas.
  private static func keywords(of object: [String: Any]) throws -> [String] {
    guard let value = object["keywords"], !(value is NSNull) else { return [] }
    if let text = value as? String {
      return text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    guard let list = value as? [Any] else {
      throw Problem(message: "\"keywords\" is \(kind(of: value)), expected a list of texts")
    }
    return try list.map {
      guard let text = $0 as? String else {
        throw Problem(message: "\"keywords\" holds \(kind(of: $0)), expected texts")
      }
      return text
    }
  }

  static func kind(of value: Any) -> String {
    switch value {
    case is String: "text"
    case let number as NSNumber: isBoolean(number) ? "true or false" : "a number"
    case is [Any]: "a list"
    case is [String: Any]: "an object"
    default: "null"
    }
  }

  private static func isBoolean(_ number: NSNumber) -> Bool {
    // `number is Bool` would also hold for the numbers 0 and 1.
    String(cString: number.objCType) == "c"
  }

  private static func quoted(_ text: String) -> String { "\"\(text.prefix(40))\"" }
}
