import Testing

@testable import RelatedNews

@Suite struct ScoreFloorTests {
  @Test("the sample of many ids is that of the samples of their parts")
  func sample() {
    // Parts are so small that they are sorted whole: the plain way.
    let ids = (0..<6000).map { "article \($0 * 7)" }
    var few: [Int] = []
    for start in stride(from: 0, to: ids.count, by: 1500) {
      few += ScoreFloor.sample(of: ids[start..<start + 1500])
    }
    let fewIDs = few.map { ids[$0] }
    #expect(ScoreFloor.sample(of: ids[...]) == ScoreFloor.sample(of: fewIDs[...]).map { few[$0] })
  }

  @Test("the floor keeps still while the sample and the size's power of two do")
  func keepsStill() {
    let old = (0..<2100).map { "a\($0)" }
    let sample = ScoreFloor.sample(of: old[...])
    func keeps(_ new: [String], newest: Int = 0, changed: [Int] = []) -> Bool {
      let oldRows = new.map { id in old.firstIndex(of: id) }
      return ScoreFloor.keepsStill(
        from: old[...], to: new[newest...],
        after: RowChange(
          oldRows: oldRows, oldCount: old.count,
          isChanged: new.indices.map { changed.contains($0) || oldRows[$0] == nil }))
    }
    let others = old.indices.filter { !sample.contains($0) }
    #expect(keeps(old))
    #expect(keeps(old, changed: [others[0]]))
    #expect(!keeps(old, changed: [sample[0]]))
    #expect(keeps(old.filter { $0 != old[others[0]] }))
    #expect(!keeps(old.filter { $0 != old[sample[0]] }))
    // Below a power of two.
    #expect(!keeps(others.prefix(60).reduce(old) { ids, gone in ids.filter { $0 != old[gone] } }))
    // One comes in whose hash is low.
    let low = (0..<2000).map { "new \($0)" }.first {
      ScoreFloor.sample(of: (old + [$0])[...]).contains(old.count)
    }
    #expect(!keeps(old + [low ?? ""]))
    // It lands, and whoever is settled stays so under the next number.
    #expect(keeps([low ?? ""] + old, newest: 1))
    #expect(!keeps([low ?? ""] + old, newest: 1, changed: [sample[0] + 1]))
  }

  @Test("the floor of an archive is that of its settled articles alone", arguments: [60, 129, 700])
  func settled(count: Int) {
    let archive = Archive.build(RandomNews(seed: 5).articles(count))
    let vectors = archive.index.articles
    let settled = count - SettledArticles.count(of: count)..<count
    let floor = ScoreFloor.calibrated(
      to: SparseMatrix(rows: settled.map { vectors[$0] }, termCount: vectors.termCount),
      settledIDs: settled.map { archive.articles[$0].id }[...], jobs: 1)
    #expect(archive.calibratedFloor(jobs: 2) == floor && floor > 0)
  }
}
