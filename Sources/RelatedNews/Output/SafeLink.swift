import Foundation

/// A link that may be followed: http, https, or relative; nothing that a browser would run.
///
/// Looked at scalar by scalar: in `"javascript:\u{301}"` no character equals `":"`, yet a browser
/// sees the scheme.
package struct SafeLink {
  package let url: String

  package init?(_ url: String) {
    let trimmed = Plain.oneLine(url).trimmingCharacters(in: .whitespaces)
    guard !trimmed.isEmpty else { return nil }
    let head = trimmed.unicodeScalars.prefix { !["/", "?", "#"].contains($0) }
    if let colon = head.firstIndex(of: ":") {
      guard ["http", "https"].contains(String(head[..<colon]).lowercased()) else { return nil }
    }
    self.url = trimmed
  }
}
