import RelatedNews

/// Many lists, made in pieces with a bar on the terminal.
enum WatchedRebuild {
  /// Lists that are made before they are handed on, so that a pipe flows and memory stays small.
  private static let chunk = 2048

  /// Makes the lists of `numbers` in their order and hands on what `transform` makes of a few at a
  /// time, on all cores, as they come.
  ///
  /// - Parameter transform: takes some lists and the place of the first among all.
  static func pieces<Piece: Sendable>(
    of numbers: [Int], in archive: Archive, options: RecommendationOptions, _ arguments: Arguments,
    _ transform: @Sendable (_ lists: [RecommendationList], _ start: Int) -> Piece,
    _ take: ([Piece]) throws -> Void
  ) throws {
    let jobs = try CommonOptions.jobs(arguments)
    let rebuild = ProgressBar.watch("lists", of: archive.count, unit: "articles", arguments) {
      let recommender = Recommender(archive: archive, options: options, jobs: jobs)
      return Rebuild(of: numbers, by: recommender, jobs: jobs)
    }
    let bar = ProgressBar.begin("lists", of: rebuild.count, unit: "lists", arguments)
    defer { bar?.end() }
    for range in rebuild.chunks(of: chunk) {
      let pieces = bar.part(range.count) { rebuild.pieces(at: range, jobs: jobs, transform) }
      ProgressBar.hide()
      try take(pieces)
    }
  }
}
