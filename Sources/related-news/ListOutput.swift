import RelatedNews

/// Where the lists of one run go, as they are made: one stream, or a file an article.
struct ListOutput: ~Copyable {
  private var stream: ListWriter?
  private let folder: ListFolder?
  /// The format of the one stream; nil where there is a file an article.
  let streamFormat: ListFormat?

  /// From `--format`, `--output` and `--output-dir`.
  init(_ arguments: Arguments) throws {
    let format = try arguments.choice("format", of: ListFormat.self) ?? .jsonl
    if let path = arguments.text("output-dir") {
      guard !arguments.has("output") else {
        throw UsageError("--output and --output-dir: expected one of the two")
      }
      let folder = try ListFolder(path: path, format: format)
      self.folder = folder
      stream = nil
      streamFormat = nil
    } else {
      let writer = try ListWriter(to: arguments.text("output"), format: format)
      folder = nil
      stream = .some(writer)
      streamFormat = format
    }
  }

  mutating func append(_ lists: [RecommendationList]) throws {
    try stream?.append(lists)
    try folder?.append(lists)
  }

  /// The same for lists that have been formatted where there is one stream.
  mutating func append(_ pieces: [(lists: [RecommendationList], text: FormattedLists?)]) throws {
    try stream?.append(pieces.compactMap(\.text))
    for piece in pieces { try folder?.append(piece.lists) }
  }

  consuming func finish() throws {
    if let stream { try stream.finish() }
  }
}
