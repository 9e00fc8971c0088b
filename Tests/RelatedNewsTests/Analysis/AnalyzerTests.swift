import RelatedNews
import Testing

@Suite struct AnalyzerTests {
  /// The terms of one text, unstemmed, with its stop words.
  private func terms(
    _ text: String, language: String? = "und", stemmer: Stemmer = .none,
    stopWords: StopWords = .none
  ) -> [String] {
    let options = AnalysisOptions(stemmer: stemmer, stopWords: stopWords)
    let archive = Analyzer(options: options)
      .analyze([Article(id: "a", body: text, language: language)])
    return archive.sequences.terms.map { archive.vocabulary.term(Int($0)) }
  }

  @Test(
    "text becomes terms",
    arguments: [
      ("Korea’s plan, Korea's plan", ["korea", "plan", "korea", "plan"]),
      ("Caf\u{E9} cafe\u{301}", ["café", "café"]),
      ("1,000 men and 3.5 percent", ["1000", "men", "and", "3.5", "percent"]),
      ("don’t stop—state-of-the-art", ["don't", "stop", "state", "of", "the", "art"]),
      ("Straße ΟΔΟΣ", ["strasse", "οδοσ"]),
      ("ＮＡＴＯ ｗｉｎｓ", ["nato", "wins"]),
      ("北京市 X", ["北京", "京市", "x"]),
      ("水", ["水"]),
      ("!!! --- …", []),
      ("end of sentence. 7 dwarfs", ["end", "of", "sentence", "7", "dwarfs"]),
      ("soft\u{AD}ware zero\u{200B}width", ["software", "zerowidth"]),
    ])
  func segmentation(text: String, expected: [String]) {
    #expect(terms(text) == expected)
  }

  @Test("a word longer than any word is left out, and what follows is not lost")
  func longWord() {
    for count in [97, 5_000, 30_000] {
      #expect(terms(String(repeating: "x", count: count) + " flood") == ["flood"])
      #expect(terms(String(repeating: "x", count: count) + " flood", language: nil) == ["flood"])
    }
  }

  @Test("English is stemmed and loses its stop words; German keeps its forms")
  func stopWordsAndStems() {
    #expect(
      terms(
        "The floods were rising", language: "en", stemmer: .porter2, stopWords: .byLanguage)
        == ["flood", "rise"])
    #expect(
      terms("Die Fluten und die Häuser", language: "de", stemmer: .porter2, stopWords: .byLanguage)
        == ["fluten", "häuser"])
    #expect(
      terms("l’accord de l’usine", language: "fr", stopWords: .byLanguage) == ["accord", "usine"])
  }

  @Test(
    "recognises a language by script and function words",
    arguments: [
      ("The dam held and the water went down in the night.", Language.en),
      ("La presa aguantó y el agua bajó durante la noche en el valle.", .es),
      ("Le barrage a tenu et les eaux sont descendues dans la nuit.", .fr),
      ("Der Damm hielt und das Wasser ging in der Nacht zurück.", .de),
      ("A barragem resistiu e as águas não subiram mais do que o previsto.", .pt),
      ("Плотина выдержала, и вода ушла.", .ru),
      ("水库大坝经受住了考验。", .zh),
      ("ダムは持ちこたえた。", .ja),
      ("댐이 버텨 냈다", .ko),
      ("xyzzy plugh", .und),
    ])
  func language(text: String, expected: Language) {
    #expect(Language.recognize(text) == expected)
  }

  @Test("the vocabulary ascends by bytes and finds its terms again")
  func vocabularyOrder() {
    let archive = Analyzer().analyze([
      Article(
        id: "a", title: "Zebra Äpfel apple Zoo", body: "北京 zoo flooding flooded floods floods")
    ])
    let all = (0..<archive.vocabulary.count).map(archive.vocabulary.term)
    #expect(all == all.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(all.indices.allSatisfy { archive.vocabulary.id(of: all[$0]) == $0 })
    #expect(archive.vocabulary.id(of: "absent") == nil)
    let flood = archive.vocabulary.id(of: "flood") ?? archive.vocabulary.id(of: "floods")
    #expect(flood.map(archive.vocabulary.displayForm) == "floods")
  }

  @Test("any number of jobs makes the same archive")
  func jobs() {
    let articles = RandomNews(seed: 3).articles(60)
    let one = Analyzer().analyze(articles, jobs: 1)
    let seven = Analyzer().analyze(articles, jobs: 7)
    #expect(one.vocabulary == seven.vocabulary)
    #expect(one.sequences == seven.sequences)
  }

  @Test("a column's name is taken off headlines that share it")
  func seriesLabel() {
    let archive = Analyzer(options: AnalysisOptions(stemmer: .none)).analyze([
      Article(id: "a", title: "Explained: spillways"),
      Article(id: "b", title: "Explained: embargo"),
      Article(id: "c", title: "Halder: rescued"),
    ])
    #expect(archive.vocabulary.id(of: "explained") == nil)
    #expect(archive.vocabulary.id(of: "halder") != nil)
  }
}
