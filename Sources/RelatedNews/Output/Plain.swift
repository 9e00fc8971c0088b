import Foundation

/// Numbers and dates as every format writes them.
package enum Plain {
  /// Six decimals without trailing zeros: `0.4312`.
  package static func score(_ score: Float) -> String { decimal(millionths(score)) }

  /// A score in millionths; of one that has more than a thousand million, so many.
  ///
  /// - Precondition: it is a number.
  static func millionths(_ score: Float) -> Int {
    Int(min(max(Double(score) * 1_000_000, -1e15), 1e15).rounded())
  }

  /// `431_200` millionths are `0.4312`.
  package static func decimal(_ millionths: Int) -> String {
    var bytes: [UInt8] = []
    append(millionths: millionths, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `19043` is `19,043`.
  package static func grouped(_ number: Int) -> String {
    var digits = String(abs(number))
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  /// `2017-11-30T09:22:39Z`.
  package static func date(_ date: Date) -> String {
    var bytes: [UInt8] = []
    append(date, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Control characters, which a terminal or a table would obey, become spaces.
  package static func oneLine(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isObeyed) else { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { isObeyed($0) ? " " : $0 }))
  }

  /// Whether a terminal, a table or a reader's eye would be led by a character that cannot be seen:
  /// controls, line ends, and the bidirectional ones that make a line read as another.
  package static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension Plain {
  /// A score as `score(_:)` has it, as bytes.
  static func append(score: Float, to bytes: inout [UInt8]) {
    append(millionths: millionths(score), to: &bytes)
  }

  /// A whole number.
  static func append(_ number: Int, to bytes: inout [UInt8]) {
    if number < 0 || number > 9 {
      bytes += String(number).utf8
    } else {
      append(digits: number, count: 1, to: &bytes)
    }
  }

  /// A date as `date(_:)` has it, as bytes.
  ///
  /// From 1970 to 9999 by the calendar's own arithmetic, a hundred times as fast as Foundation, which
  /// has the rest. Source: Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`.
  static func append(_ date: Date, to bytes: inout [UInt8]) {
    let time = date.timeIntervalSince1970
    guard time >= 0, time < 253_402_300_800 else {
      bytes += date.formatted(.iso8601).utf8
      return
    }
    let seconds = Int(time)
    let days = seconds / 86_400 + 719_468
    let (era, dayOfEra) = days.quotientAndRemainder(dividingBy: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    // Months from March on, so that the leap day is the last of a year.
    let month = (5 * dayOfYear + 2) / 153
    append(digits: era * 400 + yearOfEra + (month < 10 ? 0 : 1), count: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(digits: month < 10 ? month + 3 : month - 9, count: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(digits: dayOfYear - (153 * month + 2) / 5 + 1, count: 2, to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    append(digits: seconds / 3600 % 24, count: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(digits: seconds / 60 % 60, count: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(digits: seconds % 60, count: 2, to: &bytes)
    bytes.append(UInt8(ascii: "Z"))
  }

  private static func append(millionths: Int, to bytes: inout [UInt8]) {
    if millionths < 0 { bytes.append(UInt8(ascii: "-")) }
    let (whole, fraction) = abs(millionths).quotientAndRemainder(dividingBy: 1_000_000)
    append(whole, to: &bytes)
    bytes.append(UInt8(ascii: "."))
    append(digits: fraction, count: 6, to: &bytes)
    for _ in 0..<5 where bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
  }

  /// The last `count` digits of a number that is not negative.
  private static func append(digits number: Int, count: Int, to bytes: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<count { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }
}
