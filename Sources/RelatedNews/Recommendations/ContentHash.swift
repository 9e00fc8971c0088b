import Foundation

/// A hash of many values, the same in every run and on every machine, to tell inputs apart; no
/// protection against those who want to be mistaken.
///
/// Source: FNV-1a over words of eight bytes, with SplitMix64's mix at the end.
package struct ContentHash: Sendable {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  package mutating func add(_ word: UInt64) {
    state = (state ^ word) &* 0x0000_0100_0000_01b3
    state ^= state >> 29
  }

  /// The bytes and how many they are, so that `"ab", "c"` is not `"a", "bc"`.
  package mutating func add(bytes: UnsafeRawBufferPointer) {
    add(UInt64(bytes.count))
    var rest = bytes[...]
    while rest.count >= 8 {
      add(UnsafeRawBufferPointer(rebasing: rest).loadUnaligned(as: UInt64.self).littleEndian)
      rest = rest.dropFirst(8)
    }
    for byte in rest { add(UInt64(byte)) }
  }

  package mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add(bytes: UnsafeRawBufferPointer($0)) }
  }

  package mutating func add(_ date: Date?) {
    add(date.map { $0.timeIntervalSinceReferenceDate.bitPattern } ?? .max)
  }

  package var value: UInt64 {
    var mix = SplitMix64(seed: state)
    return mix.next()
  }

  /// Sixteen digits: `"00c3a5e2b1f04d67"`.
  package var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Archive {
  /// A hash of all that lists follow from: records, words and settings. The same whether the archive
  /// was built from articles or read from a file.
  ///
  /// - Complexity: O(t), t the terms of all articles.
  package var contentHash: String {
    var hash = ContentHash()
    for number in inputOrder {
      let article = articles[number]
      hash.add(UInt64(number))
      for text in [article.id, article.title, article.url ?? "\0", article.section ?? "\0"] {
        hash.add(text)
      }
      for text in [article.source ?? "\0", article.status.rawValue] { hash.add(text) }
      for date in [article.published, article.embargoedUntil, article.expires] { hash.add(date) }
      hash.add(UInt64(analysis.languages[number].rawValue))
    }
    analysis.vocabulary.terms.utf8.withUnsafeBytes { hash.add(bytes: $0) }
    analysis.vocabulary.displayForms.utf8.withUnsafeBytes { hash.add(bytes: $0) }
    analysis.sequences.terms.withUnsafeBytes { hash.add(bytes: $0) }
    analysis.sequences.segmentStarts.withUnsafeBytes { hash.add(bytes: $0) }
    analysis.sequences.articleSegments.withUnsafeBytes { hash.add(bytes: $0) }
    for field in analysis.sequences.segmentFields { hash.add(UInt64(field.rawValue)) }
    hash.add("\(analysis.options)\(vectorizer.options)")
    return hash.text
  }
}
