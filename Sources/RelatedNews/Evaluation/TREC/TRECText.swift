import Foundation

/// Lines as trec_eval prints them: name, query, value, with a tab between them.
enum TRECText {
  static func line(_ name: String, _ query: String, _ value: String) -> String {
    let padding = String(repeating: " ", count: max(0, 22 - name.utf8.count))
    return name + padding + "\t" + query + "\t" + value + "\n"
  }

  /// C's `%.4f`, NaN included.
  static func fixed(_ value: Double, decimals: Int = 4) -> String {
    if value.isNaN { return value.sign == .minus ? "-nan" : "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return String(format: "%.\(decimals)f", value)
  }

  /// `'20-1'`: grades beyond 9 are `>`, what nobody pooled is `-`, what was pooled and not judged
  /// is `.`.
  static func gradeString(_ grades: ArraySlice<Int>) -> String {
    let characters = grades.map { grade in
      switch grade {
      case JudgedRanking.unpooled: "-"
      case JudgedRanking.unjudged: "."
      case 10...: ">"
      default: String(grade)
      }
    }
    return "'" + characters.joined() + "'"
  }
}
