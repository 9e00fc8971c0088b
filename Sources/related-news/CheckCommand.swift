import RelatedNews

extension Command {
  static let check = Command(
    name: "check", arguments: "FILE", summary: "is this index file whole?",
    details: """
      Verifies every checksum of an index file and everything in it that follows from something
      else; says what is wrong and where. Ends with status 1 if anything is.
      """,
    examples: ["related-news check archive.rnx"], options: CommonOptions.reading,
    run: { arguments in
      guard arguments.operands.count == 1, let path = arguments.operands.first else {
        throw UsageError("check needs one index FILE")
      }
      let problems = IndexFileCheck.problems(at: path, jobs: try CommonOptions.jobs(arguments))
      for problem in problems.dropLast() { Terminal.say(problem.description) }
      if let last = problems.last { throw last }
      try Terminal.print("\(path): whole\n")
    })
}
