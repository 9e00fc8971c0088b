/// Rows that were met, by their numbers: an open-addressing table of those few, as an array beside all
/// rows of a large file costs more than it saves.
struct RowCache<Row: Sendable>: Sendable {
  private var slots = [Slot](repeating: Slot(), count: 1 << 12)
  private var rows: [Row] = []

  private struct Slot: Sendable {
    var number: UInt32 = 0
    /// The place in `rows` plus one; 0 is a free slot.
    var place: UInt32 = 0
  }

  @inline(__always)
  subscript(number: Int) -> Row? {
    let place = slots[slot(of: UInt32(truncatingIfNeeded: number))].place
    return place == 0 ? nil : rows[Int(place) &- 1]
  }

  /// - Precondition: it has no row of this number.
  mutating func insert(_ row: Row, for number: Int) {
    if rows.count * 4 >= slots.count * 3 { grow() }
    rows.append(row)
    let number = UInt32(truncatingIfNeeded: number)
    slots[slot(of: number)] = Slot(number: number, place: UInt32(rows.count))
  }

  /// Makes room for so many rows in all, at once instead of by and by.
  mutating func reserve(_ count: Int) {
    rows.reserveCapacity(count)
    while count * 4 >= slots.count * 3 { grow() }
  }

  /// Where the number is, or would be.
  @inline(__always)
  private func slot(of number: UInt32) -> Int {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: UInt64(number) &* 0x9e37_79b9_7f4a_7c15 >> 32) & mask
    while slots[slot].place != 0, slots[slot].number != number { slot = (slot &+ 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for entry in old where entry.place > 0 { slots[slot(of: entry.number)] = entry }
  }
}
