import Foundation

/// The measures of information retrieval, each written as the book writes it.
///
/// `gains` are the grades of a ranking's articles, best first; unjudged ones are 0.
/// Sources: Manning, Raghavan, Schütze, chapter 8; Järvelin & Kekäläinen (TOIS 2002) for nDCG, with
/// linear gains as trec_eval has it.
public enum Measures {
  /// The share of the first `k` that is relevant; a short list is filled up with irrelevant ones.
  public static func precision(_ gains: [Int], at k: Int) -> Double {
    Double(gains.prefix(k).count { $0 > 0 }) / Double(k)
  }

  /// The share of all relevant articles within the first `k`.
  public static func recall(_ gains: [Int], at k: Int, relevant: Int) -> Double {
    relevant == 0 ? 0 : Double(gains.prefix(k).count { $0 > 0 }) / Double(relevant)
  }

  /// The mean of precision at each relevant article, missing ones counting 0.
  public static func averagePrecision(_ gains: [Int], relevant: Int) -> Double {
    guard relevant > 0 else { return 0 }
    var found = 0
    var sum = 0.0
    for (index, gain) in gains.enumerated() where gain > 0 {
      found += 1
      sum += Double(found) / Double(index + 1)
    }
    return sum / Double(relevant)
  }

  /// One over the rank of the first relevant article; 0 without one.
  public static func reciprocalRank(_ gains: [Int]) -> Double {
    gains.firstIndex { $0 > 0 }.map { 1 / Double($0 + 1) } ?? 0
  }

  /// Discounted gain of the first `k` over that of the best possible order of all judgments.
  public static func nDCG(_ gains: [Int], at k: Int, judged: [Int]) -> Double {
    let ideal = discountedGain(judged.sorted(by: >), at: k)
    return ideal == 0 ? 0 : discountedGain(gains, at: k) / ideal
  }

  private static func discountedGain(_ gains: [Int], at k: Int) -> Double {
    gains.prefix(k).enumerated().reduce(0) { sum, entry in
      sum + Double(max(0, entry.element)) / log2(Double(entry.offset) + 2)
    }
  }
}
