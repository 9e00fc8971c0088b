import Foundation
import Testing

@testable import RelatedNews

/// What holds for measures whatever the lists.
@Suite struct TRECMeasureTests {
  private func randomRanking(_ random: inout SplitMix64) -> JudgedRanking {
    let pool = (0..<(1 + random.next(below: 30))).map { _ in random.next(below: 4) }
    var counts = [0, 0, 0, 0]
    for grade in pool { counts[grade] += 1 }
    let found = random.shuffled(pool).prefix(random.next(below: pool.count + 1))
    let others = (0..<(1 + random.next(below: 10))).map { _ in -1 - random.next(below: 2) }
    return JudgedRanking(grades: random.shuffled(found + others), gradeCounts: counts)
  }

  /// nDCG as the book writes it.
  private func plainNDCG(_ ranking: JudgedRanking, _ k: Int) -> Double {
    func gain(_ grades: [Int]) -> Double {
      grades.prefix(k).enumerated().reduce(0) {
        $0 + Double(max(0, $1.element)) / log2(Double($1.offset + 2))
      }
    }
    let judged = ranking.gradeCounts.enumerated().flatMap {
      [Int](repeating: $0.offset, count: $0.element)
    }
    let ideal = gain(judged.sorted(by: >))
    return ideal == 0 ? 0 : gain(ranking.grades) / ideal
  }

  @Test("nDCG is the book's; shares lie between 0 and 1; the best order is 1")
  func properties() throws {
    var random = SplitMix64(seed: 21)
    let shares = try [
      "P.3", "recall.3", "map", "recip_rank", "ndcg", "ndcg_cut.5", "bpref", "success.2", "Rprec",
      "infAP", "set_F", "binG", "rbp", "unj.4", "Judged@4", "map_cut.3", "relative_P.3", "Rndcg",
      "ndcg_rel",
    ].map { try MeasureCatalog.measures([$0])[0] }
    for _ in 0..<500 {
      let ranking = randomRanking(&random)
      for k in [1, 5, 100] {
        let ours = try MeasureCatalog.value("ndcg_cut_\(k)").values(ranking)[0]
        #expect(abs(ours - plainNDCG(ranking, k)) < 1e-12)
      }
      for measure in shares {
        let value = measure.values(ranking)[0]
        #expect(value.isNaN || (-1e-12...1 + 1e-12).contains(value), "\(measure.names) \(value)")
      }
      let best = JudgedRanking(
        grades: ranking.gradeCounts.enumerated().reversed().flatMap {
          [Int](repeating: $0.offset, count: $0.element)
        }, gradeCounts: ranking.gradeCounts)
      guard best.relevant > 0 else { continue }
      for name in ["map", "ndcg", "ndcg_cut_5", "bpref", "Rprec", "recip_rank", "ndcg_rel"] {
        #expect(abs(try MeasureCatalog.value(name).values(best)[0] - 1) < 1e-12, "\(name)")
      }
    }
  }

  @Test("an unjudged article at the end changes no measure of the first ones")
  func monotone() throws {
    var random = SplitMix64(seed: 8)
    for _ in 0..<200 {
      let ranking = randomRanking(&random)
      let longer = JudgedRanking(
        grades: ranking.grades + [-1], gradeCounts: ranking.gradeCounts)
      for name in ["map", "ndcg", "recip_rank", "bpref", "infAP", "binG", "G", "rbp"] {
        let measure = try MeasureCatalog.value(name)
        #expect(measure.values(ranking) == measure.values(longer), "\(name)")
      }
    }
  }

  @Test(
    "names become measures",
    arguments: [
      ("official", 12), ("ndcg_cut.5,10,P.5", 2), ("nDCG@5,AP,RR", 3), ("P.5|recall.5 map", 3),
      ("utility.2,-1,0,0,11pt_avg", 2), ("rbp.p=0.8,1=2,map", 2),
    ])
  func names(text: String, count: Int) throws {
    #expect(try MeasureCatalog.measures([text]).count == count)
  }

  @Test("of two parameter lists the first counts, and measures keep their order, as in trec_eval")
  func order() throws {
    let measures = try MeasureCatalog.measures(["recall.7", "P.5", "P.10", "map"])
    #expect(measures.flatMap(\.names) == ["map", "P_5", "recall_7"])
  }

  @Test(
    "unknown names and bad parameters are errors",
    arguments: [
      "frob", "P.0", "P.", "ndcg_cut.5,5", "nDCG@0", "AP@x", "utility.1,2", "ndcg.5", "RR@5",
    ])
  func errors(name: String) {
    #expect(throws: MeasureError.self) { try MeasureCatalog.measures([name]) }
  }

  @Test("a value by its printed name")
  func values() throws {
    #expect(try MeasureCatalog.value("ndcg_cut_10").names == ["ndcg_cut_10"])
    #expect(try MeasureCatalog.value("num_rel_ret").names == ["num_rel_ret"])
    #expect(
      try MeasureCatalog.value("iprec_at_recall_0.10").values(
        JudgedRanking(grades: [1], gradeCounts: [0, 1])) == [1])
    #expect(throws: MeasureError.self) { try MeasureCatalog.value("P") }
  }
}
