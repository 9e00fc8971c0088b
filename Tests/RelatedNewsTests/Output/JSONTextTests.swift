import Foundation
import Testing

@testable import RelatedNews

/// What is written byte by byte against how it is written plainly.
@Suite struct JSONTextTests {
  @Test("strings are escaped scalar by scalar, whatever they are of")
  func strings() {
    var random = SeededNumbers(seed: 31)
    let odd = "\"\\\n\r\t<\u{0}\u{1F}\u{7F}\u{9F}\u{A0}\u{61C}\u{200E}\u{2028}\u{2066}é京🏳️‍🌈e\u{301}"
    for _ in 0..<500 {
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let scalar =
          Bool.random(using: &random)
          ? Unicode.Scalar(UInt32.random(in: 0...0x2FFF, using: &random))
          : odd.unicodeScalars.randomElement(using: &random)
        if let scalar { text.unicodeScalars.append(scalar) }
      }
      #expect(
        JSONText.string(text).utf8.elementsEqual(plain(text).utf8), "\(text.debugDescription)")
    }
    #expect(JSONText.string("plain ASCII ~") == "\"plain ASCII ~\"")
  }

  private func plain(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "<": result += "\\u003c"
      case let scalar where Plain.isObeyed(scalar):
        result += String(format: "\\u%04x", scalar.value)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return "\"" + result + "\""
  }

  @Test("dates are Foundation's, to the second and the leap day")
  func dates() {
    var random = SeededNumbers(seed: 32)
    var times: [Double] = [
      0, 0.5, 0.999, -0.5, -1, -86_400, 951_782_399, 951_782_400, 951_868_799.75, 4_107_542_399,
      4_107_542_400, 253_402_300_799, 253_402_300_799.5, 253_402_300_800, -62_135_596_800,
    ]
    for _ in 0..<2000 { times.append(.random(in: -1e9...2.6e11, using: &random)) }
    for time in times {
      let date = Date(timeIntervalSince1970: time)
      #expect(Plain.date(date) == date.formatted(.iso8601), "\(time)")
    }
  }

  @Test("scores have up to six decimals, one at least")
  func scores() {
    #expect(Plain.score(0.4312) == "0.4312")
    #expect(Plain.score(1) == "1.0" && Plain.score(0) == "0.0" && Plain.score(1.5) == "1.5")
    #expect(Plain.decimal(-1) == "-0.000001" && Plain.decimal(-12_500_000) == "-12.5")
    #expect(Plain.decimal(10) == "0.00001" && Plain.decimal(123_000_456) == "123.000456")
  }

  @Test("every format appends what it has as text", arguments: ListFormat.allCases)
  func appended(format: ListFormat) {
    var bytes: [UInt8] = []
    var text = ""
    for (place, list) in HostileNews.lists.enumerated() {
      format.formatter.append(list, isFirst: place == 0, to: &bytes)
      text += format.formatter.text(for: list, isFirst: place == 0)
    }
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }
}
