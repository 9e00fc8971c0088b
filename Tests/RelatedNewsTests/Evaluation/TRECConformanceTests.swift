import Foundation
import Testing

@testable import RelatedNews

/// NIST's own files: what their trec_eval printed, ours must print, byte for byte.
@Suite struct TRECConformanceTests {
  struct Case: CustomTestStringConvertible {
    let expected: String
    let measures: [String]
    var qrels = "qrels.test"
    var run = "results.test"
    var perQuery = false
    var isComplete = false
    var maximum = Int.max
    var level = 1

    var testDescription: String { expected }
  }

  static let cases = [
    Case(expected: "out.test", measures: ["official"]),
    Case(expected: "out.test.a", measures: ["all_trec"]),
    Case(expected: "out.test.aq", measures: ["all_trec"], perQuery: true),
    Case(
      expected: "out.test.aqc", measures: ["all_trec"], run: "results.trunc", perQuery: true,
      isComplete: true),
    Case(
      expected: "out.test.aqcM", measures: ["all_trec"], run: "results.trunc", perQuery: true,
      isComplete: true, maximum: 100),
    Case(
      expected: "out.test.aql", measures: ["all_trec", "relstring.20"], qrels: "qrels.rel_level",
      perQuery: true, level: 2),
    Case(
      expected: "out.test.meas_params",
      measures: [
        "iprec_at_recall..10,.20,.25,.75,.50", "P.5,7,3", "recall.20,2000",
        "Rprec_mult.5.0,0.2,0.35",
        "utility.2,-1,0,0", "11pt_avg..25,.5,.75", "ndcg.1=3,2=9,4=4.5", "ndcg_cut.10,20,23.4",
        "success.2,5,20",
      ], perQuery: true),
  ]

  @Test(
    "prints what trec_eval prints", .enabled(if: SharedData.has("trec_eval"), SharedData.why),
    arguments: cases)
  func files(_ example: Case) throws {
    func url(_ name: String) -> URL { SharedData.url("trec_eval/" + name) }
    var options = JudgingOptions()
    options.maximumResults = example.maximum
    options.relevanceLevel = example.level
    let evaluation = TRECEvaluation(
      of: try Run.read(url(example.run).path),
      judgedBy: try Judgments.read(url(example.qrels).path),
      measures: try MeasureCatalog.measures(example.measures), options: options,
      isComplete: example.isComplete)
    let text = try evaluation.text(perQuery: example.perQuery)
    let expected = try String(contentsOf: url(example.expected), encoding: .utf8)
    for (ours, theirs) in zip(text.split(separator: "\n"), expected.split(separator: "\n"))
    where ours != theirs {
      Issue.record("ours \(ours), theirs \(theirs)")
    }
    #expect(Array(text.utf8) == Array(expected.utf8))
  }
}
