import Foundation

/// One file a list, in a folder, named for the article: `related/harrow-dam.json`.
///
/// Every file is whole or not there. Files of other articles are left alone, as they may not be ours.
package struct ListFolder {
  /// Files that are written before the first of them gets its name: few enough to be open at once.
  private static let batch = 200
  private let folder: String
  private let format: ListFormat
  private let formatter: any ListFormatter

  /// - Throws: `OutputError` if the folder cannot be made.
  package init(path: String, format: ListFormat) throws(OutputError) {
    folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    self.format = format
    formatter = format.formatter
    try Self.makeFolder(folder)
  }

  /// The file of a list, below the folder: `harrow-dam.json`.
  package func name(for list: RecommendationList) -> String {
    FileName.path(for: list.id) + "." + format.fileExtension
  }

  package func append(_ lists: [RecommendationList]) throws(OutputError) {
    for start in stride(from: 0, to: lists.count, by: Self.batch) {
      try write(lists[start..<min(start + Self.batch, lists.count)])
    }
  }

  /// Writes all, makes all durable, then gives all their names.
  private func write(_ lists: ArraySlice<RecommendationList>) throws(OutputError) {
    var files: [AtomicFile.Staged] = []
    do throws(OutputError) {
      for list in lists {
        let path = "\(folder)/\(name(for: list))"
        if let slash = path.lastIndex(of: "/"), path[..<slash] != folder {
          try Self.makeFolder(String(path[..<slash]))
        }
        files.append(try AtomicFile.stage(Array(formatter.file(for: list).utf8), at: path))
      }
      for file in files { try file.sync() }
      for file in files { try file.rename() }
    } catch {
      for file in files { file.discard() }
      throw error
    }
    for parent in Set(files.map(\.folder)).sorted() { try AtomicFile.syncFolder(parent) }
  }

  private static func makeFolder(_ path: String) throws(OutputError) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      guard isFolder.boolValue else {
        throw OutputError("\(path): is a file; a folder was expected")
      }
      return
    }
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true)
    } catch {
      throw OutputError("\(path): the folder cannot be made", errno: errno)
    }
  }
}
