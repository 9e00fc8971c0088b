import Foundation

/// The dates of all articles, as differences: the archive's order is newest first, so they are
/// small.
///
/// A first byte says the unit: whole seconds, milliseconds, or, where neither holds every date
/// exactly, the bits of the `Double`. Then one number an article, 0 for one without a date.
enum DateColumn {
  private static let seconds: UInt8 = 0
  private static let milliseconds: UInt8 = 1
  private static let bits: UInt8 = 2

  static func encoded(_ dates: [Date?]) -> [UInt8] {
    let values = dates.map { $0?.timeIntervalSinceReferenceDate }
    let unit =
      [seconds, milliseconds].first { unit in
        values.allSatisfy { value in
          value.map { isExact($0, in: unit) } ?? true
        }
      } ?? bits
    var bytes = [unit]
    var previous: Int64 = 0
    for value in values {
      guard let value else {
        bytes.append(0)
        continue
      }
      let number = integer(value, in: unit)
      let difference = number &- previous
      // Zigzag: small numbers of either sign have small codes; 0 is left free for "no date".
      let zigzag = UInt64(bitPattern: difference << 1 ^ difference >> 63)
      if zigzag >= .max - 1 {
        bytes.appendVarint(1)
        bytes.append64(UInt64(bitPattern: number))
      } else {
        bytes.appendVarint(zigzag + 2)
      }
      previous = number
    }
    return bytes
  }

  /// In seconds; not a number where there is none.
  static func dates(
    _ bytes: UnsafeRawBufferPointer, count: Int
  ) throws(IndexFileError) -> [Double] {
    var reader = ByteReader(bytes, of: .dates)
    let unit = UInt8(try reader.number(width: 1))
    guard unit <= bits else { throw .inconsistent(.dates, "unit \(unit)") }
    var result: [Double] = []
    result.reserveCapacity(count)
    var previous: Int64 = 0
    for _ in 0..<count {
      let code = try reader.varint()
      switch code {
      case 0:
        result.append(.nan)
        continue
      case 1: previous = Int64(bitPattern: try reader.number(width: 8))
      default:
        let zigzag = code - 2
        previous = previous &+ (Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1))
      }
      let seconds = value(previous, in: unit)
      guard isDate(seconds) else { throw .inconsistent(.dates, "a date of \(seconds) seconds") }
      result.append(seconds)
    }
    guard reader.isAtEnd else { throw .inconsistent(.dates, "more than \(count) dates") }
    return result
  }

  /// Whether so many seconds are a date: some thirty million years, and no more. False for what is not a
  /// number.
  static func isDate(_ seconds: Double) -> Bool { abs(seconds) < 1e15 }

  /// Whether all dates that a file keeps of an article are some.
  static func areDates(of article: Article) -> Bool {
    [article.published, article.embargoedUntil, article.expires].allSatisfy {
      $0.map { isDate($0.timeIntervalSinceReferenceDate) } ?? true
    }
  }

  private static func isExact(_ value: Double, in unit: UInt8) -> Bool {
    abs(value) < 1e14
      && self.value(integer(value, in: unit), in: unit).bitPattern == value.bitPattern
  }

  private static func integer(_ value: Double, in unit: UInt8) -> Int64 {
    switch unit {
    case seconds: Int64(value)
    case milliseconds: Int64((value * 1000).rounded())
    default: Int64(bitPattern: value.bitPattern)
    }
  }

  private static func value(_ integer: Int64, in unit: UInt8) -> Double {
    switch unit {
    case seconds: Double(integer)
    case milliseconds: Double(integer) / 1000
    default: Double(bitPattern: UInt64(bitPattern: integer))
    }
  }
}
