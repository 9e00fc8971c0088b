import Foundation
import Testing

@testable import RelatedNews

/// Comparing systems, refusing worse ones, and finding what is wrong with their files.
@Suite struct ComparisonTests {
  /// Thirty queries with one relevant article each, which comes at the given rank.
  private func run(_ ranks: [Int]) -> (Run, Judgments) {
    let queries = ranks.indices.map { "q\($0)" }
    let rankings = zip(queries, ranks).map { query, rank in
      (query, (1...10).map { $0 == rank ? "good" : "d\($0)" })
    }
    return (
      Run(rankings: Dictionary(uniqueKeysWithValues: rankings)),
      Judgments(
        grades: Dictionary(uniqueKeysWithValues: queries.map { ($0, ["good": 1]) }),
        queries: queries)
    )
  }

  private func report(
    _ first: [Int], _ second: [Int], gates: [String] = []
  ) throws -> EvaluationReport {
    let (a, judgments) = run(first)
    return EvaluationReport(
      [("old", a), ("new", run(second).0)], judgedBy: judgments,
      measures: Evaluation.standardMeasures, gates: try gates.map(QualityGate.init))
  }

  @Test("thirty queries each better by a rank are more than noise; two of thirty are not")
  func verdict() throws {
    let old = (0..<30).map { 2 + $0 % 5 }
    let better = try report(old, old.map { $0 - 1 }).text()
    #expect(better.contains("nDCG@10: new is better than old by"))
    #expect(better.contains("and that is more than noise"))
    let same = try report(old, old.enumerated().map { $0.offset < 2 ? $0.element - 1 : $0.element })
    #expect(same.text().contains("which may well be noise"))
    #expect(same.text().contains("2/28/0"))
    #expect(try report(old, old).text().contains("are equal for every query"))
  }

  @Test(
    "conditions of --fail-if",
    arguments: [
      ("nDCG@10 < 0.4", false), ("nDCG@10 > 0.4", true), ("P_5<=0.2", true), ("P_5 < 0.2", false),
      ("ndcg_cut_10 drops", true), ("ndcg_cut_10 drops by 0.5", false), ("RR drops by 0.01", true),
      ("nDCG@10 drops significantly", false), ("Recall@10 drops", false), ("RR >= 2", false),
    ])
  func gates(condition: String, fails: Bool) throws {
    // One query of twelve falls from rank 1 to rank 3: a drop, but no significant one.
    let report = try report(
      [Int](repeating: 1, count: 12), [3] + [Int](repeating: 1, count: 11), gates: [condition])
    #expect(report.failures.isEmpty == !fails, "\(report.failures)")
  }

  @Test(
    "what is no condition is an error",
    arguments: [
      "", "nDCG@10", "nDCG@10 falls", "nDCG@10 < much", "frob < 1", "P < 1", "map drops by -1",
    ])
  func noGates(condition: String) {
    #expect(throws: MeasureError.self) { try QualityGate(condition) }
  }

  @Test("the worst queries say what was expected and what came")
  func worst() throws {
    let report = try report([1, 1, 1], [1, 4, 2])
    #expect(report.worst.queries.map(\.id) == ["q1", "q2", "q0"])
    let text = report.worst.text { $0 == "good" ? "A <good> one" : nil }
    #expect(text.contains("grade 1  came 4  good  \"A <good> one\""))
    #expect(text.contains("unjudged  d1"))
  }

  @Test("the page is whole, escapes what it shows, and asks nothing of any server")
  func page() throws {
    let (run, judgments) = run([1, 4, 2])
    let report = EvaluationReport(
      [("<old>", run), ("a&b", run)], judgedBy: judgments, measures: Evaluation.standardMeasures,
      titles: { _ in "<script>alert(1)</script>" })
    let html = report.html()
    #expect(html.hasPrefix("<!doctype html>") && html.hasSuffix("</html>\n"))
    #expect(html.contains("Evaluation of a&amp;b against &lt;old&gt;"))
    for forbidden in ["<script", "http:", "https:", "src=", "@import"] {
      #expect(!html.contains(forbidden), "\(forbidden)")
    }
    #expect(html.contains("prefers-color-scheme: dark"))
  }

  @Test("calibration: bands of equal size, equal scores together")
  func calibration() throws {
    let run = try Run(
      parsing: Array(
        "q Q0 a 1 0.9 t\nq Q0 b 2 0.8 t\nq Q0 c 3 0.5 t\nq Q0 d 4 0.5 t\nq Q0 e 5 0.1 t\n".utf8),
      named: "run")
    let judgments = Judgments(
      grades: ["q": ["a": 2, "b": 1, "c": 0, "d": 1]], queries: ["q"])
    let bands = ScoreCalibration(of: run, judgedBy: judgments, count: 4).bands
    #expect(bands.map(\.judged) == [2, 1, 1])
    #expect(bands.map(\.share) == [0.5, 1, 1])
    #expect(bands[0].scores == 0.5...0.5)
    let ranks = RankProfile(of: run, judgedBy: judgments, depth: 5).ranks
    // Of the tied c and d the later id ranks higher.
    #expect(ranks.map(\.relevant) == [1, 1, 1, 0, 0])
    #expect(ranks.map(\.judged) == [1, 1, 1, 1, 0])
    #expect(ranks[3].precision == 0.75)
  }

  @Test("where nothing is judged irrelevant, what nobody judged counts as irrelevant")
  func positivesOnly() {
    let run = Run(rankings: ["q": ["a", "b", "c", "d"]])
    let judgments = Judgments(grades: ["q": ["a": 1, "c": 2]], queries: ["q"])
    let calibration = ScoreCalibration(of: run, judgedBy: judgments, count: 2)
    #expect(calibration.countsUnjudged)
    #expect(calibration.bands.map(\.judged) == [2, 2])
    #expect(calibration.bands.map(\.relevant) == [1, 1])
  }

  @Test("lint names each problem with its line")
  func lint() {
    let run = RunLint(
      parsing: Array(
        """
        q1 Q0 a 1 0.5 t
        q1 Q0 b 2 0.7 t
        q1 Q0 a 3 0.4 t
        q1 Q0 q1 4 0.3 t
        q1 Q0 c 5 0.3 t
        q1 Q0 d
        q1 Q0 e 6 nan t
        q9 Q0 zz 1 1 t
        """.utf8), named: "run", isKnown: { $0 != "zz" })
    let qrels = JudgmentsLint(
      parsing: Array("q1 0 a 1\nq1 0 a 0\nq1 0 b\nq2 0 q2 0\nq2 0 zz 0\n".utf8), named: "qrels",
      isKnown: { $0 != "zz" })
    let report = LintReport(runs: [("run", run)], judgments: ("qrels", qrels))
    let found = Set(report.findings.map { "\($0.file):\($0.line ?? 0) \($0.kind)" })
    #expect(
      found == [
        "run:2 rankDisagrees", "run:3 duplicate", "run:4 selfListed", "run:5 tie",
        "run:6 malformed", "run:7 badScore", "run:8 unknownArticle", "run:0 missingTopic",
        "run:0 unknownTopic", "qrels:2 duplicate", "qrels:3 malformed", "qrels:4 selfListed",
        "qrels:5 unknownArticle", "qrels:0 nothingRelevant",
      ])
    #expect(report.hasErrors)
    #expect(LintReport([]).text() == "no problems\n")
  }
}
