import Foundation
import Testing

/// An archive kept in a file, as the users of the tool meet it.
@Suite struct IndexToolTests {
  private let folder: TemporaryFolder
  private let index: String

  init() throws {
    folder = try TemporaryFolder()
    index = folder.path + "/archive.rnx"
    let made = try ToolRun(["index", ToolRun.archive, "--output", index, "--quiet"])
    #expect(made.status == 0)
  }

  @Test(
    "other settings than the index was built with are wrong usage, in every command",
    arguments: [
      ["suggest", "INDEX", ToolRun.archive], ["rebuild", "INDEX"],
      ["index", "--add", ToolRun.archive, "INDEX"],
    ])
  func settings(command: [String]) throws {
    let words = command.map { $0 == "INDEX" ? index : $0 } + ["--quiet"]
    for (option, value) in [("ngram-range", "1,1"), ("weighting", "ltc"), ("stemmer", "none")] {
      let before = try Data(contentsOf: URL(filePath: index))
      let run = try ToolRun(words + ["--" + option, value])
      #expect(run.status == 2 && run.output.isEmpty, "\(option)")
      #expect(run.remarks.contains("was built with other settings than --\(option) asks for"))
      #expect(try Data(contentsOf: URL(filePath: index)) == before)
    }
    // The same settings, said aloud, are right.
    #expect(try ToolRun(words + ["--ngram-range", "1,2"]).status == 0)
  }

  @Test("evaluate measures an index as it measures the articles")
  func evaluate() throws {
    let qrels = SharedData.projectRoot.appending(path: "Data/judgments.qrels").path
    let kept = try ToolRun(["evaluate", index, "--qrels", qrels, "--quiet"])
    let read = try ToolRun(["evaluate", ToolRun.archive, "--qrels", qrels, "--quiet"])
    #expect(kept.status == 0 && kept.output.contains("nDCG@10"))
    #expect(kept.output == read.output)
  }
}
