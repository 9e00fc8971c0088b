import Foundation
import RelatedNews

/// Options from a file: every option of the command line by its name, `{"limit": 8}`.
enum Configuration {
  static let fileName = "related-news.json"

  /// The values and the file they are from; nil where there is none.
  static func values(
    for arguments: Arguments
  ) throws -> (values: [String: [String]], origin: String)? {
    if let path = arguments.text("config") { return (try read(path), path) }
    guard let archive = arguments.operands.first, archive != "-" else { return nil }
    let first = archive.split(separator: ",").first.map(String.init) ?? archive
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: first, isDirectory: &isFolder)
    let folder =
      exists && isFolder.boolValue ? first : (first as NSString).deletingLastPathComponent
    let path = folder.isEmpty ? fileName : folder + "/" + fileName
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return (try read(path), path)
  }

  private static func read(_ path: String) throws -> [String: [String]] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw UsageError("\(path): no such configuration file")
    }
    guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw UsageError("\(path): expected a JSON object of options, like {\"limit\": 8}")
    }
    let known = Set(Tool.commands.flatMap { $0.options.map(\.name) })
    var result: [String: [String]] = [:]
    for (name, value) in object {
      guard known.contains(name) else {
        throw UsageError(
          "\(path): unknown option \"\(name)\"" + Suggestion.didYouMean(name, among: known.sorted())
        )
      }
      result[name] = try texts(value, of: name, in: path)
    }
    return result
  }

  private static func texts(_ value: Any, of name: String, in path: String) throws -> [String] {
    switch value {
    case let text as String: return [text]
    case let number as NSNumber:
      let isSwitch = String(cString: number.objCType) == "c"
      return [isSwitch ? (number.boolValue ? "true" : "false") : number.stringValue]
    case let list as [Any]: return try list.flatMap { try texts($0, of: name, in: path) }
    default:
      throw UsageError("\(path): \"\(name)\" must be text, a number, true or false, or a list")
    }
  }
}
