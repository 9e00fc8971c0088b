/// What the last neighbour and the last candidate of each article of an index file score at least, with
/// what landed.
struct IndexFloors: Sendable {
  private let codes: [UInt8]
  private let landed: LandedArticles

  /// - Precondition: the file keeps neighbours.
  init(of file: IndexFile) throws(IndexFileError) {
    codes = Array(try file.section(.floors).all())
    landed = file.landed
  }

  func floor(_ number: Int) -> Float {
    landed.nearness(of: number)?.floor ?? FloorCode.floor(codes[number])
  }

  /// 0 where the file does not know last candidates.
  func candidateFloor(_ number: Int) -> Float {
    if let nearness = landed.nearness(of: number) { return nearness.candidateFloor }
    let place = landed.counts.articles + number
    return place < codes.count ? FloorCode.floor(codes[place]) : 0
  }
}
