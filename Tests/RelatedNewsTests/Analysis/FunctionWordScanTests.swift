import Testing

@testable import RelatedNews

/// The language by bytes against the language by characters.
@Suite struct FunctionWordScanTests {
  private static let pieces = [
    "the", "of", "and", "was", "el", "los", "más", "été", "não", "der", "für", "und", "les", "pour",
    "o", "os", "uma", "THE", "And", "FÜR", "ÉTÉ", "MÁS", "Oslo", "reservoir", "l’accord", "don't",
    "“quoted”", "–", "…", "3.5", "a×b", "½", "ª", "µ", "e\u{301}t", "\u{200D}the", "и", "в", "北京",
    "の", "한국", "the\u{301}", "\r\n", "€", "naïve", "ÿ", "\u{A0}", "x\u{AD}y", "ſ", "İ",
  ]

  @Test("both ways agree on any text", arguments: 0..<400 as Range<UInt64>)
  func agreement(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    // The fewer kinds of pieces, the likelier a text that the fast way is sure of.
    let kinds = Int.random(in: 1...Self.pieces.count, using: &random)
    let start = Int.random(in: 0..<Self.pieces.count, using: &random)
    func text(_ count: Int) -> String {
      (0..<count).map { _ in
        Self.pieces[(start + Int.random(in: 0..<kinds, using: &random)) % Self.pieces.count]
      }.joined(separator: seed % 3 == 0 ? " " : ", ")
    }
    let title = text(Int.random(in: 0...8, using: &random))
    let body = text(seed % 10 == 0 ? 3_000 : Int.random(in: 0...60, using: &random))
    let expected = Language.recognize(title + "\n" + body.prefix(4_000))
    #expect(Language.recognize(title: title, body: body) == expected)
    // And with the votes of words that were scanned anyway.
    let article = Article(id: "a", title: title, body: body)
    #expect(Analyzer().analyze([article]).languages == [expected])
  }

  @Test("newspaper English is read by bytes alone")
  func sure() {
    var scan = FunctionWordScan(sampleLength: 4_000)
    var text = "“It’s the dam,” said Mr. Núñez – of the 3.5 % that was lost…"
    text.withUTF8 { scan.scan($0) }
    #expect(scan.isSure)
    scan.finish()
    #expect(scan.votes.winner == .en)
  }
}
