import Foundation

/// Dates as a preview says them, in English and UTC, the same on every machine.
enum SiteDate {
  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]

  /// `4 March 2024`.
  static func day(_ date: Date) -> String {
    let parts = calendar.dateComponents([.year, .month, .day], from: date)
    return "\(parts.day ?? 1) \(months[(parts.month ?? 1) - 1]) \(parts.year ?? 1)"
  }

  /// `Monday`.
  static func weekday(_ date: Date) -> String {
    weekdays[(calendar.dateComponents([.weekday], from: date).weekday ?? 1) - 1]
  }

  /// `<time datetime="2024-03-04T06:40:00Z">4 March 2024</time>`.
  static func element(_ date: Date) -> String {
    "<time datetime=\"\(Plain.date(date))\">\(day(date))</time>"
  }

  /// How much later `target` is: `"3 days earlier"`, `"the same day"`, `"2 years later"`.
  static func distance(days: Double) -> String {
    let count = abs(days)
    let side = days < 0 ? "earlier" : "later"
    switch count {
    case ..<1: return "the same day"
    case ..<14: return "\(counted(count, "day")) \(side)"
    case ..<60: return "\(counted(count / 7, "week")) \(side)"
    case ..<730: return "\(counted(count / 30.44, "month")) \(side)"
    default: return "\(counted(count / 365.25, "year")) \(side)"
    }
  }

  private static func counted(_ number: Double, _ noun: String) -> String {
    let whole = Int(number.rounded())
    return "\(whole) \(noun)\(whole == 1 ? "" : "s")"
  }
}
