import RelatedNews

/// Many lists, made in pieces with a bar on the terminal.
enum WatchedRebuild {
  /// Lists that are made before they are handed on, so that a pipe flows and memory stays small.
  private static let chunk = 2048

  /// Makes the lists of `numbers` in their order and hands them on as they come.
  static func lists(
    of numbers: [Int], in archive: Archive, options: RecommendationOptions, _ arguments: Arguments,
    _ take: ([RecommendationList]) throws -> Void
  ) throws {
    let jobs = try CommonOptions.jobs(arguments)
    let rebuild = ProgressBar.watch("lists", of: archive.count, unit: "articles", arguments) {
      let recommender = Recommender(archive: archive, options: options, jobs: jobs)
      return Rebuild(of: numbers, by: recommender, jobs: jobs)
    }
    let bar = ProgressBar.begin("lists", of: rebuild.count, unit: "lists", arguments)
    defer { bar?.end() }
    for range in rebuild.chunks(of: chunk) {
      let lists = bar.part(range.count) { rebuild.lists(at: range, jobs: jobs) }
      ProgressBar.hide()
      try take(lists)
    }
  }
}
