import RelatedNews

extension Command {
  static let suggest = Command(
    name: "suggest", arguments: "ARCHIVE [ARTICLE...]",
    summary: "related stories for new articles",
    details: """
      Writes a list for each ARTICLE, which need not be in the archive: files (JSON Lines, text
      pages, …) or, without one or with `-`, standard input.
      """,
    examples: [
      "related-news suggest archive.jsonl new-article.txt",
      "related-news suggest archive.jsonl --only-older --limit 10 < new.jsonl",
    ],
    options: CommonOptions.lists + CommonOptions.output + CommonOptions.analysis
      + CommonOptions.reading,
    run: { arguments in
      guard let path = arguments.operands.first else {
        throw UsageError("suggest needs an ARCHIVE")
      }
      let options = try CommonOptions.recommendationOptions(arguments)
      var output = try ListOutput(arguments)
      let jobs = try CommonOptions.jobs(arguments)
      let index = try KeptArchive.index(at: path, arguments)
      if jobs > 1 { index?.startReadingAhead() }
      let archive = try index == nil ? Inputs.archive(at: path, arguments) : nil
      let sources = arguments.operands.count > 1 ? Array(arguments.operands.dropFirst()) : ["-"]
      let articles = try Inputs.articles(from: sources, arguments).articles
      let list = try ListMaker.make(
        index: index, archive: archive, options: options, listCount: articles.count,
        jobs: jobs)
      for article in articles { try output.append([list(article)]) }
      try output.finish()
    })
}
