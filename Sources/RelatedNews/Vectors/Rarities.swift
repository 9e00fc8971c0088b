/// How rare each feature is, as a weighting says: few distinct numbers, as they follow from document
/// frequency alone, and beside each feature the place of its own.
///
/// Two bytes a feature stay in a core's cache where eight would not, and each is looked up for every
/// weight of an archive.
struct Rarities: Sendable {
  private let values: [Double]
  private let places: [UInt16]

  /// - Precondition: at most 65,535 distinct values. So many distinct document frequencies have two
  ///   billion postings, more than an index can number.
  init(documentFrequencies: [Int], articleCount: Int, scheme: Weighting.Scheme) {
    var values: [Double] = []
    var placeOfValue: [Double: UInt16] = [:]
    var placeOfFrequency = [UInt16](
      repeating: .max, count: (documentFrequencies.max() ?? 0) + 1)
    places = documentFrequencies.map { df in
      if placeOfFrequency[df] != .max { return placeOfFrequency[df] }
      let value = scheme.inverseDocumentFrequency(df, of: articleCount)
      precondition(values.count < Int(UInt16.max))
      let place = placeOfValue[value] ?? UInt16(values.count)
      if Int(place) == values.count { values.append(value) }
      placeOfValue[value] = place
      placeOfFrequency[df] = place
      return place
    }
    self.values = values
  }

  @inline(__always)
  subscript(feature: Int) -> Double { values[Int(places[feature])] }
}
