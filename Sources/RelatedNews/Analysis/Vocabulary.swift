/// The distinct terms of an archive, frozen: term 0 is the first in the order of UTF-8 bytes.
///
/// Ids follow from the set of terms alone, so they depend neither on the order of the articles nor
/// on how many cores read them.
public struct Vocabulary: Sendable, Hashable {
  /// All terms joined, each `starts[i]..<starts[i + 1]`.
  package let terms: FlatStrings
  /// Beside each term the word as readers know it.
  package let displayForms: FlatStrings

  /// - Precondition: terms ascend by their bytes; as many display forms as terms.
  package init(terms: FlatStrings, displayForms: FlatStrings) {
    precondition(terms.count == displayForms.count)
    self.terms = terms
    self.displayForms = displayForms
  }

  public var count: Int { terms.count }

  /// The term as the analysis made it: `"flood"`.
  public func term(_ id: Int) -> String { terms[id] }

  /// The commonest form of the term in the archive's settled articles: `"flooding"`.
  public func displayForm(_ id: Int) -> String { displayForms[id] }

  /// - Complexity: O(log terms).
  public func id(of term: String) -> Int? {
    let wanted = Array(term.utf8)
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if terms.bytes(middle).lexicographicallyPrecedes(wanted) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < count && terms.bytes(low).elementsEqual(wanted) ? low : nil
  }
}

/// Many short strings in one array of bytes: no object per string.
package struct FlatStrings: Sendable, Hashable {
  package let starts: [Int]
  package let utf8: [UInt8]

  package init(starts: [Int], utf8: [UInt8]) {
    precondition(starts.first == 0 && starts.last == utf8.count)
    self.starts = starts
    self.utf8 = utf8
  }

  package init(_ strings: some Sequence<String>) {
    var starts = [0]
    var utf8: [UInt8] = []
    for string in strings {
      utf8.append(contentsOf: string.utf8)
      starts.append(utf8.count)
    }
    self.init(starts: starts, utf8: utf8)
  }

  /// The strings of `parts`, one after the other.
  init(joining parts: [FlatStrings]) {
    var starts = [0]
    var utf8: [UInt8] = []
    starts.reserveCapacity(parts.reduce(1) { $0 + $1.count })
    utf8.reserveCapacity(parts.reduce(0) { $0 + $1.utf8.count })
    for part in parts {
      starts += part.starts.dropFirst().lazy.map { $0 + utf8.count }
      utf8 += part.utf8
    }
    self.init(starts: starts, utf8: utf8)
  }

  /// Strings on their way together.
  struct Builder {
    private var starts = [0]
    private var utf8: [UInt8] = []

    var count: Int { starts.count - 1 }

    /// Nil while there is none.
    var last: ArraySlice<UInt8>? {
      count == 0 ? nil : utf8[starts[count - 1]..<starts[count]]
    }

    mutating func append(_ bytes: some Collection<UInt8>) {
      utf8.append(contentsOf: bytes)
      starts.append(utf8.count)
    }

    consuming func finish() -> FlatStrings { FlatStrings(starts: starts, utf8: utf8) }
  }

  package var count: Int { starts.count - 1 }
  package func bytes(_ index: Int) -> ArraySlice<UInt8> { utf8[starts[index]..<starts[index + 1]] }

  /// Lends the bytes of some strings to `body`: slices of one array count their users, and cores that
  /// count at one place wait for each other.
  func withBytes<Value, Failure: Error>(
    of indices: some Collection<Int>,
    _ body: ([UnsafeBufferPointer<UInt8>]) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try utf8.withUnsafeBufferPointer { utf8 throws(Failure) in
      try body(indices.map { UnsafeBufferPointer(rebasing: utf8[starts[$0]..<starts[$0 + 1]]) })
    }
  }

  package subscript(index: Int) -> String { String(decoding: bytes(index), as: UTF8.self) }
}
