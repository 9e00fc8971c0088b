/// What every page of a preview has around it.
///
/// The content policy lets a page load its own style and script and nothing else, so that even a
/// hostile article that found a hole could call nobody.
struct SitePage {
  enum Place { case stories, health, article }

  let siteTitle: String
  let title: String
  let place: Place
  /// How to get to the site's root from here: `"../"`.
  let root: String
  let main: String

  /// `"../"` for `"article/a.html"`.
  static func root(from path: String) -> String {
    String(repeating: "../", count: path.utf8.count { $0 == UInt8(ascii: "/") })
  }

  /// `19043` is `19,043`.
  static func grouped(_ number: Int) -> String { Plain.grouped(number) }

  /// `1 story`, `2 stories`.
  static func counted(_ number: Int, _ one: String, _ many: String) -> String {
    "\(Plain.grouped(number)) \(number == 1 ? one : many)"
  }

  var html: String {
    """
    <!DOCTYPE html>
    <html lang="en" data-root="\(root)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; \
    script-src 'self'; img-src data:; base-uri 'none'; form-action 'none'">
    <meta name="referrer" content="no-referrer">
    <meta name="robots" content="noindex">
    <title>\(HTML.escaped(title))</title>
    <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' \
    viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%239d2a1f'/%3E%3Cpath \
    d='M3 5h10M3 8h10M3 11h6' stroke='white' stroke-width='1.6'/%3E%3C/svg%3E">
    <link rel="stylesheet" href="\(root)assets/style.css">
    <script src="\(root)assets/site.js" defer></script>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the content</a>
    <header class="mast">
    <p class="brand"><a href="\(root)index.html">\(HTML.escaped(siteTitle))</a></p>
    <nav aria-label="Site"><a href="\(root)index.html"\(mark(.stories))>Stories</a>
    <a href="\(root)health.html"\(mark(.health))>Health</a></nav>
    </header>
    <main id="main">
    \(main)
    </main>
    <footer class="foot"><p>A preview made by related-news: what readers would find beside each article.</p></footer>
    </body>
    </html>

    """
  }

  private func mark(_ other: Place) -> String { place == other ? " aria-current=\"page\"" : "" }
}
