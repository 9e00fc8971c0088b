import Foundation
import RelatedNews

/// What was asked for and is nowhere in the archive: a slip of the pen makes every list empty.
enum FilterRemarks {
  static func remarks(on arguments: Arguments, _ archive: Archive) -> [String] {
    let ids = arguments.texts("exclude").filter { archive.number(of: $0) == nil }.map { id in
      "\(arguments.label("exclude")) \(id): no such article"
        + Suggestion.didYouMean(id, among: archive.articles.map(\.id))
    }
    return ids + unknown("section", arguments, archive.articles.compactMap(\.section))
      + unknown("source", arguments, archive.articles.compactMap(\.source))
  }

  private static func unknown(
    _ name: String, _ arguments: Arguments, _ present: [String]
  ) -> [String] {
    let wanted = arguments.texts(name)
    guard !wanted.isEmpty else { return [] }
    let known = Set(present.map { $0.lowercased() })
    return wanted.filter { !known.contains($0.lowercased()) }.map { value in
      "\(arguments.label(name)) \(value): no article has it"
        + Suggestion.didYouMean(value, among: Set(present).sorted())
    }
  }
}
