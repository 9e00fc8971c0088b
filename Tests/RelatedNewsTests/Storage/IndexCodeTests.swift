import Foundation
import Testing

@testable import RelatedNews

/// Each code of the index file against a plain way to say the same.
@Suite struct IndexCodeTests {
  /// Bits as an array of truths, low ones first: slow, and obviously right.
  struct PlainBits {
    var bits: [Bool] = []

    mutating func write(_ value: UInt64, bits count: Int) {
      for bit in 0..<count { bits.append(value >> UInt64(bit) & 1 == 1) }
    }

    mutating func writeGamma(_ value: Int) {
      let length = String(value, radix: 2).count - 1
      bits += [Bool](repeating: false, count: length) + [true]
      write(UInt64(value), bits: length)
    }

    mutating func writeRice(_ value: Int, low: Int) {
      let high = value >> low
      if high >= 24 {
        bits += [Bool](repeating: true, count: 24)
        return write(UInt64(value), bits: 41)
      }
      bits += [Bool](repeating: true, count: high) + [false]
      write(UInt64(value), bits: low)
    }

    var bytes: [UInt8] {
      stride(from: 0, to: bits.count, by: 8).map { start in
        (0..<8).reduce(0) {
          start + $1 < bits.count && bits[start + $1] ? $0 | 1 << UInt8($1) : $0
        }
      }
    }
  }

  /// Bytes with the room behind them that a section has.
  static func withSlack<Result>(
    _ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try (bytes + [UInt8](repeating: 0xFF, count: 64)).withUnsafeBytes {
      try body(UnsafeRawBufferPointer(rebasing: $0[..<bytes.count]))
    }
  }

