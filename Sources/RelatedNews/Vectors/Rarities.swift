/// How rare each feature is, as a weighting says: few distinct numbers, as they follow from how many
/// settled articles have it alone, and beside each feature the place of its own.
///
/// Two bytes a feature stay in a core's cache where eight would not, and each is looked up for every
/// weight of an archive.
struct Rarities: Sendable {
  private let values: [Rarity]
  private let places: [UInt16]

  struct Rarity: Sendable, Hashable {
    let idf: Double
    /// What the squares of its weights count in the length of a vector: 1, or 0 for a pair that so few
    /// settled articles have that it is a feature by others only.
    let lengthShare: Double
  }

  /// There are fewer than 65,535 distinct values: so many distinct document frequencies have two billion
  /// postings, more than an index can number. A file that says otherwise gets the last one for the rest.
  init(
    of features: FeatureSpace, settledCount: Int, options: VectorOptions, scheme: Weighting.Scheme
  ) {
    let frequencies = features.settledFrequencies
    let unknown = [UInt16](repeating: .max, count: (frequencies.max() ?? 0) + 1)
    var known = (terms: unknown, ngrams: unknown)
    var values: [Rarity] = []
    var placeOfValue: [Rarity: UInt16] = [:]
    func place(of frequency: Int, isNgram: Bool, known: inout [UInt16]) -> UInt16 {
      if known[frequency] != .max { return known[frequency] }
      let value = Rarity(
        // What only the newest articles have is as rare as what one settled article has.
        idf: scheme.inverseDocumentFrequency(max(1, frequency), of: settledCount),
        lengthShare: isNgram && frequency < options.minimumNgramFrequency ? 0 : 1)
      let place = placeOfValue[value] ?? UInt16(min(values.count, Int(UInt16.max) - 1))
      if Int(place) == values.count { values.append(value) }
      placeOfValue[value] = place
      known[frequency] = place
      return place
    }
    let termCount = features.levelStarts[1]
    places =
      frequencies[..<termCount].map { place(of: $0, isNgram: false, known: &known.terms) }
      + frequencies[termCount...].map { place(of: $0, isNgram: true, known: &known.ngrams) }
    self.values = values
  }

  @inline(__always)
  subscript(feature: Int) -> Rarity { values[Int(places[feature])] }
}
