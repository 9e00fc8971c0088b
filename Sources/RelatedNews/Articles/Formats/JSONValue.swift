import Foundation

/// Reading of loosely typed JSON objects of other people's formats: what has the wrong type is as
/// good as absent.
struct JSONObject {
  let values: [String: Any]

  init(_ values: [String: Any]) { self.values = values }

  init?(_ value: Any?) {
    guard let values = value as? [String: Any] else { return nil }
    self.values = values
  }

  subscript(_ key: String) -> Any? {
    guard let value = values[key], !(value is NSNull) else { return nil }
    return value
  }

  func has(_ key: String) -> Bool { self[key] != nil }

  /// A text, or a number as text: ids and versions come as either.
  func text(_ keys: String...) -> String? {
    for key in keys {
      if let text = Self.text(self[key]) { return text }
    }
    return nil
  }

  func list(_ key: String) -> [Any] { self[key] as? [Any] ?? [] }
  func object(_ key: String) -> JSONObject? { JSONObject(self[key]) }

  /// The objects of a list; one object alone is a list of one.
  func objects(_ key: String) -> [JSONObject] {
    if let one = object(key) { return [one] }
    return list(key).compactMap { JSONObject($0) }
  }

  /// Texts of a list, or of one text with commas, or the names of a list of objects.
  func names(_ key: String) -> [String] {
    if let text = self[key] as? String {
      return text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let values = self[key] as? [Any] ?? self[key].map { [$0] } ?? []
    return values.compactMap { value in
      (value as? String) ?? JSONObject(value)?.text("name", "value", "@value", "termCode")
    }
  }

  static func text(_ value: Any?) -> String? {
    if let text = value as? String {
      return text.trimmed.nonEmpty
    }
    guard let number = value as? NSNumber, JSONRecord.kind(of: number) == "a number" else {
      return nil
    }
    return number.stringValue
  }
}
