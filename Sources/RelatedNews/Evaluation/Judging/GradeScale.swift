/// The five grades of NIST's news track, in its words.
///
/// Source: TREC 2018 News Track, background linking, https://trec.nist.gov/data/news2018.html
package enum GradeScale {
  package static let wording = [
    "The linked document provides little or no useful background information.",
    "The linked document provides some useful background or contextual information that would help "
      + "the user understand the broader story context of the query article.",
    "The linked document provides significantly useful background.",
    "The linked document provides essential useful background.",
    "The linked document MUST appear in the sidebar, otherwise critical context is missing.",
  ]

  package static let grades = 0...4

  /// `0 …`, a line each.
  package static var text: String {
    wording.enumerated().map { "  \($0)  \($1)\n" }.joined()
  }
}
