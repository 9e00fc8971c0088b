/// Pairs (id, term), frozen: for each first id a small open-addressing table of the terms that follow
/// it, all in one array.
///
/// A first id with few followers has them in one cache line, and an archive's whole table is about as
/// large as one core's cache: looking up every two neighbours of a text costs little more than
/// reading it.
struct PairTable: Sendable {
  /// All pairs that a longer n-gram may start with, by their id; empty where there is none.
  let allKeys: [UInt64]
  /// The pairs that are features, ascending.
  let keptKeys: [UInt64]
  /// Beside each first id where its table is.
  private let tables: [Table]
  private let slots: [Slot]
  /// Beside each of `allKeys` its place among `keptKeys`; empty where all are kept.
  private let keptOfID: [UInt32]

  private struct Table: Sendable {
    var start: UInt32 = 0
    /// One less than its size, a power of two above one and a half of its pairs; 0 for no table.
    var mask: UInt32 = 0
  }

  private struct Slot: Sendable {
    var second = FeatureSpace.none
    var id: UInt32 = 0
  }

  /// - Parameters: `all` ascends and holds `kept`, which ascends too.
  init(all: [UInt64], kept keptKeys: [UInt64]) {
    allKeys = all
    self.keptKeys = keptKeys
    keptOfID = all.count == keptKeys.count ? [] : Self.places(of: keptKeys, among: all)
    let firstCount = all.reduce(0) { max($0, Int($1 >> 32) + 1) }
    var counts = [UInt32](repeating: 0, count: firstCount)
    for key in all { counts[Int(key >> 32)] += 1 }
    var tables = [Table](repeating: Table(), count: firstCount)
    // Slot 0 stays free: the table of first ids that begin no pair.
    var size: UInt32 = 1
    for (first, count) in counts.enumerated() where count > 0 {
      let power = UInt32(1) << UInt32(32 - (count + count / 2).leadingZeroBitCount)
      tables[first] = Table(start: size, mask: power - 1)
      size += power
    }
    var slots = [Slot](repeating: Slot(), count: Int(size))
    for (id, key) in all.enumerated() {
      let table = tables[Int(key >> 32)]
      let second = UInt32(truncatingIfNeeded: key)
      var place = Self.hash(second) & table.mask
      while slots[Int(table.start + place)].second != FeatureSpace.none {
        place = (place + 1) & table.mask
      }
      slots[Int(table.start + place)] = Slot(second: second, id: UInt32(id))
    }
    self.tables = tables
    self.slots = slots
  }

  private static func places(of kept: [UInt64], among all: [UInt64]) -> [UInt32] {
    var next = 0
    return all.map { key in
      guard next < kept.count, kept[next] == key else { return FeatureSpace.none }
      next += 1
      return UInt32(next - 1)
    }
  }

  static func key(_ first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first) << 32 | UInt64(second)
  }

  @inline(__always)
  func slot(of first: UInt32, _ second: UInt32) -> Int? {
    guard Int(first) < tables.count else { return nil }
    let table = tables[Int(first)]
    var place = Self.hash(second) & table.mask
    while slots[Int(table.start + place)].second != second {
      if slots[Int(table.start + place)].second == FeatureSpace.none { return nil }
      place = (place + 1) & table.mask
    }
    return Int(table.start + place)
  }

  /// Writes beside each of `terms` the id of the pair that it begins, or `FeatureSpace.none`.
  ///
  /// The slots of many pairs are fetched before the first is looked at: they are far away in memory,
  /// and a processor fetches several at a time if nothing depends on what it will find.
  func ids(of terms: UnsafeBufferPointer<UInt32>, to ids: inout [UInt32]) {
    ids.removeAll(keepingCapacity: true)
    slots.withUnsafeBufferPointer { slots in
      withUnsafeTemporaryAllocation(of: Slot.self, capacity: 32) { fetched in
        for start in stride(from: 0, to: terms.count - 1, by: fetched.count) {
          let count = min(fetched.count, terms.count - 1 - start)
          for i in 0..<count {
            let place = firstPlace(of: terms[start + i], terms[start + i + 1])
            fetched.initializeElement(at: i, to: slots[place])
          }
          for i in 0..<count {
            let (first, second) = (terms[start + i], terms[start + i + 1])
            if fetched[i].second != second, fetched[i].second != FeatureSpace.none {
              ids.append(slot(of: first, second).map { slots[$0].id } ?? FeatureSpace.none)
            } else {
              // Which of the two it is nobody can guess.
              ids.append(fetched[i].second == second ? fetched[i].id : FeatureSpace.none)
            }
          }
        }
      }
    }
    if !terms.isEmpty { ids.append(FeatureSpace.none) }
  }

  @inline(__always)
  private func firstPlace(of first: UInt32, _ second: UInt32) -> Int {
    guard Int(first) < tables.count else { return 0 }
    let table = tables[Int(first)]
    return Int(table.start + Self.hash(second) & table.mask)
  }

  @inline(__always) func id(at slot: Int) -> UInt32 { slots[slot].id }

  @inline(__always)
  func keptID(at slot: Int) -> UInt32 {
    keptOfID.isEmpty ? slots[slot].id : keptOfID[Int(slots[slot].id)]
  }

  @inline(__always)
  private static func hash(_ second: UInt32) -> UInt32 {
    let product = second &* 0x9e37_79b9
    return product >> 16 ^ product
  }
}
