/// How near single paragraphs of the source are to the opening of a target.
///
/// What an editor links to is often the matter of one paragraph, lost in the sum of a long article;
/// and what a target is about stands in its headline and opening. So each paragraph of the source is
/// compared with each target's headline and first terms, and the nearest few paragraphs count, by
/// their mean. On digitalgov +.010 nDCG@10 (95 % interval +.002 to +.018).
/// Source: Callan, "Passage-level evidence in document retrieval" (SIGIR 1994).
///
/// Unsafe: the features of openings, which a `FeatureCounter` found in its own table of all features,
/// look up the paragraphs without bounds checks. `SecondLookTests` holds it to the plain twin.
struct PassageMatcher {
  /// A paragraph that has a feature, in a chain of all that have it.
  private struct Entry {
    let paragraph: Int32
    let weight: Float
    /// -1 at the chain's end.
    let next: Int32
  }

  private let passageCount: Int
  private let openings: Openings
  /// Of the archive's articles, where they are known.
  private let phrases: Phrases?
  /// Beside each feature the first of its entries, or -1.
  private var heads: [Int32]
  private var entries: [Entry] = []
  private var touched: [UInt32] = []
  /// Beside each paragraph its cosine with the opening looked at last.
  private var sums: [Double] = []
  /// The highest of these, descending.
  private var best: [Double] = []
  private var counter: FeatureCounter

  init(archive: Archive, openings: Openings, passageCount: Int) {
    self.passageCount = passageCount
    self.openings = openings
    phrases = archive.phrases
    heads = [Int32](repeating: -1, count: archive.vectorizer.features.count)
    counter = FeatureCounter(vectorizer: archive.vectorizer)
  }

  /// Takes the paragraphs of a source, each as a vector of length 1.
  mutating func load(_ source: QueryArticle) {
    for feature in touched { heads[Int(feature)] = -1 }
    touched.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    sums.removeAll(keepingCapacity: true)
    let sequences = source.sequences
    let all = sequences.segments(of: source.sequenceIndex)
    var paragraphs = all.filter {
      sequences.segmentFields[$0] == .body && !sequences.termRange(of: $0).isEmpty
    }
    // An article without a body is its headline.
    if paragraphs.isEmpty { paragraphs = Array(all) }
    let weights = counter.termWeights(
      of: source.sequenceIndex, in: sequences, phrases: source.isOfArchive ? phrases : nil)
    let start = sequences.termRange(ofArticle: source.sequenceIndex).lowerBound
    for paragraph in paragraphs {
      let range = sequences.termRange(of: paragraph)
      counter.add(
        range, of: sequences, from: start,
        termWeights: weights?[range.lowerBound - start..<range.upperBound - start])
      let vector = counter.unitVector()
      for (feature, weight) in zip(vector.termIDs, vector.weights) {
        let head = heads[Int(feature)]
        if head < 0 { touched.append(feature) }
        heads[Int(feature)] = Int32(entries.count)
        entries.append(Entry(paragraph: Int32(sums.count), weight: weight, next: head))
      }
      sums.append(0)
    }
  }

  /// The mean cosine of the nearest paragraphs with the opening of an article, 0 to 1.
  mutating func nearness(of article: Int) -> Double {
    guard !sums.isEmpty else { return 0 }
    for i in sums.indices { sums[i] = 0 }
    if let range = openings.row(of: article) {
      Self.add(range, of: openings.rows, heads: heads, entries: entries, to: &sums)
    } else {
      let opening = openings.vector(of: article, counter: &counter)
      let rows = SparseMatrix(rows: [opening], termCount: heads.count)
      Self.add(0..<opening.count, of: rows, heads: heads, entries: entries, to: &sums)
    }
    best.removeAll(keepingCapacity: true)
    for sum in sums where best.count < passageCount || sum > best.last ?? .infinity {
      if best.count == passageCount { best.removeLast() }
      best.insert(sum, at: best.firstIndex { $0 < sum } ?? best.count)
    }
    return best.reduce(0, +) / Double(best.count)
  }

  /// Adds the products of an opening's features to the paragraphs that have them.
  private static func add(
    _ places: Range<Int>, of rows: SparseMatrix, heads: [Int32], entries: [Entry],
    to sums: inout [Double]
  ) {
    let features = rows.termIDs.span.extracting(places)
    let weights = rows.weights.span.extracting(places)
    let heads = heads.span
    let entries = entries.span
    var sums = sums.mutableSpan
    for i in 0..<features.count {
      var place = Int(heads[unchecked: Int(features[unchecked: i])])
      guard place >= 0 else { continue }
      let weight = Double(weights[unchecked: i])
      while place >= 0 {
        let entry = entries[unchecked: place]
        sums[unchecked: Int(entry.paragraph)] += weight * Double(entry.weight)
        place = Int(entry.next)
      }
    }
  }

  /// What each feature brings to `nearness(of:)`, by ascending feature.
  mutating func contributions(of article: Int) -> [(feature: UInt32, value: Double)] {
    guard nearness(of: article) > 0 else { return [] }
    // The same paragraphs that `nearness` took; of equally near ones the first.
    let nearest = sums.indices.sorted { (sums[$0], $1) > (sums[$1], $0) }.prefix(passageCount)
    let opening = openings.vector(of: article, counter: &counter)
    return zip(opening.termIDs, opening.weights).compactMap { feature, weight in
      var sum = 0.0
      var place = heads[Int(feature)]
      while place >= 0 {
        let entry = entries[Int(place)]
        if nearest.contains(Int(entry.paragraph)) { sum += Double(weight) * Double(entry.weight) }
        place = entry.next
      }
      return sum > 0 ? (feature, sum / Double(nearest.count)) : nil
    }
  }
}
