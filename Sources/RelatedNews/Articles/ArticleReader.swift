import Foundation

/// Reads articles from files, folders and standard input; formats are recognised by content.
public struct ArticleReader: Sendable {
  /// Whether the first record that has to be left out ends the reading with an error.
  public var isStrict: Bool

  public init(isStrict: Bool = false) { self.isStrict = isStrict }

  /// Reads `paths` one after the other: files, folders (every file below, in the order of their
  /// paths' bytes, dot-files left out), or `-` for standard input.
  ///
  /// Of two records with one id the one updated later stays, else the later record, at the place of
  /// the first.
  /// - Throws: `ReadingError` for an input that cannot be read at all.
  public func read(_ paths: [String], jobs: Int = 1) throws -> ArticleCollection {
    var records: [ReadRecord] = []
    var bytesRead = 0
    for path in paths {
      for file in try Self.files(at: path) {
        let data = try Self.bytes(of: file)
        bytesRead += data.count
        records += try Self.records(in: data, path: file, isOnlyFile: file == path, jobs: jobs)
      }
    }
    return try resolve(records, bytesRead: bytesRead)
  }

  /// Reads articles from bytes in memory; `name` is used in remarks.
  public func read(_ data: [UInt8], named name: String, jobs: Int = 1) throws -> ArticleCollection {
    let records = try Self.records(in: data, path: name, isOnlyFile: true, jobs: jobs)
    return try resolve(records, bytesRead: data.count)
  }

  private func resolve(_ records: [ReadRecord], bytesRead: Int) throws -> ArticleCollection {
    if isStrict,
      let first = records.lazy.flatMap(\.remarks).first(where: { $0.kind == .skipped })
    {
      throw ReadingError("\(first) (--strict: nothing was written)")
    }
    return VersionResolution.resolve(records, bytesRead: bytesRead)
  }
}

extension ArticleReader {
  private static func files(at path: String) throws -> [String] {
    if path == "-" { return [path] }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ReadingError("\(path): no such file or folder")
    }
    guard isFolder.boolValue else { return [path] }
    guard let walk = FileManager.default.enumerator(atPath: path) else {
      throw ReadingError("\(path): the folder cannot be read")
    }
    var files: [String] = []
    for case let name as String in walk {
      guard !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { continue }
      let file = path.hasSuffix("/") ? path + name : path + "/" + name
      var isInner: ObjCBool = false
      if FileManager.default.fileExists(atPath: file, isDirectory: &isInner), !isInner.boolValue {
        files.append(file)
      }
    }
    guard !files.isEmpty else {
      throw ReadingError("\(path): a folder without articles; expected text pages or JSON Lines")
    }
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    do {
      if path == "-" { return Array(try FileHandle.standardInput.readToEnd() ?? Data()) }
      let handle = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? handle.close() }
      return Array(try handle.readToEnd() ?? Data())
    } catch {
      let reason = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
      throw ReadingError(
        "\(path): cannot be read (\((reason ?? error as NSError).localizedDescription))")
    }
  }

  private static func records(
    in data: [UInt8], path: String, isOnlyFile: Bool, jobs: Int
  ) throws -> [ReadRecord] {
    let name = path == "-" ? "standard input" : path
    guard !data.isEmpty else {
      if isOnlyFile { throw ReadingError("\(name): empty; expected articles") }
      return [ReadRecord(place: name, skipped: "empty file")]
    }
    let bytes = TextEncoding.withoutByteOrderMark(data)
    let start = bytes.first { $0 > 0x20 }
    if start == UInt8(ascii: "["), let records = JSONLinesReader.readArray(bytes, named: name) {
      return records
    }
    let isNamedJSON =
      path.hasSuffix(".jsonl") || path.hasSuffix(".json") || path.hasSuffix(".ndjson")
    if start == UInt8(ascii: "{") || isNamedJSON {
      return JSONLinesReader.read(bytes, named: name, jobs: jobs)
    }
    return [TextPageReader.read(bytes, id: pageID(path), place: name)]
  }

  /// The file's name without its ending.
  private static func pageID(_ path: String) -> String {
    path == "-" ? "standard-input" : URL(filePath: path).deletingPathExtension().lastPathComponent
  }
}