  @Test("numbers in bits equal the plain twin and come back")
  func bits() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<200 {
      var writer = BitWriter()
      var plain = PlainBits()
      var reads: [(inout BitReader) -> Bool] = []
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        let value = Int(random.next() >> UInt64.random(in: 24...63, using: &random))
        switch random.next() % 4 {
        case 0:
          let width = Int.random(in: 0...56, using: &random)
          let kept = UInt64(value) & ((1 << UInt64(width)) - 1)
          writer.write(UInt64(value), bits: width)
          plain.write(UInt64(value), bits: width)
          reads.append { $0.read(bits: width) == kept }
        case 1:
          writer.writeGamma(max(1, value))
          plain.writeGamma(max(1, value))
          reads.append { $0.readGamma() == max(1, value) }
        case 2:
          let zeros = Int.random(in: 0...200, using: &random)
          writer.writeUnary(zeros)
          plain.bits += [Bool](repeating: false, count: zeros) + [true]
          reads.append { reader in
            (0..<zeros).allSatisfy { _ in !reader.readBit() } && reader.readBit()
          }
        default:
          let low = Int.random(in: 0...40, using: &random)
          writer.writeRice(value, low: low)
          plain.writeRice(value, low: low)
          reads.append { $0.readRice(low: low) == value }
        }
      }
      let bytes = writer.take()
      #expect(bytes == plain.bytes)
      Self.withSlack(bytes) { buffer in
        var reader = BitReader(buffer)
        for read in reads { #expect(read(&reader)) }
        #expect(!reader.isBroken)
        _ = reader.read(bits: 9)
        #expect(reader.isBroken)
      }
    }
  }

  @Test("postings come back, whatever the counts")
  func postings() {
    var random = SplitMix64(seed: 2)
    let counts: [Float] = [1, 1, 1, 2, 3, 4, 5, 300, 2 / 3, 2 / 255, 0.1, 4.7, 1e-9, 3e8]
    for round in 0..<600 {
      let universe = Int.random(in: 1...3000, using: &random)
      let share = Double.random(in: 0...1, using: &random) / (round % 2 == 0 ? 1 : 30)
      // A gap longer than the others together.
      let gap = round % 3 == 0 ? 0..<universe * 2 / 3 : 0..<0
      let places = (0..<universe).filter {
        Double.random(in: 0...1, using: &random) < share && !gap.contains($0)
      }
      let howOften = places.map { _ in counts.randomElement(using: &random) ?? 1 }
      var bits = BitWriter()
      let numbers = places.map { Int32($0) }
      PostingsCode.write(numbers.span, counts: howOften.span, universe: universe, to: &bits)
      let bytes = bits.take()
      #expect(bytes.count <= PostingsCode.mostBytes(count: places.count, universe: universe))
      var found: [(Int, Float)] = []
      let isWhole = Self.withSlack(bytes) {
        PostingsCode.read($0, count: places.count, universe: universe) { found.append(($0, $1)) }
      }
      #expect(isWhole && found.map(\.0) == places && found.map(\.1) == howOften)
      // With what stands for a count, and the number of each.
      var products: [Float] = []
      let isRead = Self.withSlack(bytes) {
        PostingsReader.read($0, count: places.count, universe: universe) {
          $0 * 3
        } group: { group, values in
          #expect(group.count == values.count)
          products += values
        }
      }
      #expect(isRead && products == howOften.map { $0 * 3 })
      // A list that is cut short is broken.
      if !bytes.isEmpty {
        let isCut = Self.withSlack(Array(bytes.dropLast())) {
          !PostingsCode.read($0, count: places.count, universe: universe) { _, _ in }
        }
        #expect(isCut)
      }
    }
  }

  /// The plain twin of `PostingsCode.read`: a `BitReader` from the first bit to the last.
  static func plainPostings(
    _ bytes: UnsafeRawBufferPointer, count: Int, universe: Int
  ) -> (found: [(place: Int, count: Float)], isWhole: Bool) {
    let low = RiceCode.lowBits(universe: universe, count: count)
    var bits = BitReader(bytes)
    var found: [(place: Int, count: Float)] = []
    while found.count < count {
      let group = 0..<min(64, count - found.count)
      let isOften = group.map { _ in bits.readBit() }
      let lows = group.map { _ in Int(bits.read(bits: low)) }
      var place = found.last?.place ?? -1
      let places = group.map { index in
        var high = 0
        while !bits.isBroken, !bits.readBit() { high += 1 }
        place += 1 + high << low + lows[index]
        return place
      }
      guard place < universe, !bits.isBroken else { return (found, false) }
      var counts = isOften.map { $0 ? Float(2 + bits.read(bits: 2)) : 1 }
      for index in group where counts[index] == 5 {
        let whole = bits.readGamma()
        let share = whole > 1 ? 0 : bits.read(bits: 8)
        if whole > 1 {
          counts[index] = Float(whole + 3)
        } else if share > 0 {
          counts[index] = 2 / Float(share)
        } else {
          let value = Float(bitPattern: UInt32(bits.read(bits: 32)))
          counts[index] = value > 0 && value.isFinite ? value : 1
        }
      }
      guard !bits.isBroken else { return (found, false) }
      found += zip(places, counts).map { ($0, $1) }
    }
    return (found, true)
  }

  @Test("any bytes read as postings give what a plain reader finds, up to the same place")
  func hostilePostings() {
    var random = SplitMix64(seed: 8)
    for round in 0..<4000 {
      var bytes = (0..<Int.random(in: 0...90, using: &random)).map { _ in
        UInt8(truncatingIfNeeded: random.next())
      }
      // Long runs of ones and zeros are the long numbers of the codes.
      if round % 3 == 0 {
        for i in bytes.indices where random.next() % 3 > 0 { bytes[i] = round % 2 == 0 ? 0 : 0xFF }
      }
      let count = Int.random(in: 0...200, using: &random)
      let universe = [
        count, Int.random(in: 1...400, using: &random), 5000, 100_000, 1 << 31,
      ][round % 5]
      Self.withSlack(bytes) { buffer in
        let plain = Self.plainPostings(buffer, count: count, universe: universe)
        var found: [(place: Int, count: Float)] = []
        let isWhole = PostingsCode.read(buffer, count: count, universe: universe) {
          found.append(($0, $1))
        }
        #expect(isWhole == plain.isWhole)
        #expect(found.map(\.place) == plain.found.map(\.place))
        #expect(found.map(\.count) == plain.found.map(\.count))
      }
    }
  }

  @Test("damage in a long list is found, or what a plain reader finds", arguments: 0...9)
  func damagedPostings(low: Int) {
    var random = SplitMix64(seed: 31 + UInt64(low))
    let counts: [Float] = [1, 1, 1, 1, 1, 2, 3, 4, 7, 8, 15, 16, 300, 2 / 3, 2 / 255, 0.1, 3e8]
    for round in 0..<60 {
      let share = Double.random(in: 0.7...1.3, using: &random) / Double(1 << low) / 1.5
      var places: [Int] = []
      var place = -1
      while places.count < 1 + 15 * round {
        place += 1
        if Double.random(in: 0..<1, using: &random) < share { places.append(place) }
        if random.next() % 500 == 0 { place += Int(random.next() % 5000) }
      }
      let common = random.next() % 2 == 0 ? 5 : counts.count
      let howOften = places.map { _ in counts[Int(random.next() % UInt64(common))] }
      let universe = place + 1 + Int(random.next() % 3)
      var bits = BitWriter()
      let numbers = places.map { Int32($0) }
      PostingsCode.write(numbers.span, counts: howOften.span, universe: universe, to: &bits)
      var bytes = bits.take()
      for _ in 0..<8 {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
        if random.next() % 4 == 0 { bytes.removeLast(Int(random.next() % 9) % bytes.count) }
        Self.withSlack(bytes) {
          let plain = Self.plainPostings($0, count: places.count, universe: universe)
          var found: [(place: Int, count: Float)] = []
          let isWhole = PostingsCode.read($0, count: places.count, universe: universe) {
            found.append(($0, $1))
          }
          #expect(isWhole == plain.isWhole)
          #expect(found.map(\.place) == plain.found.map(\.place))
          #expect(found.map(\.count) == plain.found.map(\.count))
        }
      }
    }
  }

  @Test("ranges of postings come back, and broken ones are within bounds")
  func postingsRanges() throws {
    var random = SplitMix64(seed: 77)
    for _ in 0..<300 {
      var ranges: [Range<Int>] = []
      var end = Int(random.next() % 1000)
      for _ in 0..<Int.random(in: 1...64, using: &random) {
        let start = end
        end +=
          random.next() % 2 == 0
          ? 0 : Int(random.next() >> UInt64.random(in: 44...63, using: &random))
        ranges.append(start..<end)
      }
      let length = end + Int(random.next() % 100)
      var bits = BitWriter()
      PostingsRanges.write(ranges[...], length: length, to: &bits)
      var bytes = bits.take()
      var found: [Range<Int>] = []
      try Self.withSlack(bytes) {
        try PostingsRanges.append(
          $0, count: ranges.count, length: length, of: .termRanges, to: &found)
      }
      #expect(found == ranges)
      for _ in 0..<8 {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
        found = []
        Self.withSlack(bytes) {
          try? PostingsRanges.append(
            $0, count: ranges.count, length: length, of: .termRanges, to: &found)
        }
        #expect(found.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= length })
      }
    }
  }

  @Test(
    "dot products lie between their bounds, which are narrow, on any number of cores",
    arguments: ["rgc.rgc", "ntc.lsn", "ltn.ltn", "bpc.ltc", "rgn.nsc"])
  func productBounds(weighting: String) throws {
    let articles = IndexFileTests.articles(300, seed: 14)
    let vectors = VectorOptions(weighting: try #require(Weighting(weighting)))
    let archive = Archive.build(articles, vectors: vectors, isKept: true, jobs: 2)
    try IndexFileTests.withFile(archive) { path in
      let file = try IndexFile(path: path)
      #expect(file.settings.hasPostings)
      for article in [articles[0], articles[50], articles[101], Article(id: "empty")] {
        var lexicon = try Lexicon(of: file)
        let query = try QueryText(of: article, in: file, lexicon: &lexicon)
        let space = try LocalSpace(
          of: SequenceBuffer(), query: query, file: file, lexicon: &lexicon, namesAll: false)
        let sequences = try #require(space.query)
        let vector = space.vectorizer.vectors(of: sequences, side: .query)[0]
        let sums = try PostingSums(of: vector, space: space, file: file, lexicon: &lexicon)
        let own = archive.number(of: article.id).map { archive.queries[$0] }
        for jobs in [1, 2, 3, 7] {
          let products = try sums.bounds(jobs: jobs, fewest: 1)
          for other in 0..<archive.count {
            let exact = own?.dot(archive.index.articles[other]) ?? 0
            let scale = try file.columns().scale(other)
            let (least, most) = products.bounds(of: other, scale: scale)
            #expect(least <= exact && exact <= most)
            #expect(most - least <= max(1, exact) * 2e-4)
            #expect(exact == 0 || products.sums[other] > 0)
          }
        }
      }
    }
  }

  /// Numbers as large as they may be, and small ones.
  private static func number(_ bits: UInt64, random: inout SplitMix64) -> Int {
    Int(random.next() >> (64 - UInt64.random(in: 1...bits, using: &random)))
  }

  @Test("a row alone is what it is among the rows of its piece, and no bytes crash")
  func rows() throws {
    var random = SplitMix64(seed: 15)
    for round in 0..<600 {
      let wide = UInt64(round % 4 == 0 ? 35 : 6)
      var counts = IndexCounts()
      (counts.terms, counts.words) = (1 << 20, 1 << 45)
      (counts.pairs, counts.articles) = (1 << 45, 1 << 45)
      var terms: [TermRow] = []
      var pairs: [PairRow] = []
      var term = TermRow(wordStart: 3, pairStart: 5)
      var pair = PairRow(second: 9)
      for _ in 0..<Int.random(in: 1...PairRow.group, using: &random) {
        term.wordCount = 1 + Self.number(min(wide, 20), random: &random)
        term.displayed = Int.random(in: 0..<term.wordCount, using: &random)
        term.pairCount = Self.number(wide, random: &random)
        term.documentFrequency = Self.number(wide, random: &random)
        term.settledFrequency = Int.random(in: 0...term.documentFrequency, using: &random)
        terms.append(term)
        term.wordStart += term.wordCount
        term.pairStart += term.pairCount
        pair.second += 1 + Self.number(min(wide, 15), random: &random)
        // So far behind that its code is another.
        if round % 8 == 3, pairs.count == 9 { pair.second += 1 << 18 }
        pair.documentFrequency = 2 + Self.number(wide, random: &random)
        pair.settledFrequency = Int.random(in: 0...pair.documentFrequency, using: &random)
        pairs.append(pair)
      }
      // What stands at the beginning of a piece is as wide as these ask for.
      if round % 2 == 1 { (counts.words, counts.pairs) = (term.wordStart, term.pairStart) }
      var bits = BitWriter()
      TermRow.write(terms[...], counts: counts, to: &bits)
      var termBytes = bits.take()
      let starts = pairs.indices.map { _ in random.next() % 3 == 0 }
      PairRow.write(
        pairs[...], startsTerm: starts[...], termCount: counts.terms, fewest: 2, to: &bits)
      var pairBytes = bits.take()
      for place in terms.indices {
        try Self.withSlack(termBytes) {
          let row = try TermRow.row(place, of: $0, counts: counts)
          #expect(row == terms[place])
        }
        try Self.withSlack(pairBytes) {
          let row = try PairRow.row(place, of: $0, counts: counts, fewest: 2)
          #expect(row == pairs[place])
          for second in [pairs[place].second, pairs[place].second + 1] {
            let places = Int.random(in: 0...place, using: &random)..<pairs.count
            let found = try PairRow.place(
              ofSecond: second, among: places, of: $0, counts: counts, fewest: 2)
            #expect(found == places.first { pairs[$0].second == second })
          }
        }
      }
      // Damage: the same numbers or none, where all rows before are fine; else anything but a crash.
      termBytes[Int(random.next() % UInt64(termBytes.count))] = UInt8(
        truncatingIfNeeded: random.next())
      if round % 2 == 0 { pairBytes.removeLast(Int(random.next() % UInt64(pairBytes.count))) }
      for place in terms.indices {
        Self.withSlack(termBytes) { bytes in
          var plain: [TermRow] = []
          let row = try? TermRow.row(place, of: bytes, counts: counts)
          try? TermRow.append(bytes, count: place + 1, counts: counts, to: &plain)
          #expect(plain.count <= place || row == plain[place])
        }
        Self.withSlack(pairBytes) { bytes in
          var plain: [PairRow] = []
          let row = try? PairRow.row(place, of: bytes, counts: counts, fewest: 2)
          try? PairRow.append(bytes, count: place + 1, counts: counts, fewest: 2, to: &plain)
          #expect(plain.count <= place || row == plain[place])
          _ = try? PairRow.place(
            ofSecond: pairs[place].second, among: 0..<pairs.count, of: bytes, counts: counts,
            fewest: 2)
        }
      }
    }
  }

  @Test("pieces are found by offsets of any width")
  func pieces() throws {
    for count in [0, 1, 5, 84] {
      for length in Array(240...270) + Array(65_500...65_560) {
        // Pieces as unequal as may be: the last one takes what the others leave.
        var made = BlobPieces()
        for piece in 0..<count {
          let end = piece < count - 1 ? made.bytes.count + piece % 3 : max(length, made.bytes.count)
          while made.bytes.count < end { made.bytes.append(UInt8(made.bytes.count * 7 & 0xFF)) }
          made.closePiece()
        }
        try Self.withSection(BlobTable.encoded([made])) { bytes in
          let table = try BlobTable(bytes, count: count)
          var start = 0
          for (piece, end) in made.ends.enumerated() {
            #expect(try table.blob(piece).elementsEqual(made.bytes[start..<end]))
            start = end
          }
        }
      }
    }
  }

  /// Bytes as a section of a file that has nothing else.
  private static func withSection(
    _ bytes: [UInt8], _ body: (SectionBytes) throws -> Void
  ) throws {
    let checksums = IndexFileWriter.encoded(
      IndexFileWriter.checksums(of: bytes, section: .records))
    let entry = IndexFileHeader.Entry(
      section: .records, offset: checksums.count, length: bytes.count,
      tableChecksum: BlockChecksum.checksum(
        of: checksums, seed: SectionBytes.seed(of: .records, block: -1)))
    let memory = try #require(SectionMemory(of: [entry]))
    try IndexDamageTests.withFile(checksums + bytes) { path in
      try body(SectionBytes(entry, of: FileView(path: path), tableOffset: 0, in: memory))
    }
  }

  @Test("sets of numbers and remembered rows are what a set and a dictionary say")
  func numberSets() {
    var random = SplitMix64(seed: 3)
    for (bound, most) in [
      (0, 9), (1, 9), (63, 99), (64, 99), (65, 99), (1000, 900), (100_000, 9_000), (100_000, 40),
    ] {
      let numbers = (0..<min(bound, most)).map { _ in UInt32(random.next() % UInt64(bound)) }
      let set = NumberSet(numbers + [.max], [UInt32(bound)], below: bound)
      let plain = Set(numbers).sorted().map(Int.init)
      #expect(set.members == plain && set.count == plain.count)
      #expect(plain.enumerated().allSatisfy { set.place(of: UInt32($1)) == UInt32($0) })
      let others = Set(0..<bound).subtracting(plain)
      #expect(others.allSatisfy { set.place(of: UInt32($0)) == nil })
      #expect(set.place(of: UInt32(bound)) == nil && set.place(of: .max) == nil)
      var cache = RowCache<Int>()
      for number in plain { cache.insert(number * 7, for: number) }
      #expect(plain.allSatisfy { cache[$0] == $0 * 7 } && others.allSatisfy { cache[$0] == nil })
    }
  }

  @Test("dates come back to the last bit")
  func dates() throws {
    let day = 86_400.0
    let columns: [[Double?]] = [
      [], [nil], [0, nil, -5 * day], [9 * day, 9 * day, day / 8, nil], [1.5, 0.25, -7.125],
      [1e12, -1e12], [9e14, -9e14, .pi], [-0.0, 0.0],
    ]
    for column in columns {
      let dates = column.map { $0.map(Date.init(timeIntervalSinceReferenceDate:)) }
      let back = try DateColumn.encoded(dates).withUnsafeBytes {
        try DateColumn.dates($0, count: dates.count)
      }
      #expect(
        zip(back, column).allSatisfy { found, date in
          date.map { $0.bitPattern == found.bitPattern } ?? found.isNaN
        })
    }
    for seconds in [1e300, -1e15, .infinity, -.infinity, .nan] {
      let date = Date(timeIntervalSinceReferenceDate: seconds)
      #expect(throws: IndexFileError.self) {
        try DateColumn.encoded([date]).withUnsafeBytes { _ = try DateColumn.dates($0, count: 1) }
      }
      #expect(!DateColumn.areDates(of: Article(id: "a", published: date)))
      let embargoed = Article(id: "a", embargoedUntil: date)
      #expect(!DateColumn.areDates(of: embargoed))
      let bytes = ArticleClass(of: embargoed, analyzedLanguage: .en).encoded()
      #expect(throws: IndexFileError.self) {
        try bytes.withUnsafeBytes {
          var reader = ByteReader($0, of: .classes)
          _ = try ArticleClass(from: &reader)
        }
      }
    }
  }

  @Test("words come back from their terms")
  func words() throws {
    let groups: [(String, [String])] = [
      ("citi", ["CITIES", "Cities", "City", "cities", "city"]), ("1000", ["1,000", "1000"]),
      ("été", ["ÉTÉ", "Été", "été"]), ("x", ["McX", "xXx", String(repeating: "Y", count: 90)]),
      (String(repeating: "z", count: 40), ["ZZ", "z"]),
    ]
    let languages: [Language] = groups.flatMap { $0.1.map { $0.count > 5 ? .en : .fr } }
    var bytes = WordLanguages.encoded(languages[...])
    for (term, words) in groups {
      for word in words {
        let code = Self.code(ofWord: Array(word.utf8), term: Array(term.utf8))
        #expect(code == PlainWordCode.code(of: Array(word.utf8), term: Array(term.utf8)))
        bytes += code
      }
    }
    var found: [String] = []
    var foundLanguages: [Language] = []
    try bytes.withUnsafeBytes { buffer in
      let all = groups.flatMap { group in group.1.map { (term: group.0, word: $0) } }
      for (place, pair) in all.enumerated() {
        let word = try WordGroup.word(
          place, of: all.count, term: Array(pair.term.utf8), in: buffer)
        #expect(String(decoding: word, as: UTF8.self) == pair.word)
      }
      try WordGroup.forEach(
        buffer, terms: groups.map { Array($0.0.utf8) }, wordCounts: groups.map(\.1.count)
      ) {
        found.append(String(decoding: $0, as: UTF8.self))
        foundLanguages.append($1)
      }
    }
    #expect(found == groups.flatMap(\.1))
    #expect(foundLanguages == languages)
    // A word that is its term but for a capital takes one byte.
    #expect(Self.code(ofWord: Array("Flood".utf8), term: Array("flood".utf8)).count == 1)
  }

  private static func code(ofWord word: [UInt8], term: [UInt8]) -> [UInt8] {
    var code: [UInt8] = []
    word.withUnsafeBufferPointer { word in
      term.withUnsafeBufferPointer { WordGroup.append(word, of: $0, to: &code) }
    }
    return code
  }

  @Test("words take their shortest code, whatever they are")
  func randomWords() {
    var random = SplitMix64(seed: 5)
    let letters = Array("aAbB9é".utf8)
    for _ in 0..<3000 {
      let term = (0..<random.next() % 14).map { _ in letters.randomElement(using: &random) ?? 0 }
      var word = Array(term.prefix(Int(random.next() % 15)))
      for place in word.indices where random.next() % 3 == 0 { word[place] ^= 0x20 }
      word += (0..<random.next() % 12).map { _ in letters.randomElement(using: &random) ?? 0 }
      if random.next() % 40 == 0 { word += [UInt8](repeating: 0x7A, count: 160) }
      let code = Self.code(ofWord: word, term: term)
      #expect(code == PlainWordCode.code(of: word, term: term))
    }
  }

  @Test("the nearest come back as sets, with or without candidates")
  func nearest() throws {
    var random = SplitMix64(seed: 6)
    for _ in 0..<400 {
      var counts = IndexCounts()
      counts.articles = Int.random(in: 2...400, using: &random)
      counts.neighbors = 10
      counts.namesCandidates = random.next() % 2 == 1
      counts.candidates = 60
      func chosen(_ limit: Int) -> [Int32] {
        Array((1..<Int32(counts.articles)).shuffled(using: &random).prefix(limit))
      }
      let neighbors = chosen(Int.random(in: 0...10, using: &random))
      let candidates = counts.namesCandidates ? chosen(Int.random(in: 0...60, using: &random)) : nil
      var bits = BitWriter()
      NearestCode.write(
        neighbors: neighbors[...], candidates: candidates.map { $0[...] },
        universe: counts.articles, to: &bits)
      let found = try Self.withSlack(bits.take()) {
        try NearestCode.read($0, of: 0, counts: counts)
      }
      #expect(found.filter(\.isNeighbor).map(\.article) == neighbors.sorted().map(Int.init))
      #expect(
        found.filter(\.isCandidate).map(\.article) == (candidates ?? []).sorted().map(Int.init))
    }
  }

  @Test(
    "headlines come back from their words",
    arguments: [
      ("Dam holds, for now", ["Dam", "holds", "now"]), ("", []), ("…", []),
      ("  Dam", ["Dam"]), ("Dam", ["Dam"]), ("dam dam DAM", ["dam", "DAM"]),
      ("été 市長 wins", ["été", "市長", "wins"]), ("not its words", ["dam", "not"]),
      (String(repeating: "long ", count: 300), ["long"]),
    ])
  func titles(title: String, words: [String]) throws {
    var bits = BitWriter()
    let bytes = TitleCode.encoded(title.utf8, words: words.map { Array($0.utf8)[...] }, to: &bits)
    let back = try Self.withSlack(bytes) {
      try TitleCode.title($0, words: words.count) { Array(words[$0].utf8) }
    }
    #expect(back == title)
  }

  @Test("no flipped bit leaves a checksum as it was")
  func checksums() {
    var random = SplitMix64(seed: 3)
    for length in [0, 1, 7, 8, 9, 31, 32, 33, 100, 4096] {
      var bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let sum = BlockChecksum.checksum(of: bytes, seed: 9)
      #expect(BlockChecksum.checksum(of: bytes, seed: 10) != sum)
      #expect(BlockChecksum.checksum(of: bytes + [0], seed: 9) != sum)
      for bit in 0..<length * 8 {
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        #expect(BlockChecksum.checksum(of: bytes, seed: 9) != sum)
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      }
    }
  }
}

