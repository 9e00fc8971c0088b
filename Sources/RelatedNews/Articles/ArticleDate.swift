import Foundation

/// Reads one date as the article formats do: `ArticleDate.date("30 November 2017")`.
public enum ArticleDate {
  /// Nil for what is no date, and outside the years 1 to 9999.
  public static func date(_ text: String) -> Date? { DateReader().date(text) }
}
