/// Whether two addresses are of one page:
/// `HTTP://News.Example:80/a/?utm_source=x#top` and `https://news.example/a` are.
enum CanonicalURL {
  /// What is equal for two addresses of one page; nil for an address that names no single page (a
  /// bare host, a relative path).
  ///
  /// Scheme, case of the host, default port, fragment, tracking parameters and a slash at the end
  /// do not tell pages apart; all else does.
  /// - Complexity: O(length)
  static func identity(of url: String) -> String? {
    guard let parts = Parts(url), parts.path.utf8.count > 1 || !parts.query.isEmpty else {
      return nil
    }
    var path = parts.path[...]
    while path.hasSuffix("/") { path = path.dropLast() }
    return parts.host + path + (parts.query.isEmpty ? "" : "?" + parts.query)
  }

  /// The address without what a click's origin added to it, for use as an id.
  static func cleaned(_ url: String) -> String {
    guard let parts = Parts(url) else { return url }
    return parts.scheme + "://" + parts.host + parts.path
      + (parts.query.isEmpty ? "" : "?" + parts.query)
  }

  private struct Parts {
    let scheme: String
    let host: String
    let path: String
    let query: String

    init?(_ url: String) {
      let text = url.trimmingPrefix { $0.isWhitespace }
      guard let colon = text.firstRange(of: "://") else { return nil }
      scheme = text[..<colon.lowerBound].lowercased()
      guard scheme == "http" || scheme == "https" else { return nil }
      var rest = text[colon.upperBound...]
      while rest.last?.isWhitespace == true { rest = rest.dropLast() }
      // "#!" was the path of pages that a script draws.
      if let hash = rest.firstIndex(of: "#"), !rest[hash...].hasPrefix("#!") {
        rest = rest[..<hash]
      }
      let hostEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
      var host = rest[..<hostEnd].lowercased()
      if let at = host.lastIndex(of: "@") { host = String(host[host.index(after: at)...]) }
      let defaultPort = scheme == "http" ? ":80" : ":443"
      if host.hasSuffix(defaultPort) { host.removeLast(defaultPort.count) }
      guard !host.isEmpty else { return nil }
      self.host = host
      let tail = rest[hostEnd...]
      let question = tail.firstIndex(of: "?") ?? tail.endIndex
      path = question == tail.startIndex ? "/" : String(tail[..<question])
      query = tail[question...].dropFirst().split(separator: "&")
        .filter { !Self.isTracking($0) }.joined(separator: "&")
    }

    private static func isTracking(_ parameter: Substring) -> Bool {
      let name = parameter.prefix { $0 != "=" }.lowercased()
      return name.hasPrefix("utm_") || name.hasPrefix("mtm_") || names.contains(name)
    }

    /// What mailers, social networks and statistics add; none of them chooses a page.
    private static let names: Set = [
      "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid",
      "ttclid", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "_ga", "_gl",
      "pk_campaign", "pk_kwd", "piwik_campaign", "xtor", "cmpid", "ncid", "ns_mchannel",
      "ns_source", "ns_campaign", "ns_linkname", "s_cid", "smid", "ocid", "wt_mc", "wtmc",
      "ref_src", "ref_url", "__twitter_impression", "spm", "vero_id", "oly_enc_id", "oly_anon_id",
      "at_medium", "at_campaign", "at_custom1", "feature_share",
    ]
  }
}
