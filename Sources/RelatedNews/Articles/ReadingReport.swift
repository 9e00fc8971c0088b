/// Which fields the articles had, by format, and what was left out and why.
///
/// Counts what was read, before newer versions replaced older ones.
public struct ReadingReport: Sendable {
  /// The fields of an article, in the order of the record.
  public static let fields = [
    "title", "body", "published", "updated", "source", "section", "keywords", "url", "language",
    "status", "embargoedUntil", "expires",
  ]

  /// How many articles of a format had each field.
  public struct Coverage: Sendable {
    public internal(set) var articles = 0
    /// In the order of `ReadingReport.fields`; a status counts where it is not `published`.
    public internal(set) var counts = Array(repeating: 0, count: fields.count)
  }

  /// One reason, how often, and the first places.
  public struct Reason: Sendable {
    public let kind: ReadingRemark.Kind
    public let text: String
    public internal(set) var count = 0
    public internal(set) var places: [String] = []
  }

  public private(set) var coverage: [ArticleFormat: Coverage] = [:]
  /// In the order in which they were met.
  public private(set) var reasons: [Reason] = []
  private var indexOfReason: [ReasonKey: Int] = [:]

  private struct ReasonKey: Hashable, Sendable {
    let kind: ReadingRemark.Kind
    let text: String
  }

  mutating func add(_ record: ReadRecord) {
    for remark in record.remarks { add(remark) }
    guard let article = record.article else { return }
    var counts = coverage[record.format] ?? Coverage()
    counts.articles += 1
    for (index, isThere) in Self.presence(in: article).enumerated() where isThere {
      counts.counts[index] += 1
    }
    coverage[record.format] = counts
  }

  mutating func add(_ remark: ReadingRemark) {
    let key = ReasonKey(kind: remark.kind, text: remark.reason)
    let index = indexOfReason[key] ?? reasons.count
    if index == reasons.count {
      indexOfReason[key] = index
      reasons.append(Reason(kind: remark.kind, text: remark.reason))
    }
    reasons[index].count += 1
    if reasons[index].places.count < 3 { reasons[index].places.append(remark.place) }
  }

  private static func presence(in article: Article) -> [Bool] {
    [
      !article.title.isEmpty, !article.body.isEmpty, article.published != nil,
      article.updated != nil, article.source != nil, article.section != nil,
      !article.keywords.isEmpty, article.url != nil, article.language != nil,
      article.status != .published, article.embargoedUntil != nil, article.expires != nil,
    ]
  }

  /// The report as a table, and below it the reasons with their first places.
  public func text() -> String {
    let formats = ArticleFormat.allCases.filter { coverage[$0] != nil }
    var rows = [["field"] + formats.map(\.rawValue) + ["all"]]
    rows.append(row("articles", formats.map { coverage[$0]?.articles ?? 0 }))
    for (index, field) in Self.fields.enumerated() {
      let name = field == "status" ? "status not published" : field
      rows.append(row(name, formats.map { coverage[$0]?.counts[index] ?? 0 }))
    }
    // One format needs no column of sums.
    if formats.count == 1 { rows = rows.map { Array($0.dropLast()) } }
    let table = formats.isEmpty ? "no articles" : Self.aligned(rows)
    let sections: [(ReadingRemark.Kind, String)] = [
      (.skipped, "left out"), (.replaced, "merged"), (.warning, "read in part"),
      (.passedOver, "no articles, passed over"),
    ]
    return table + "\n" + sections.map { text(of: $0.0, title: $0.1) }.joined()
  }

  private func row(_ name: String, _ counts: [Int]) -> [String] {
    [name] + counts.map(Self.grouped) + [Self.grouped(counts.reduce(0, +))]
  }

  private func text(of kind: ReadingRemark.Kind, title: String) -> String {
    let these = reasons.filter { $0.kind == kind }
    guard !these.isEmpty else { return "" }
    let lines = these.map { reason in
      let more = reason.count > reason.places.count ? ", …" : ""
      return "  \(Self.grouped(reason.count))  \(reason.text) "
        + "(\(reason.places.joined(separator: ", "))\(more))"
    }
    let sum = these.reduce(0) { $0 + $1.count }
    return "\(title): \(Self.grouped(sum))\n" + lines.joined(separator: "\n") + "\n"
  }

  private static func aligned(_ rows: [[String]]) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + padding : padding + row[column]
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// `19043` is `19,043`.
  private static func grouped(_ number: Int) -> String {
    var result = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0, index % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return String(result.reversed())
  }
}
