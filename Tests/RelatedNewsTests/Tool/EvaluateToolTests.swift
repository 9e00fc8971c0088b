import Foundation
import Testing

/// `evaluate`, `judge` and `tune` as their users meet them.
@Suite struct EvaluateToolTests {
  private static let tool: URL? = {
    let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let built = ["release", "debug"].map { SharedData.projectRoot.appending(path: ".build/\($0)") }
    return ([folder] + built).map { $0.appending(path: "related-news") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  private static func data(_ name: String) -> String {
    SharedData.projectRoot.appending(path: "Data/\(name)").path
  }

  private let archive = data("archive.jsonl")
  private let qrels = data("judgments.qrels")

  private func run(
    _ arguments: [String], input: String = ""
  ) throws -> (status: Int32, output: String, remarks: String) {
    let tool: URL = try #require(Self.tool)
    let process = Process()
    process.executableURL = tool
    process.arguments = arguments
    let pipes = (input: Pipe(), output: Pipe(), remarks: Pipe())
    process.standardInput = pipes.input
    process.standardOutput = pipes.output
    process.standardError = pipes.remarks
    try process.run()
    try pipes.input.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try pipes.input.fileHandleForWriting.close()
    let output = pipes.output.fileHandleForReading.readDataToEndOfFile()
    let remarks = pipes.remarks.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: output, as: UTF8.self),
      String(decoding: remarks, as: UTF8.self)
    )
  }

  /// A folder for the files of one test.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "evaluate-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("our own lists: a table with intervals, the worst queries by name, a warning")
  func friendly() throws {
    let result = try run(["evaluate", archive, "--qrels", qrels, "--worst", "2"])
    #expect(result.status == 0)
    #expect(result.output.contains(/nDCG@10 +0\.9\d{3} +\[0\.9/))
    #expect(result.output.contains("the 2 worst queries by nDCG@10"))
    #expect(result.output.contains("expected") && result.output.contains("  came"))
    #expect(result.remarks.contains("of the first ten were judged"))
    let pairs = try run(["evaluate", archive, "--pairs", Self.data("ratings.tsv"), "--quiet"])
    #expect(pairs.output.contains(/Pearson r +0\.\d{4} +\[/) && pairs.output.contains("AUC"))
  }

  @Test(
    "trec_eval's letters print trec_eval's bytes",
    .enabled(if: SharedData.has("trec_eval"), SharedData.why))
  func letters() throws {
    func path(_ name: String) -> String { SharedData.url("trec_eval/" + name).path }
    let result = try run([
      "evaluate", "--run", path("results.trunc"), "--qrels", path("qrels.test"), "-m", "all_trec",
      "-q", "-c", "-M100",
    ])
    #expect(result.output == (try String(contentsOfFile: path("out.test.aqcM"), encoding: .utf8)))
  }

