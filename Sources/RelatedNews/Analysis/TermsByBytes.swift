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
  private let texts: [FlatStrings]

  /// A word that has a term.
  struct Entry: Sendable {
    /// The first eight bytes of the term, the first in the highest place, 0 beyond its end: such
    /// numbers have the order of their bytes.
    let head: UInt64
    let word: UInt32
    /// Where the term is: a part of the words, and a place in it.
    fileprivate let part: UInt32
    fileprivate let place: UInt32
    fileprivate let length: UInt32
  }

  init(of words: ArchiveWords, options: AnalysisOptions, jobs: Int) {
    let ranges = evenRanges(of: words.count, pieces: jobs * 8)
    let parts = concurrentMap(count: ranges.count, jobs: jobs) { part in
      Self.terms(of: words, in: ranges[part], part: part, options: options)
    }
    texts = parts.map(\.texts)
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
    let none = Entry(head: 0, word: 0, part: 0, place: 0, length: 0)
    var entries = [Entry](repeating: none, count: total)
    for part in parts {
      for entry in part.entries {
        let digit = Self.digit(of: entry)
        entries[starts[digit]] = entry
        starts[digit] += 1
      }
    }
    self.entries = entries
  }

  func text(of entry: Entry) -> ArraySlice<UInt8> {
    texts[Int(entry.part)].bytes(Int(entry.place))
  }

  func isSame(_ a: Entry, _ b: Entry) -> Bool {
    a.head == b.head && a.length == b.length
      && (a.length <= 8 || text(of: a).elementsEqual(text(of: b)))
  }

  /// The words of a run, by the bytes of their terms.
  func sorted(_ run: Range<Int>) -> [Entry] {
    entries[run].sorted { a, b in
      if a.head != b.head { return a.head < b.head }
      if a.length <= 8, b.length <= 8 { return a.length < b.length }
      return text(of: a).lexicographicallyPrecedes(text(of: b))
    }
  }

  private static func digit(of entry: Entry) -> Int { Int(truncatingIfNeeded: entry.head >> 48) }

  private static func terms(
    of words: ArchiveWords, in range: Range<Int>, part: Int, options: AnalysisOptions
  ) -> (texts: FlatStrings, entries: [Entry]) {
    var reducer = TermReducer(options: options)
    var texts = FlatStrings.Builder()
    var entries: [Entry] = []
    for word in range {
      guard reducer.reduce(words.word(word), in: words.languages[word]) else { continue }
      let head = reducer.term.withUnsafeBufferPointer { EightBytes($0, at: 0).bits.byteSwapped }
      entries.append(
        Entry(
          head: head, word: UInt32(word), part: UInt32(part), place: UInt32(texts.count),
          length: UInt32(reducer.term.count)))
      texts.append(reducer.term[...])
    }
    return (texts.finish(), entries)
  }
}
