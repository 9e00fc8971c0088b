/// The terms of words on their way into the order of a vocabulary: by bytes.
///
/// Bytes, not String's `<`, which compares by Unicode equivalence; after folding both agree on what is
/// equal, and bytes are the order that every other program knows. First the words are dealt by the
/// first two bytes of their terms, then each of the runs is sorted by itself; most terms differ in
/// their first eight bytes, which one comparison of numbers tells.
struct TermsByBytes: Sendable {
  /// Ranges of words that can be sorted apart: what is in one comes before all in the next.
  let runs: [Range<Int>]
  private let entries: [Entry]
  /// The terms of all words, one after the other.
  private let texts: [UInt8]

  /// A word that has a term.
  struct Entry: Sendable {
    /// The first eight bytes of the term, the first in the highest place, 0 beyond its end: such
    /// numbers have the order of their bytes.
    let head: UInt64
    let word: UInt32
    fileprivate let length: UInt32
    /// Where the term is in the texts; of a part of them until they are together.
    fileprivate var start: Int
  }

  init(of words: ArchiveWords, options: AnalysisOptions, jobs: Int) {
    let ranges = evenRanges(of: words.count, pieces: jobs * 8)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { part in
      Self.terms(of: words, in: ranges[part], options: options)
    }
    var starts = [Int](repeating: 0, count: 1 << 16 + 1)
    for part in parts { for entry in part.entries { starts[Self.digit(of: entry) + 1] += 1 } }
    for digit in 1..<starts.count { starts[digit] += starts[digit - 1] }
    let total = starts[starts.count - 1]
    var runs: [Range<Int>] = []
    var runStart = 0
    for start in starts where start - runStart > total / (jobs * 8) {
      runs.append(runStart..<start)
      runStart = start
    }
    if runStart < total { runs.append(runStart..<total) }
    self.runs = runs
    let none = Entry(head: 0, word: 0, length: 0, start: 0)
    var entries = [Entry](repeating: none, count: total)
    var texts: [UInt8] = []
    texts.reserveCapacity(parts.reduce(0) { $0 + $1.texts.count })
    for part in parts {
      for var entry in part.entries {
        let digit = Self.digit(of: entry)
        entry.start += texts.count
        entries[starts[digit]] = entry
        starts[digit] += 1
      }
      texts += part.texts
    }
    self.entries = entries
    self.texts = texts
  }

  /// The bytes of a term where they stand, lent for the call only.
  @inline(__always)
  func withText<Result>(of entry: Entry, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    texts.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[entry.start..<entry.start + Int(entry.length)]))
    }
  }

  func isSame(_ a: Entry, _ b: Entry) -> Bool {
    a.head == b.head && a.length == b.length
      && (a.length <= 8 || withText(of: a) { a in withText(of: b) { a.elementsEqual($0) } })
  }

  /// The words of a run, by the bytes of their terms.
  func sorted(_ run: Range<Int>) -> [Entry] {
    entries[run].sorted { a, b in
      if a.head != b.head { return a.head < b.head }
      if a.length <= 8, b.length <= 8 { return a.length < b.length }
      return withText(of: a) { a in withText(of: b) { a.lexicographicallyPrecedes($0) } }
    }
  }

  private static func digit(of entry: Entry) -> Int { Int(truncatingIfNeeded: entry.head >> 48) }

  private static func terms(
    of words: ArchiveWords, in range: Range<Int>, options: AnalysisOptions
  ) -> (texts: [UInt8], entries: [Entry]) {
    var reducer = TermReducer(options: options)
    var texts: [UInt8] = []
    var entries: [Entry] = []
    for word in range {
      guard words.withWord(word, { reducer.reduce($0, in: words.languages[word]) }) else {
        continue
      }
      reducer.term.withUnsafeBufferPointer { term in
        entries.append(
          Entry(
            head: EightBytes(term, at: 0).bits.byteSwapped, word: UInt32(word),
            length: UInt32(term.count), start: texts.count))
        texts.append(contentsOf: term)
      }
    }
    return (texts, entries)
  }
}