  @Test("a worse run fails --fail-if, after the report is written; an equal one passes")
  func gates() throws {
    try withFolder { folder in
      let (good, bad) = (folder + "/good.trec", folder + "/bad.trec")
      let rebuild = ["rebuild", archive, "--format", "trec", "--quiet", "--output"]
      #expect(try run(rebuild + [good]).status == 0)
      #expect(try run(rebuild + [bad, "--title-weight", "0", "--days-before", "9"]).status == 0)
      let compare = ["evaluate", "--baseline", good, "--qrels", qrels, "--run"]
      let gate = ["--fail-if", "ndcg_cut_10 drops"]
      let dropped = try run(compare + [bad] + gate)
      #expect(dropped.status == 1)
      #expect(dropped.output.contains("more than noise"))
      #expect(dropped.remarks.contains("ndcg_cut_10 of \(bad) fell from"))
      #expect(try run(compare + [good] + gate).status == 0)
      #expect(
        try run(["evaluate", "--run", good, "--qrels", qrels] + ["--fail-if", "map > 0.1"]).status
          == 1)
      let measures = ["--measures", "map", "--fail-if", "map < 0.99"]
      #expect(try run(["evaluate", "--run", good, "--qrels", qrels] + measures).status == 1)
    }
  }

  @Test("wrong words end with 2, wrong files with 1")
  func errors() throws {
    let evaluate = ["evaluate", archive, "--qrels", qrels]
    for wrong in [
      ["--measures", "frob"], ["--fail-if", "nDCG@10 falls"], ["--fail-if", "nDCG@10 drops"],
      ["-M"], ["-x"], ["-q5"], ["--relevance-level", "-1"],
    ] {
      let result = try run(evaluate + wrong)
      #expect(result.status == 2, "\(wrong) \(result.remarks)")
    }
    #expect(try run(["evaluate", archive]).status == 2)
    let result = try run(["evaluate", "--run", qrels, "--qrels", qrels])
    #expect(result.status == 1 && result.remarks.contains("judgments.qrels:1: expected `qid Q0"))
    #expect(try run(["evaluate", "--run", "/no/file", "--qrels", qrels]).status == 1)
  }

  @Test("lint ends with 1 where a file cannot be evaluated, and says where")
  func lint() throws {
    try withFolder { folder in
      let path = folder + "/run.trec"
      try Data("harrow-dam-crack-found Q0 nowhere 1 1 t\nx Q0 a 1 one t\n".utf8)
        .write(to: URL(filePath: path))
      let result = try run(["evaluate", archive, "--lint", "--run", path, "--qrels", qrels])
      #expect(result.status == 1)
      #expect(result.output.contains("\(path):2: error: the score \"one\" is no number"))
      #expect(result.output.contains("\(path):1: warning: the archive has no article nowhere"))
      #expect(try run(["evaluate", archive, "--lint", "--qrels", qrels]).status == 0)
    }
  }

  @Test("judging by pipe: stopped, taken up, taken back; the file is a qrels file throughout")
  func judge() throws {
    try withFolder { folder in
      let path = folder + "/mine.qrels"
      let command = ["judge", archive, "--output", path, "--quiet"]
      let first = try run(command, input: "3\n4\nu\n0\nwhat\n")
      #expect(first.status == 0 && first.output.contains("2 judged now, 2 in all"))
      let second = try run(command, input: "1\nq\n")
      #expect(second.output.contains("1 judged now, 3 in all"))
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      #expect(lines.map { $0.last } == ["3", "0", "1"])
      #expect(Set(lines.map { $0.dropLast(2) }).count == 3)
      let agreement = try run(["judge", "--agreement", path, path])
      #expect(agreement.output.contains("pairs            3"))
      #expect(try run(["evaluate", archive, "--qrels", path, "--quiet"]).status == 0)
      let page = try run(["judge", archive, "--html", "--output", folder + "/p.html", "--quiet"])
      #expect(page.status == 0)
    }
  }

  @Test("pins and bans are honoured by rebuild and suggest and exported as judgments")
  func pins() throws {
    let editors = Self.data("editors.txt")
    let exported = try run(["judge", "--export-pins", editors])
    #expect(
      exported.output
        == "brandt-chemist-prize 0 brandt-skier-crash 0\nmayor-debate 0 orle-flood-old-town 3\n")
    let lists = try run([
      "rebuild", archive, "--pins", editors, "--format", "trec", "--limit", "50", "--quiet",
    ]).output.split(separator: "\n")
    #expect(lists.contains { $0.hasPrefix("mayor-debate Q0 orle-flood-old-town 1 ") })
    #expect(!lists.contains { $0.hasPrefix("brandt-chemist-prize Q0 brandt-skier-crash ") })
    let articles = try String(contentsOfFile: archive, encoding: .utf8).split(separator: "\n")
    let debate = try #require(articles.first { $0.contains("\"mayor-debate\"") })
    let suggested = try run(
      ["suggest", archive, "--pins", editors, "--format", "trec", "--quiet"], input: String(debate))
    #expect(suggested.output.hasPrefix("mayor-debate Q0 orle-flood-old-town 1 "))
  }

  @Test("an index file keeps no text: tuning leaves alone what would need it")
  func tuneIndex() throws {
    try withFolder { folder in
      let index = folder + "/archive.index"
      #expect(try run(["index", archive, "--output", index, "--quiet"]).status == 0)
      let tune = ["--qrels", qrels, "--folds", "2", "--quiet", "--only"]
      let fromIndex = try run(["tune", index] + tune + ["decay"])
      let fromArticles = try run(["tune", archive] + tune + ["decay"])
      #expect(fromIndex.output == fromArticles.output && fromIndex.status == 0)
      #expect(try run(["tune", index] + tune + ["title-weight"]).status == 2)
    }
  }

  @Test("tuning ends with a verdict, and writes nothing where it is noise")
  func tune() throws {
    try withFolder { folder in
      let path = folder + "/related-news.json"
      let result = try run([
        "tune", archive, "--qrels", qrels, "--only", "decay", "--output", path, "--quiet",
      ])
      #expect(result.status == 0)
      #expect(result.output.contains("held-out gain"))
      let isWritten = FileManager.default.fileExists(atPath: path)
      #expect(isWritten == result.output.contains("the setting is recommended"))
      #expect(!FileManager.default.fileExists(atPath: path + ".search"))
    }
  }
}
