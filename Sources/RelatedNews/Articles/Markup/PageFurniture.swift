/// Lines of a page that are no part of its story: comment forms, share bars, related boxes.
enum PageFurniture {
  /// The lines of the story, without the furniture among and below them.
  static func removed(from lines: some Sequence<String>) -> [String] {
    var result: [String] = []
    var isInRelatedBox = false
    for line in lines {
      switch kind(of: line) {
      case .relatedHeading: isInRelatedBox = true
      case .furniture: isInRelatedBox = false
      case .text where isInRelatedBox && !line.isEmpty && !isParagraph(line): continue
      case .text:
        if !line.isEmpty { isInRelatedBox = false }
        result.append(line)
      }
    }
    return result
  }

  private enum Kind { case text, furniture, relatedHeading }

  private static func kind(of line: String) -> Kind {
    guard !line.isEmpty, line.utf8.count <= 300 else { return .text }
    let folded = line.lowercased()
    if relatedHeadings.contains(folded.trimmingSuffix(":：")) { return .relatedHeading }
    if copyrightStarts.contains(where: folded.hasPrefix) || folded.hasSuffix("all rights reserved.")
      || folded.hasSuffix("all rights reserved")
    {
      return .furniture
    }
    // WordPress signs every item of its feeds so.
    if folded.hasPrefix("the post "), folded.contains(" appeared first on ") { return .furniture }
    // "Share | Print | Email" is furniture because each of its parts is.
    let parts = folded.split { "|/·•,".contains($0) }
      .map { String($0.drop(while: \.isWhitespace)).trimmingSuffix(" :：") }
      .filter { !$0.isEmpty }
    return !parts.isEmpty && parts.allSatisfy(words.contains) ? .furniture : .text
  }

  /// A headline in a related box is short and ends without a full stop; a paragraph is neither.
  private static func isParagraph(_ line: String) -> Bool {
    guard let last = line.last else { return false }
    return line.count > 90 && ".!?”\"。！？…".contains(last)
  }

  private static let relatedHeadings: Set = [
    "related news", "related", "related articles", "related stories", "related content",
    "related coverage", "more on this story", "more on this topic", "read more",
    "you may also like",
    "see also", "相关新闻", "相关阅读", "相关报道", "延伸阅读", "noticias relacionadas", "关联新闻",
  ]
  private static let words: Set = [
    "your comment", "your comments", "comment", "comments", "leave a comment", "post a comment",
    "add a comment", "name", "your name", "e-mail", "email", "your email", "submit", "send",
    "share",
    "share this", "share this article", "share this story", "print", "print this", "tweet",
    "facebook", "twitter", "linkedin", "whatsapp", "wechat", "weibo", "reddit", "bookmark", "save",
    "like", "subscribe", "newsletter", "advertisement", "back to top", "copy link", "分享", "打印",
    "评论", "我要评论", "姓名", "compartir", "imprimir", "comentarios", "nombre", "font size",
  ]
  private static let copyrightStarts = [
    "copyright", "©", "(c) 19", "(c) 20", "all rights reserved", "版权所有", "todos los derechos",
  ]
}

extension String {
  fileprivate func trimmingSuffix(_ characters: String) -> String {
    var end = self[...]
    while let last = end.last, characters.contains(last) || last.isWhitespace { end.removeLast() }
    return String(end)
  }
}
