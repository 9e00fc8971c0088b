/// The languages that the analysis tells apart; `und` is any other.
public enum Language: UInt8, Sendable, Hashable, Codable, CaseIterable {
  case und, en, es, fr, de, pt, ru, zh, ja, ko

  /// The language of a BCP 47 tag: `"zh-Hans"` is `.zh`; nil for one that is not told apart.
  public init?(tag: String) {
    let primary = tag.lowercased().prefix { $0 != "-" && $0 != "_" }
    guard let language = Self.allCases.first(where: { $0.tag == primary }), language != .und
    else { return nil }
    self = language
  }

  /// The BCP 47 tag, such as `"en"`.
  public var tag: String { String(describing: self) }

  /// The language of a text, by its script and, for Latin script, by its commonest words.
  ///
  /// The first few thousand characters decide. A Latin text in which no known language has at least
  /// two of its function words, or more of them than every other, stays `und`: unstemmed and
  /// without stop words rather than treated as the wrong language.
  /// - Complexity: O(1) in the length of a long text.
  public static func recognize(_ text: some StringProtocol) -> Language {
    let sample = String.UnicodeScalarView(text.unicodeScalars.prefix(sampleLength))
    var counts = ScriptCounts()
    for scalar in sample { counts.count(scalar) }
    if counts.unspaced * 3 > counts.latin + counts.cyrillic {
      if counts.hangul * 2 > counts.han + counts.kana { return .ko }
      return counts.kana * 10 > counts.han ? .ja : .zh
    }
    if counts.cyrillic > counts.latin { return .ru }
    return byFunctionWords(String(sample))
  }

  /// The same as `recognize(title + "\n" + body)`, on the bytes where that is sure.
  static func recognize(title: String, body: String) -> Language {
    var scan = FunctionWordScan(sampleLength: sampleLength)
    var title = title
    var body = body
    title.withUTF8 { scan.scan($0) }
    scan.scanNewline()
    body.withUTF8 { scan.scan($0) }
    guard scan.isSure else { return recognize(title + "\n" + body.prefix(sampleLength)) }
    scan.finish()
    return scan.votes.winner
  }

  /// The same with the votes of the body's words counted before; nil if they do not decide, as
  /// the body has other characters or is longer than what is looked at.
  static func recognize(
    title: String, body: String, bodyVotes: FunctionWordVotes
  ) -> Language? {
    guard title.utf8.count + 1 + body.utf8.count <= sampleLength else { return nil }
    var scan = FunctionWordScan(sampleLength: sampleLength)
    var title = title
    var body = body
    title.withUTF8 { scan.scan($0) }
    guard scan.isSure, body.withUTF8(FunctionWordScan.knows) else { return nil }
    scan.finish()
    var votes = bodyVotes
    votes.add(scan.votes)
    return votes.winner
  }

  /// How many characters of a text decide.
  private static let sampleLength = 4_000

  private struct ScriptCounts {
    var latin = 0
    var cyrillic = 0
    var han = 0
    var kana = 0
    var hangul = 0
    var unspaced: Int { han + kana + hangul }

    mutating func count(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: latin += 1
      case 0x400...0x52F: cyrillic += 1
      case 0x3041...0x30FF: kana += 1
      case 0x3400...0x4DBF, 0x4E00...0x9FFF: han += 1
      case 0xAC00...0xD7A3: hangul += 1
      default: break
      }
    }
  }

  private static func byFunctionWords(_ sample: String) -> Language {
    var votes = [Int](repeating: 0, count: allCases.count)
    for word in sample.lowercased().split(whereSeparator: { !$0.isLetter }) {
      for language in functionWords[String(word)] ?? [] { votes[Int(language.rawValue)] += 1 }
    }
    let ranked = allCases.sorted { votes[Int($0.rawValue)] > votes[Int($1.rawValue)] }
    let best = votes[Int(ranked[0].rawValue)]
    let second = votes[Int(ranked[1].rawValue)]
    return best >= 2 && best > second ? ranked[0] : .und
  }

  /// Words so common that a paragraph has some, written the same in as few of the languages as
  /// possible.
  static let functionWords: [String: [Language]] = {
    let lists: [(Language, String)] = [
      (.en, "the and of to in is was that for with on it as by from at are were this which his"),
      (.es, "el la los las de que y en un una por con para del se su al como más fue es"),
      (.fr, "le la les des et en du que une dans pour qui sur au par est avec il pas ce aux été"),
      (.de, "der die das und den von zu mit dem des auf für ist im nicht ein eine sich es wurde"),
      (.pt, "o os as de que e em um uma do da no na para com não dos das por mais ao foi pelo"),
    ]
    var result: [String: [Language]] = [:]
    for (language, words) in lists {
      for word in words.split(separator: " ") { result[String(word), default: []].append(language) }
    }
    return result
  }()
}
