/// The runs of words that several articles share, by hash: to be asked without reading them all.
struct SharedRunTable {
  private static let width = 12
  private let bytes: SectionBytes
  private let count: Int

  init(of file: IndexFile) {
    bytes = file.section(.runs)
    count = file.counts.runs
  }

  /// How many articles share a run; nil for a run of few.
  ///
  /// - Complexity: O(log r)
  func count(of hash: UInt64) throws(IndexFileError) -> UInt32? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if try entry(middle).hash < hash { low = middle + 1 } else { high = middle }
    }
    guard low < count else { return nil }
    let found = try entry(low)
    return found.hash == hash ? found.count : nil
  }

  func all() throws(IndexFileError) -> [(hash: UInt64, count: UInt32)] {
    var result: [(hash: UInt64, count: UInt32)] = []
    result.reserveCapacity(count)
    var previous: UInt64 = 0
    for index in 0..<count {
      let next = try entry(index)
      guard next.hash > previous, next.count >= SharedRuns.fewestArticles else {
        throw .inconsistent(.runs, "run \(index) is not in order")
      }
      result.append(next)
      previous = next.hash
    }
    return result
  }

  private func entry(_ index: Int) throws(IndexFileError) -> (hash: UInt64, count: UInt32) {
    let entry = try bytes.bytes(index * Self.width..<(index + 1) * Self.width)
    return (
      UInt64(littleEndian: entry.loadUnaligned(as: UInt64.self)),
      UInt32(littleEndian: entry.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
    )
  }
}
