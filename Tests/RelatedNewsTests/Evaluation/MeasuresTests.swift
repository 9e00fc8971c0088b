import Foundation
import Testing

@testable import RelatedNews

@Suite struct MeasuresTests {
  // Ranking: grades 2, 0, 1, unjudged; three relevant articles, grades 2, 1, 1.
  let ranking = JudgedRanking(grades: [2, 0, 1, -1], gradeCounts: [1, 2, 1])

  private func value(_ name: String, _ ranking: JudgedRanking) throws -> Double {
    try MeasureCatalog.value(name).values(ranking)[0]
  }

  @Test("by hand")
  func byHand() throws {
    let ideal = 2 + 1 / log2(3.0) + 1 / log2(4.0)
    let expected: [(String, Double)] = [
      ("P@5", 2.0 / 5), ("Recall@5", 2.0 / 3), ("AP", (1 + 2.0 / 3) / 3), ("RR", 1),
      ("nDCG@10", 2.5 / ideal), ("nDCG@1", 1), ("Success@1", 1), ("Judged@10", 3.0 / 4),
      ("Judged@2", 1), ("set_P", 2.0 / 4), ("set_F", 2 * 0.5 * (2 / 3.0) / (0.5 + 2 / 3.0)),
      ("Rprec", 2.0 / 3), ("num_nonrel_judged_ret", 1), ("unj_5", 1.0 / 5),
      // One irrelevant article stands above one of the two found: 1 + (1 − 1/1), over three.
      ("bpref", 1.0 / 3), ("utility_3,-1,-2,0", 3 * 2 - 2 - 2),
      // Grades over 2, weights .1, .09, .081.
      ("rbp", 0.1 + 0.081 / 2),
    ]
    for (name, value) in expected {
      #expect(abs(try self.value(name, ranking) - value) < 1e-12, "\(name)")
    }
  }

  @Test("nothing found, nothing relevant")
  func empty() throws {
    let none = JudgedRanking(grades: [-1], gradeCounts: [])
    for name in ["P@5", "Recall@5", "AP", "RR", "nDCG@10", "bpref", "infAP", "ndcg_rel", "G"] {
      #expect(try value(name, none) == 0, "\(name)")
    }
  }

  @Test("a query without a list counts 0, one without a relevant article does not count")
  func missing() {
    let judgments = Judgments(
      grades: ["a": ["x": 1], "b": ["y": 1], "c": ["z": 0]], queries: ["a", "b", "c"])
    let evaluation = Evaluation(of: Run(rankings: ["a": ["x"], "c": ["z"]]), judgedBy: judgments)
    #expect(evaluation.rows.map(\.query) == ["a", "b"])
    #expect(evaluation.means[7] == 0.5)
  }
}
