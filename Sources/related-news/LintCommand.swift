import RelatedNews

/// `evaluate --lint`: problems in run and qrels files. Errors end with status 1, warnings do not.
enum LintCommand {
  static func run(_ arguments: Arguments) throws {
    let paths = arguments.texts("baseline") + arguments.texts("run")
    guard !paths.isEmpty || arguments.has("qrels") else {
      throw UsageError("--lint needs --run FILE or --qrels FILE to look at")
    }
    let isKnown = try arguments.operands.first.map { path in
      let archive = try Inputs.archive(at: path, arguments)
      return { (id: String) in archive.number(of: id) != nil }
    }
    let judgments = try arguments.text("qrels").map { path in
      (path: path, lint: try JudgmentsLint(path, isKnown: isKnown))
    }
    let runs = try paths.map { (path: $0, lint: try RunLint($0, isKnown: isKnown)) }
    let report = LintReport(runs: runs, judgments: judgments)
    try Outputs.write(report.text(), arguments)
    if report.hasErrors {
      throw EvaluationFailure(description: "the files cannot be evaluated as they are")
    }
  }
}