/// The plain twin of `WordGroup.append`: every mode that gives the word back, the first of the
/// shortest.
private enum PlainWordCode {
  static func code(of word: [UInt8], term: [UInt8]) -> [UInt8] {
    let codes = (0..<3).compactMap { code(of: word, mode: $0, term: term) }
    return codes.reduce(codes[0]) { $1.count < $0.count ? $1 : $0 }
  }

  private static func code(of word: [UInt8], mode: Int, term: [UInt8]) -> [UInt8]? {
    func isChanged(_ place: Int) -> Bool { mode == 2 || mode == 1 && place == 0 }
    let plain = word.enumerated().map { place, byte in
      byte >= 0x41 && byte <= 0x5A && isChanged(place) ? byte | 0x20 : byte
    }
    let back = plain.enumerated().map { place, byte in
      byte >= 0x61 && byte <= 0x7A && isChanged(place) ? byte & 0xDF : byte
    }
    guard back == word else { return nil }
    let shared = zip(term, plain).prefix { $0 == $1 }.count
    let dropped = term.count - shared
    let rest = plain.dropFirst(shared)
    var bytes = [UInt8(mode << 6 | min(dropped, 7) << 3 | min(rest.count, 7))]
    if dropped >= 7 { bytes.appendVarint(UInt64(dropped - 7)) }
    if rest.count >= 7 { bytes.appendVarint(UInt64(rest.count - 7)) }
    return bytes + rest
  }
}
