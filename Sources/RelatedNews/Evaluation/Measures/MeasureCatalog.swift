/// All measures by name, in the order in which trec_eval prints them.
package enum MeasureCatalog {
  /// The measures that `names` ask for: `["official"]`, `["ndcg_cut.5,10,P.5"]`, `["nDCG@5", "AP"]`.
  ///
  /// trec_eval's come first, in its order and each once (of two parameter lists the first counts, as
  /// there), then those with readable names as they were asked for.
  /// - Throws: `MeasureError` naming what is unknown.
  package static func measures(_ names: [String]) throws -> [Measure] {
    var asked: [(family: String, parameters: String?)] = []
    var readable: [Measure] = []
    for text in names.flatMap(split) {
      if let measure = try ReadableMeasures.measure(text) {
        readable.append(measure)
        continue
      }
      let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      let (name, parameters) = (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
      if let members = nicknames[name] {
        asked += members.map { ($0, nil) }
      } else if families.contains(name), parameters != "" {
        asked.append((name, parameters))
      } else {
        throw MeasureError(
          "unknown measure \"\(text)\"; try official, all_trec, ndcg_cut.5,10, P.5")
      }
    }
    let wanted = families.filter { family in asked.contains { $0.family == family } }
    return try wanted.map { family in
      let parameters = asked.first { $0.family == family && $0.parameters != nil }?.parameters
      return try measure(family, MeasureParameters(text: parameters ?? nil))
    } + readable
  }

  /// One value by the name it is printed with, `ndcg_cut_10`, or asked for, `nDCG@10` or `P.5`.
  package static func value(_ name: String) throws -> Measure {
    if let measure = try ReadableMeasures.measure(name) { return measure }
    let asked = families.contains(name) ? name : dotted(name) ?? name
    let measures = try measures([asked])
    guard measures.count == 1, measures[0].names.count == 1 else {
      throw MeasureError("\"\(name)\" is not one number; say which, such as ndcg_cut_10")
    }
    return Measure(
      name, names: [name], style: measures[0].style, values: measures[0].values)
  }

  static let nicknames: [String: [String]] = [
    "official": Array(families[..<12]),
    "all_trec": families.filter { !["dcg", "ideal_dcg", "yaap"].contains($0) },
    "set": [
      "runid", "num_q", "num_ret", "num_rel", "num_rel_ret", "utility", "set_P", "set_recall",
      "set_relative_P", "set_map", "set_F",
    ],
  ]

  static let families = [
    "runid", "num_q", "num_ret", "num_rel", "num_rel_ret", "map", "gm_map", "Rprec", "bpref",
    "recip_rank", "iprec_at_recall", "P", "relstring", "recall", "infAP", "gm_bpref", "Rprec_mult",
    "utility", "11pt_avg", "binG", "G", "dcg", "ideal_dcg", "ndcg", "ndcg_rel", "Rndcg",
    "ndcg_cut", "map_cut", "relative_P", "success", "set_P", "set_relative_P", "set_recall",
    "set_map", "set_F", "num_nonrel_judged_ret", "yaap", "rbp", "rbp_resid", "unj",
  ]
}

extension MeasureCatalog {
  /// `"ndcg_cut.5,10,P.5"` is `["ndcg_cut.5,10", "P.5"]`: a piece that is no name belongs to the
  /// parameters before it.
  private static func split(_ text: String) -> [String] {
    var result: [String] = []
    for piece in text.split(whereSeparator: { $0 == "," || $0 == " " || $0 == "|" }) {
      let name = String(piece.prefix { $0 != "." && $0 != "@" })
      let isName =
        families.contains(name) || nicknames[name] != nil
        || ReadableMeasures.families.contains(name)
      if isName || result.isEmpty || name.first?.isLetter == true && !piece.contains("=") {
        result.append(String(piece))
      } else {
        result[result.count - 1] += "," + piece
      }
    }
    return result
  }

  /// `ndcg_cut_10` is `ndcg_cut.10`.
  private static func dotted(_ name: String) -> String? {
    guard let bar = name.lastIndex(of: "_") else { return nil }
    let (family, parameter) = (String(name[..<bar]), name[name.index(after: bar)...])
    guard families.contains(family), !parameter.isEmpty else { return nil }
    return "\(family).\(parameter)"
  }

  private static func measure(_ family: String, _ p: MeasureParameters) throws -> Measure {
    do {
      if let measure = simple.first(where: { $0.family == family }) { return measure }
      switch family {
      case "iprec_at_recall": return try InterpolatedPrecision.atRecall(p)
      case "P": return try CutoffMeasures.precision(p)
      case "relstring":
        let length = max(0, CutoffMeasures.wholePart(p.numbers(default: [10])[0]))
        return Measure(
          family, names: [SetMeasures.named(family, p)], style: .gradeString(length: length)
        ) { _ in [0] }
      case "recall": return try CutoffMeasures.recall(p)
      case "Rprec_mult": return try CutoffMeasures.rPrecisionMultiples(p)
      case "utility": return try SetMeasures.utility(p)
      case "11pt_avg": return InterpolatedPrecision.mean(p)
      case "G": return try GainMeasures.g(p)
      case "dcg": return try GainMeasures.dcg(p)
      case "ideal_dcg": return try GainMeasures.idealDCG(p)
      case "ndcg": return try GainMeasures.nDCG(p)
      case "ndcg_rel": return try GainMeasures.nDCGAtRelevant(p)
      case "Rndcg": return try GainMeasures.nDCGAtLevels(p)
      case "ndcg_cut": return try GainMeasures.nDCGAtCutoffs(p)
      case "map_cut": return try AveragePrecisionMeasures.atCutoffs(p)
      case "relative_P": return try CutoffMeasures.relativePrecision(p)
      case "success": return try CutoffMeasures.success(p)
      case "set_F": return SetMeasures.f(p)
      case "rbp": return try RankBiasedMeasures.precision(p)
      case "rbp_resid": return try RankBiasedMeasures.residual(p)
      case "unj": return try CutoffMeasures.unjudged(p)
      default: throw MeasureError("no such measure")
      }
    } catch let error as MeasureError {
      throw MeasureError("measure \(family)\(p.text.map { "." + $0 } ?? ""): \(error)")
    }
  }

  /// The measures without parameters.
  private static let simple = [
    Measure("runid", style: .runTag) { _ in 0 },
    Measure("num_q", style: .queryCount) { _ in 1 },
    SetMeasures.retrieved, SetMeasures.relevant, SetMeasures.relevantRetrieved,
    SetMeasures.irrelevantJudged, SetMeasures.precision, SetMeasures.recall,
    SetMeasures.relativePrecision, SetMeasures.averagePrecision,
    AveragePrecisionMeasures.averagePrecision, AveragePrecisionMeasures.geometricMean,
    AveragePrecisionMeasures.reciprocalRank, AveragePrecisionMeasures.inferred,
    AveragePrecisionMeasures.smoothed, CutoffMeasures.rPrecision, PreferenceMeasures.bpref,
    PreferenceMeasures.geometricMean, GainMeasures.binaryG,
  ]
}
