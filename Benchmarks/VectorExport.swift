import Foundation
import RelatedNews

/// Writes vectors and lists as flat little-endian arrays that numpy reads with `fromfile`:
/// `indptr.i64 indices.i32 values.f32 neighbors.i32 scores.f32`.
enum VectorExport {
  static func write(_ vectors: SparseMatrix, lists: NeighborLists, to folder: String) throws {
    let url = URL(filePath: folder, directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try write(vectors.rowStarts.map { Int64($0).littleEndian }, to: url, "indptr.i64")
    try write(vectors.termIDs.map { Int32($0).littleEndian }, to: url, "indices.i32")
    try write(vectors.weights.map { $0.bitPattern.littleEndian }, to: url, "values.f32")
    try write(lists.articles.map(\.littleEndian), to: url, "neighbors.i32")
    try write(lists.scores.map { $0.bitPattern.littleEndian }, to: url, "scores.f32")
  }

  private static func write<Element: BitwiseCopyable>(
    _ values: [Element], to folder: URL, _ name: String
  ) throws {
    try values.withUnsafeBytes { try Data($0).write(to: folder.appending(path: name)) }
  }
}
