/// Unpacks gzip files as they are read.
enum GzipSource {
  static func isGzip(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// News text packs 3 to 20 times smaller, markup perhaps 50 times; deflate's limit is 1,032.
  /// Beyond this ratio, and only when much has been unpacked, the file is a bomb.
  static let highestRatio = 200
  static let ratioMattersFrom = 16 << 20

  /// The unpacked bytes of `source`; members that follow each other are one file.
  /// - Throws: `ReadingError` if the system has no zlib.
  static func unpacking(
    _ source: ByteSource, named name: String, library: ZLib? = .available
  ) throws -> ByteSource {
    guard let library, let inflater = ZLib.Inflater(library) else {
      throw ReadingError(
        "\(name): gzip, and this system has no libz.so.1; unpack it before: zcat \(name) | "
          + "related-news … -")
    }
    var input: ArraySlice<UInt8> = []
    var isInMember = true
    var unpacked = 0
    var damage: ReadingError?
    return .unpacking(source) {
      while true {
        if let damage { throw damage }
        if input.isEmpty {
          guard let piece = source.next() else {
            if let failure = source.failure { throw failure }
            guard !isInMember else {
              throw ReadingError("\(name): the gzip file is cut short; what came before is read")
            }
            return []
          }
          input = piece[...]
        }
        if !isInMember {
          // Padding after the last member is as old as tape drives.
          guard isGzip(input) else { return [] }
          inflater.restart()
          isInMember = true
        }
        let (used, output, outcome) = inflater.unpack(input, limit: ByteSource.pieceSize)
        input = input.dropFirst(used)
        unpacked += output.count
        if outcome == .broken {
          damage = ReadingError("\(name): damaged gzip data; what came before is read")
        }
        if outcome == .ended { isInMember = false }
        let isBomb = unpacked > ratioMattersFrom && unpacked / highestRatio > source.bytesRead
        guard !isBomb else {
          throw ReadingError(
            "\(name): unpacks to more than \(highestRatio) times its size (a decompression bomb?); "
              + "if it is meant so: zcat \(name) | related-news … -")
        }
        if !output.isEmpty { return output }
      }
    }
  }
}
