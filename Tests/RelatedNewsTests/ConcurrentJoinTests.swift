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

  private struct Failure: Error, Equatable { let piece: Int }

  @Test(
    "the error is that of the first piece that fails, without one all is there", arguments: [1, 7])
  func failures(jobs: Int) {
    for failing in [[], [0], [39], [38, 5, 6], Array(0..<40)] {
      let result = Result { () throws(Failure) in
        try concurrentTryMap(count: 40, jobs: jobs) { piece throws(Failure) in
          if failing.contains(piece) { throw Failure(piece: piece) }
          return piece * piece
        }
      }
      switch result {
      case .success(let values): #expect(failing.isEmpty && values == (0..<40).map { $0 * $0 })
      case .failure(let error): #expect(error.piece == failing.min())
      }
    }
  }
}
