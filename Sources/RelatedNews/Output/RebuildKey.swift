import Foundation

extension Rebuild {
  /// A hash of all that the lists of a rebuild follow from but the present: two rebuilds of one key,
  /// with one `now`, write the same bytes.
  package static func key(
    of archive: Archive, options: RecommendationOptions, format: ListFormat, version: String
  ) -> String {
    var hash = ContentHash()
    hash.add(version)
    hash.add(format.rawValue)
    hash.add(archive.contentHash)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    hash.add((try? encoder.encode(options)).map { String(decoding: $0, as: UTF8.self) } ?? "")
    return hash.text
  }
}
