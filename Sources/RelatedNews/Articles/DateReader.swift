import Foundation

/// Reads the dates that news systems write. Without a zone a date is UTC.
///
/// A class because it remembers what it read; not shared between tasks.
final class DateReader {
  private var remembered: [String: Date?] = [:]

  /// The date that `text` names: ISO 8601, RFC 822, `30 November 2017`, `Nov. 30, 2017`,
  /// `2017年11月30日`, `30.11.2017`; nil for anything else and outside the years 1 to 9999.
  func date(_ text: String) -> Date? {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !text.isEmpty, text.utf8.count <= 64 else { return nil }
    if let known = remembered[text] { return known }
    let date = (iso8601(text) ?? mail(text) ?? other(text)).flatMap(Self.inYears)
    if remembered.count < 100_000 { remembered[text] = date }
    return date
  }

  /// 0001-01-01T00:00:00Z, by the Julian calendar that held then, up to the end of 9999.
  private static let years =
    Date(timeIntervalSince1970: -62_135_769_600)..<Date(timeIntervalSince1970: 253_402_300_800)

  /// A moment if it lies in the years 1 to 9999.
  static func inYears(_ date: Date) -> Date? { years.contains(date) ? date : nil }

  private func iso8601(_ text: String) -> Date? {
    guard text.utf8.count >= 10, text.utf8.prefix(4).allSatisfy({ $0 &- 48 < 10 }) else {
      return nil
    }
    let dayOnly = text.utf8.count == 10
    var iso = text
    if !dayOnly {
      // "2017-11-30 09:22" is as common as the T of the standard.
      let separator = iso.index(iso.startIndex, offsetBy: 10)
      if iso[separator] == " " { iso.replaceSubrange(separator...separator, with: "T") }
      iso = iso.replacing(" ", with: "")
      let time = iso[separator...]
      let zone = time.dropFirst().firstIndex { "Zz+-".contains($0) }
      let clock = zone.map { time[..<$0] } ?? time
      if clock.count == 6 { iso.insert(contentsOf: ":00", at: clock.endIndex) }
      if zone == nil { iso += "Z" }
    }
    for style in dayOnly ? [Self.day] : iso.contains(".") ? [Self.fraction] : [Self.seconds] {
      if let date = try? style.parse(iso) { return date }
    }
    return nil
  }

  private static let day = Date.ISO8601FormatStyle().year().month().day()
  private static let seconds = Date.ISO8601FormatStyle()
  private static let fraction = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

  /// RFC 822 and what feeds make of it: `Thu, 30 Nov 2017 09:22:39 +0000`, `30 Nov 17 09:22 EST`.
  private func mail(_ text: String) -> Date? {
    var words = text.split(whereSeparator: { $0 == " " || $0 == "," })
    if let first = words.first, Self.weekdays.contains(String(first.lowercased().prefix(3))) {
      words.removeFirst()
    }
    guard words.count >= 4, let day = Int(words[0]),
      let month = Self.months.firstIndex(of: String(words[1].lowercased().prefix(3))),
      var year = Int(words[2]), year >= 0
    else { return nil }
    let clock = words[3].split(separator: ":").map { Int($0) }
    guard clock.count == 2 || clock.count == 3, !clock.contains(nil) else { return nil }
    if words[2].count == 2 { year += year < 70 ? 2000 : 1900 }
    let parts = clock.compactMap { $0 } + [0]
    guard let offset = words.count > 4 ? Self.offset(words[4]) : 0, words.count < 6 else {
      return nil
    }
    // What a calendar is asked must be small: its arithmetic traps.
    guard year <= 9999, (1...31).contains(day), zip(parts, [24, 60, 61]).allSatisfy({ $0 < $1 }),
      parts.allSatisfy({ $0 >= 0 })
    else { return nil }
    let components = DateComponents(
      timeZone: .gmt, year: year, month: month + 1, day: day, hour: parts[0], minute: parts[1],
      second: parts[2])
    guard components.isValidDate(in: Self.calendar) else { return nil }
    return Self.calendar.date(from: components)?.addingTimeInterval(Double(-offset))
  }

  /// Seconds east of Greenwich; nil for a zone that nobody uses in mail.
  private static func offset(_ zone: Substring) -> Int? {
    if let sign = zone.first, sign == "+" || sign == "-" {
      let digits = zone.dropFirst().filter { $0 != ":" }
      guard digits.count == 4, let number = Int(digits) else { return nil }
      let seconds = (number / 100 * 60 + number % 100) * 60
      return sign == "-" ? -seconds : seconds
    }
    return zones[zone.uppercased()].map { $0 * 3600 }
  }

  private static let weekdays: Set = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  /// RFC 822's own, and the European ones that feeds use.
  private static let zones = [
    "GMT": 0, "UT": 0, "UTC": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7,
    "MDT": -6, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "BST": 1, "MSK": 3, "JST": 9,
  ]
  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()

  private func other(_ text: String) -> Date? {
    let tidy = text.replacing("Sept.", with: "Sep.").replacing("Sept ", with: "Sep ")
      .replacing(".,", with: ",")
    for formatter in Self.formatters {
      if let date = formatter.date(from: tidy) { return date }
    }
    return nil
  }

  /// Made once, as making one takes longer than reading a page.
  private static let formatters = formats.map(formatter)

  private static let formats = [
    "EEE, d MMM yyyy HH:mm:ss Z", "EEE, d MMM yyyy HH:mm Z", "EEE, d MMM yyyy HH:mm:ss zzz",
    "d MMM yyyy HH:mm:ss Z", "yyyy-MM-dd HH:mm:ss", "yyyy-M-d H:mm", "yyyy-M-d",
    "yyyy/M/d HH:mm:ss", "yyyy/M/d HH:mm", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd'T'HHmmssZ",
    "yyyyMMdd'T'HHmmss", "yyyyMMdd",
    "d MMMM yyyy HH:mm", "d MMMM yyyy, HH:mm", "d MMMM yyyy", "d MMM yyyy", "d MMM. yyyy",
    "MMMM d, yyyy HH:mm", "MMMM d, yyyy h:mm a", "MMMM d, yyyy, h:mm a", "MMMM d, yyyy",
    "MMM d, yyyy HH:mm", "MMM d, yyyy h:mm a", "MMM d, yyyy", "MMM. d, yyyy",
    "EEEE, MMMM d, yyyy", "EEEE, d MMMM yyyy", "EEEE d MMMM yyyy",
    "d.M.yyyy HH:mm", "d.M.yyyy", "yyyy年M月d日 HH:mm:ss", "yyyy年M月d日 HH:mm", "yyyy年M月d日HH:mm",
    "yyyy年M月d日",
  ]

  private static func formatter(_ format: String) -> DateFormatter {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = format
    formatter.isLenient = false
    return formatter
  }
}
