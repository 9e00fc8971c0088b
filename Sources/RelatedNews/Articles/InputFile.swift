import Foundation

/// One file to read, and how.
struct InputFile: Sendable {
  /// As in remarks: the path, or `standard input`.
  let name: String
  let path: String
  /// What a page without an id of its own is called: the file's name without its ending;
  /// `index.html` has its folder's name.
  let id: String
  let columns: ColumnNames
  let jobs: Int

  init(path: String, columns: ColumnNames = ColumnNames(), jobs: Int = 1) {
    self.path = path
    name = path == "-" ? "standard input" : path
    id = Self.id(of: path)
    self.columns = columns
    self.jobs = max(1, jobs)
  }

  private static func id(of path: String) -> String {
    if path == "-" { return "standard-input" }
    var url = URL(filePath: path)
    if url.pathExtension == "gz" { url = url.deletingPathExtension() }
    let name = url.deletingPathExtension().lastPathComponent
    let folder = url.deletingLastPathComponent().lastPathComponent
    let isIndex = name == "index" || name == "_index"
    return isIndex && !folder.isEmpty && folder != "/" && folder != "." ? folder : name
  }

  /// The name's ending without `.gz`, in lower case.
  var ending: String {
    let url = URL(filePath: path)
    let plain = url.pathExtension == "gz" ? url.deletingPathExtension() : url
    return plain.pathExtension.lowercased()
  }

  /// Files at a path: itself, or every file below a folder, in the order of their paths' bytes;
  /// dot-files and the tool's configuration are left out.
  /// - Throws: `ReadingError` for a path where nothing is, and for a folder of no files unless it may be
  ///   empty.
  static func paths(at path: String, mayBeEmpty: Bool) throws -> [String] {
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
      let parts = name.split(separator: "/")
      guard !parts.contains(where: { $0.hasPrefix(".") }), parts.last != "related-news.json" else {
        continue
      }
      let file = path.hasSuffix("/") ? path + name : path + "/" + name
      var isInner: ObjCBool = false
      if FileManager.default.fileExists(atPath: file, isDirectory: &isInner), !isInner.boolValue {
        files.append(file)
      }
    }
    guard mayBeEmpty || !files.isEmpty else {
      throw ReadingError("\(path): a folder without articles; expected text pages or JSON Lines")
    }
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// Hands out the records of one file, some at a time, in the order of the file.
protocol RecordReader {
  /// The next records, perhaps none; nil at the end.
  mutating func next() throws -> [ReadRecord]?
}

/// The reader of files that are one article each: read at once, one batch.
struct WholeFileReader: RecordReader {
  /// A page of more is no article.
  static let largest = 64 << 20
  /// Markdown is looked at character by character, and never this long.
  static let largestMarkdown = 4 << 20

  private var read: (() throws -> [ReadRecord])?

  init(
    _ source: ByteSource, named name: String, limit: Int = largest,
    _ read: @escaping ([UInt8]) -> [ReadRecord]
  ) {
    self.read = { read(try source.all(limit: limit, named: name)) }
  }

  /// Records that are known already.
  init(_ records: [ReadRecord]) { read = { records } }

  mutating func next() throws -> [ReadRecord]? {
    defer { read = nil }
    return try read?()
  }
}
