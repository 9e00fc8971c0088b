import Foundation
import RelatedNews

/// Options from a file: every option of the command line by its name.
///
///     {"limit": 8, "only-older": true, "section": ["world", "local"], "pins": "editors.txt"}
///
/// `false` switches a switch off; a list is for what may be given more than once; a path is meant
/// from the file's own folder.
struct Configuration {
  static let fileName = "related-news.json"

  let path: String
  /// The words of each option; empty for one that is switched off.
  let values: [String: [String]]

  /// The file of `--config`, or the one beside the archive; nil where there is none.
  init?(for arguments: Arguments) throws {
    if let path = arguments.text("config") {
      try self.init(path: path)
      return
    }
    guard let path = Self.path(besideArchiveOf: arguments) else { return nil }
    try self.init(path: path)
  }

  /// - Throws: `UsageError` naming the file and what was expected there.
  init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw UsageError("\(path): no such configuration file, or it cannot be read")
    }
    var known: [String: Option] = [:]
    for option in Tool.jobs.flatMap(\.options).unique where option.name != "help" {
      known[option.name] = option
    }
    var values: [String: [String]] = [:]
    for (name, value) in try Self.object(in: data, path: path) {
      guard let option = known[name] else {
        throw UsageError(
          "\(path): unknown option \"\(name)\""
            + Suggestion.didYouMean(name, among: known.keys.sorted()))
      }
      guard name != "config" else {
        throw UsageError("\(path): \"config\" cannot stand in a configuration file")
      }
      values[name] = try Self.texts(value, of: option, in: path)
    }
    self.path = path
    self.values = values
  }

  private static func path(besideArchiveOf arguments: Arguments) -> String? {
    guard let archive = arguments.operands.first, !["", "-"].contains(archive) else {
      return nil
    }
    let first = Inputs.paths(of: archive).first ?? archive
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: first, isDirectory: &isFolder)
    let path =
      exists && isFolder.boolValue
      ? (first as NSString).appendingPathComponent(fileName) : beside(first, fileName)
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  /// A path from the folder of another.
  private static func beside(_ path: String, _ name: String) -> String {
    let folder = PathParts.folder(of: path)
    return folder == "." ? name : (folder as NSString).appendingPathComponent(name)
  }

  private static func object(in data: Data, path: String) throws -> [(String, Any)] {
    let expected = "expected a JSON object of options, like {\"limit\": 8}"
    do {
      guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
        throw UsageError("\(path): \(expected)")
      }
      // In order, so that of several faults always the same one is named.
      return object.sorted { $0.key < $1.key }
    } catch let error as NSError {
      let reason = error.userInfo["NSDebugDescription"] as? String
      throw UsageError("\(path): \(expected)\(reason.map { " (\($0))" } ?? "")")
    }
  }

  private static func texts(_ value: Any, of option: Option, in path: String) throws -> [String] {
    if let list = value as? [Any] {
      guard option.repeats else {
        throw UsageError("\(path): \"\(option.name)\": expected one value, found a list")
      }
      return try list.map { try text($0, of: option, in: path) }
    }
    if let flag = boolean(value) {
      guard !flag || option.value == nil else {
        throw UsageError(
          "\(path): \"\(option.name)\": expected \(option.value ?? "a value"), found true")
      }
      return flag ? ["true"] : []
    }
    guard option.value != nil else {
      throw UsageError("\(path): \"\(option.name)\": expected true or false")
    }
    return [try text(value, of: option, in: path)]
  }

  private static func text(_ value: Any, of option: Option, in path: String) throws -> String {
    switch value {
    case let text as String:
      guard option.isPath, text != "-", !text.hasPrefix("/") else { return text }
      return beside(path, text)
    case let number as NSNumber where boolean(value) == nil: return number.stringValue
    default: throw UsageError("\(path): \"\(option.name)\": expected text or a number")
    }
  }

  /// JSON's `true` and `false`, which Foundation keeps as numbers of C's type `char`.
  private static func boolean(_ value: Any) -> Bool? {
    guard let number = value as? NSNumber, String(cString: number.objCType) == "c" else {
      return nil
    }
    return number.boolValue
  }
}
