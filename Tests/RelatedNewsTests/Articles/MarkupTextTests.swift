import Foundation
import Testing

@testable import RelatedNews

@Suite struct MarkupTextTests {
  @Test(
    "HTML becomes paragraphs",
    arguments: [
      ("<p>One <b>bold</b>  word</p><p>Two</p>", "One bold word\n\nTwo"),
      ("One<br>two<br/><br/>three", "One\ntwo\n\nthree"),
      ("<ul><li>a<li>b</ul>c", "a\nb\n\nc"), ("a<div>b<div>c</div></div>d", "a\n\nb\n\nc\n\nd"),
      (
        "caf&eacute; &amp; &#233;&#xE9; &euro;5 &nbsp; x&#150;y &bogus; AT&T",
        "café & éé €5 x–y &bogus; AT&T"
      ),
      ("<script>a < b</script>x<style>p{}</style>", "x"), ("<!-- a > b -->x<!doctype y>", "x"),
      ("a < b and 1<2, 3 > 2", "a < b and 1<2, 3 > 2"),
      ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
      ("<pre>  keep\n\n  lines</pre>", "keep\nlines"),
      ("<p>Text<nav>Menu</nav><aside>Box</aside></p>", "Text"),
      (
        "<p>Long text of the story.</p><div class='jp-relatedposts'>Other</div>",
        "Long text of the story."
      ),
      ("<p hidden>no</p><p style='display: none'>no</p><p>yes</p>", "yes"),
      ("<P>UPPER</P><p>\u{3000}wide\u{A0}</p>", "UPPER\n\nwide"),
      ("<a href=\"x>y\" title='>'>link</a>", "link"), ("<b", ""), ("</p></div>", ""), ("<>", "<>"),
    ])
  func text(html: String, text: String) {
    #expect(MarkupText.text(ofHTML: html) == text)
  }

  @Test("white space by bytes is white space by character")
  func whiteSpace() {
    // The plain twin: Unicode's own property, for every character but the few that are rare.
    let rare: Set<UInt32> = [0x1680, 0x205F]
    for value in UInt32(0)...0x30FF {
      guard let scalar = Unicode.Scalar(value), !rare.contains(value) else { continue }
      var text = String(scalar) + "x"
      let length = text.withUTF8 { WhiteSpace.length(in: $0, at: 0) }
      let expected = scalar.properties.isWhitespace ? UTF8.width(scalar) : 0
      #expect(length == expected, "U+\(String(value, radix: 16))")
    }
  }

  @Test("an element named like furniture that holds the story is the story")
  func misnamed() {
    let html = "<div class='content-comments'><p>The whole story stands in here.</p></div><p>x</p>"
    #expect(MarkupText.text(ofHTML: html).hasPrefix("The whole story"))
  }
}
