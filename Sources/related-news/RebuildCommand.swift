import RelatedNews

extension Command {
  static let rebuild = Command(
    name: "rebuild", arguments: "ARCHIVE",
    summary: "a list for every article of the archive",
    details: """
      Writes a recommendation list for every article, in the order of the input. The same bytes at
      any --jobs.
      """,
    examples: [
      "related-news rebuild archive.jsonl --output related.jsonl",
      "related-news rebuild pages/ --format hugo-data --output data/related.json",
    ],
    options: CommonOptions.lists + CommonOptions.output + CommonOptions.analysis
      + CommonOptions.reading,
    run: { arguments in
      guard arguments.operands.count == 1, let path = arguments.operands.first else {
        throw UsageError("rebuild needs one ARCHIVE")
      }
      let options = try CommonOptions.recommendationOptions(arguments)
      let formatter = try Lists.formatter(arguments)
      let jobs = try CommonOptions.jobs(arguments)
      let archive = try Inputs.archive(at: path, arguments)
      let watch = Stopwatch()
      let lists = Recommender(archive: archive, options: options, jobs: jobs).lists(jobs: jobs)
      if !arguments.has("quiet") {
        let empty = lists.count { $0.items.isEmpty }
        Terminal.say(
          "made \(Terminal.counted(lists.count, "list")) in \(watch.text)"
            + (empty > 0 ? ", \(Terminal.grouped(empty)) of them empty" : ""))
      }
      try Outputs.write(formatter.document(lists), arguments)
    })
}
