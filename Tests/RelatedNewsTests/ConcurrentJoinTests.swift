import Testing

@testable import RelatedNews

@Suite struct ConcurrentJoinTests {
  @Test("parts stand one after the other", arguments: [1, 2, 7])
  func joined(jobs: Int) {
    for lengths in [[], [0], [3, 0, 0, 5, 1], Array(0..<50)] {
      let parts = lengths.enumerated().map { part, length in
        (0..<length).map { UInt32(part * 1_000 + $0) }
      }
      #expect(concurrentJoin(parts, jobs: jobs) == Array(parts.joined()))
    }
  }

  @Test("every piece is done once, in a workspace that says so", arguments: [1, 2, 7])
  func workspaces(jobs: Int) {
    let (results, workspaces) = concurrentMap(count: 40, jobs: jobs, workspace: [Int]()) {
      mine, piece in
      mine.append(piece)
      return piece * piece
    }
    #expect(results.map(\.result) == (0..<40).map { $0 * $0 })
    for (piece, result) in results.enumerated() {
      #expect(workspaces[result.worker].contains(piece))
    }
    #expect(workspaces.joined().sorted() == Array(0..<40))
  }
}
