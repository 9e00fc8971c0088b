/// A run as NIST's trec_eval reads it: `qid Q0 docno rank score tag`.
///
/// trec_eval ranks by score and breaks ties by docno, so scores fall strictly: of equal ones the
/// later is written a millionth lower. White space in an id would shift the columns and becomes `_`.
public struct TRECFormatter: ListFormatter {
  public init() {}

  public func text(for list: RecommendationList, isFirst: Bool) -> String {
    var last = Int.max
    return list.items.enumerated().map { index, item in
      last = min(Plain.millionths(item.score), last - 1)
      return "\(token(list.id)) Q0 \(token(item.article.id)) \(index + 1) \(Plain.decimal(last)) "
        + "related-news\n"
    }.joined()
  }

  private func token(_ id: String) -> String {
    String(Plain.oneLine(id).map { $0.isWhitespace ? "_" : $0 })
  }
}
