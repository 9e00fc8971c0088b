/// Some lists that follow each other, as the bytes of a format: made where the lists are made, on any
/// core, and written in their order.
package struct FormattedLists: Sendable {
  /// Without the format's prologue and epilogue.
  let bytes: [UInt8]
  package let count: Int
  /// How many of them are empty.
  package let emptyCount: Int

  /// - Parameter isFirst: whether no list stands before these.
  package init(_ lists: [RecommendationList], format: ListFormat, isFirst: Bool) {
    self.init(lists, formatter: format.formatter, isFirst: isFirst)
  }

  init(_ lists: [RecommendationList], formatter: any ListFormatter, isFirst: Bool) {
    var bytes: [UInt8] = []
    for (place, list) in lists.enumerated() {
      formatter.append(list, isFirst: isFirst && place == 0, to: &bytes)
    }
    self.bytes = bytes
    count = lists.count
    emptyCount = lists.count { $0.items.isEmpty }
  }
}
