/// One option of the tool that may be tuned, with the values worth trying.
package struct TuningOption: Sendable, Hashable {
  /// The option's name on the command line: `"title-weight"`.
  package let name: String
  package let values: [String]
  /// What it is where nobody sets it; one of `values`.
  package let standard: String
  /// Whether another value means another index.
  package let isOfIndex: Bool

  package init(_ name: String, _ values: [String], standard: String, isOfIndex: Bool = false) {
    self.name = name
    self.values = values
    self.standard = standard
    self.isOfIndex = isOfIndex
  }

  /// What is searched: few values each, far enough apart that a difference can be more than noise.
  package static let all = [
    TuningOption("title-weight", ["1", "2", "4", "6", "8"], standard: "4", isOfIndex: true),
    TuningOption(
      "weighting", ["rsc.rsc", "lsc.lsc", "ltc.ltc", "nsc.nsc", "bsc.bsc"], standard: "rsc.rsc",
      isOfIndex: true),
    TuningOption("ngram-range", ["1,1", "1,2", "1,3"], standard: "1,2", isOfIndex: true),
    TuningOption("stemmer", ["none", "light", "porter2"], standard: "porter2", isOfIndex: true),
    TuningOption("min-df", ["1", "2", "3"], standard: "1", isOfIndex: true),
    TuningOption("max-df", ["0.3", "0.5", "1.0"], standard: "1.0", isOfIndex: true),
    TuningOption("recency", ["none", "exp", "gauss", "linear"], standard: "exp"),
    TuningOption("scale", ["30", "90", "180", "360", "720"], standard: "360"),
    TuningOption("offset", ["0", "7", "30"], standard: "7"),
    TuningOption("decay", ["0.1", "0.3", "0.5", "0.7"], standard: "0.3"),
    TuningOption("diversity", ["0", "0.05", "0.1", "0.2"], standard: "0"),
    TuningOption("near-duplicate", ["0.8", "0.9", "1.1"], standard: "0.9"),
  ]
}

/// A choice of values: those that differ from where the search started.
package struct TuningSetting: Sendable, Hashable, Codable {
  package private(set) var values: [String: String]

  package init(_ values: [String: String] = [:]) { self.values = values }

  /// The same with one option set, or left as it was where `value` is nil.
  package func setting(_ name: String, to value: String?) -> TuningSetting {
    var copy = self
    copy.values[name] = value
    return copy
  }

  /// `title-weight 6, scale 720`, in the order of names; `nothing changed` for the start.
  package var text: String {
    values.isEmpty
      ? "nothing changed"
      : values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }
}
