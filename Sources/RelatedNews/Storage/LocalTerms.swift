/// The terms of a few articles, numbered anew in the order of their texts.
struct LocalTerms: Sendable {
  /// Their numbers in the archive, in this order.
  let numbers: [Int]
  private let members: NumberSet
  /// Beside each member its place; empty where that is its rank, as the file's own terms ascend.
  private let places: [UInt32]

  /// - Parameters: numbers in the archive, any of them more than once.
  init(_ terms: some Collection<UInt32>, _ more: some Collection<UInt32>, of file: IndexFile) {
    let landed = file.landed
    members = NumberSet(terms, more, below: landed.termCount)
    let ascending = members.members
    let firstNew = ascending.firstIndex { $0 >= file.counts.terms } ?? ascending.count
    guard firstNew < ascending.count else {
      numbers = ascending
      places = []
      return
    }
    // Those that came with stories between those of the file.
    let new = ascending[firstNew...].compactMap { number in
      landed.newTerm(number).map { (number: number, term: $0) }
    }.sorted { a, b in
      a.term.place == b.term.place
        ? a.term.text.utf8.lexicographicallyPrecedes(b.term.text.utf8) : a.term.place < b.term.place
    }
    var numbers: [Int] = []
    var next = 0
    for (number, term) in new {
      while next < firstNew, ascending[next] < term.place {
        numbers.append(ascending[next])
        next += 1
      }
      numbers.append(number)
    }
    numbers += ascending[next..<firstNew]
    var places = [UInt32](repeating: 0, count: numbers.count)
    for (place, number) in numbers.enumerated() {
      if let rank = members.place(of: UInt32(number)) { places[Int(rank)] = UInt32(place) }
    }
    self.numbers = numbers
    self.places = places
  }

  /// Nil for a term that is none of them.
  @inline(__always)
  func place(of term: UInt32) -> UInt32? {
    guard let rank = members.place(of: term), !places.isEmpty else {
      return members.place(of: term)
    }
    return places[Int(rank)]
  }
}
