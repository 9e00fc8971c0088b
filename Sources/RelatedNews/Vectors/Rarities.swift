/// How rare each feature is, as a weighting says: few distinct numbers, as they follow from how many
/// settled articles have it alone, and beside each feature the place of its own.
///
/// Two bytes a feature stay in a core's cache where eight would not, and each is looked up for every
/// weight of an archive.
struct Rarities: Sendable {
  private let values: [Double]
  private let places: [UInt16]

  /// There are fewer than 65,535 distinct values: so many distinct document frequencies have two billion
  /// postings, more than an index can number. A file that says otherwise gets the last one for the rest.
  init(of features: FeatureSpace, settledCount: Int, scheme: Weighting.Scheme) {
    let frequencies = features.settledFrequencies
    var places = [UInt16](repeating: .max, count: (frequencies.max() ?? 0) + 1)
    var values: [Double] = []
    self.places = frequencies.map { frequency in
      if places[frequency] != .max { return places[frequency] }
      // What only the newest articles have is as rare as what one settled article has.
      let value = scheme.inverseDocumentFrequency(max(1, frequency), of: settledCount)
      let place = UInt16(min(values.count, Int(UInt16.max) - 1))
      if Int(place) == values.count { values.append(value) }
      places[frequency] = place
      return place
    }
    self.values = values
  }

  @inline(__always)
  subscript(feature: Int) -> Double { values[Int(places[feature])] }
}
