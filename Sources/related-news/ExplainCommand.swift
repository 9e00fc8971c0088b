import RelatedNews

extension Command {
  static let explain = Command(
    name: "explain", arguments: "ARCHIVE ID ID",
    summary: "why two articles are related, or why not",
    details: """
      Says term by term what makes up the score of the second article on the list of the first,
      every factor, and where it stands: its rank, or why it is not listed.
      """,
    examples: [
      "related-news explain Data/archive.jsonl harrow-dam-crack-found harrow-spillway-holds"
    ],
    options: CommonOptions.lists + [Option("output", "FILE", "write here")]
      + CommonOptions.analysis + CommonOptions.reading,
    run: { arguments in
      guard arguments.operands.count == 3 else { throw UsageError("explain needs ARCHIVE ID ID") }
      let explanation = try ExplainCommand.explanation(arguments)
      try Outputs.write(explanation.text(), arguments)
    })
}

enum ExplainCommand {
  static func explanation(_ arguments: Arguments) throws -> Explanation {
    let path = arguments.operands[0]
    let options = try CommonOptions.recommendationOptions(arguments)
    if let index = try KeptArchive.index(at: path, arguments) {
      let recommender = IndexRecommender(
        index, options: options, jobs: try CommonOptions.jobs(arguments))
      if recommender.isLazy,
        let explanation = try recommender.explanation(
          of: arguments.operands[2], for: arguments.operands[1])
      {
        return explanation
      }
    }
    let archive = try Inputs.archive(at: path, arguments)
    let numbers = try arguments.operands.dropFirst().map { id in
      guard let number = archive.number(of: id) else {
        throw UsageError(
          "no article \(id) in the archive"
            + Suggestion.didYouMean(id, among: archive.articles.map(\.id)))
      }
      return number
    }
    let recommender = Recommender(
      archive: archive, options: options, jobs: try CommonOptions.jobs(arguments))
    return recommender.explanation(of: numbers[1], for: numbers[0])
  }
}
