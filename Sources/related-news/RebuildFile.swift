import Foundation
import RelatedNews

/// A rebuild on its way to a file, which can be interrupted and go on.
enum RebuildFile {
  /// Writes the lists to `path`; returns how many and how many of them are empty.
  static func write(
    to path: String, archive: Archive, options: RecommendationOptions, _ arguments: Arguments
  ) throws -> (lists: Int, empty: Int) {
    let format = try arguments.choice("format", of: ListFormat.self) ?? .jsonl
    let resumes = arguments.has("resume")
    var output = try ResumableLists(
      path: path, format: format,
      key: Rebuild.key(of: archive, options: options, format: format, version: Help.version),
      moment: options.now ?? Date(), resumes: resumes)
    if let remark = output.remark { Terminal.say(remark) }
    if resumes, output.listCount > 0, !arguments.has("quiet") {
      Terminal.say("going on after \(Terminal.counted(output.listCount, "list"))")
    }
    var options = options
    options.now = output.moment
    let rest = Array(archive.inputOrder.dropFirst(output.listCount))
    let isBegun = output.listCount > 0
    try WatchedRebuild.pieces(of: rest, in: archive, options: options, arguments) { lists, start in
      FormattedLists(lists, format: format, isFirst: !isBegun && start == 0)
    } _: {
      try output.append($0)
    }
    try output.finish()
    return (output.listCount, output.emptyCount)
  }
}
