import Foundation

/// How a score fades with the time between two articles: Elasticsearch's decay functions, with
/// their names and meaning, measured from the *source* article's date.
///
/// Up to `offset` nothing fades; at `offset + scale` the factor is `decay`; `exp`, `linear` and
/// `gauss` differ in the shape between and beyond.
/// Source: Elasticsearch reference, "Function score query", decay functions.
public struct Recency: Sendable, Hashable, Codable {
  public enum Shape: String, Sendable, Hashable, Codable, CaseIterable {
    case none, exp, linear, gauss
  }

  public var shape: Shape
  /// Days.
  public var scale: Double
  /// Days.
  public var offset: Double
  /// Between 0 and 1, both excluded.
  public var decay: Double
  /// What the factor never falls below, as a constant weight beside the decay: a background piece
  /// of ten years ago may be the best there is. Without it decay gains nothing over "only older".
  public var floor: Double
  /// What an article newer than the source is multiplied by: readers of an old story want what led
  /// to it first. Soft, as leaving newer ones out altogether loses good links.
  public var newerWeight: Double

  public init(
    shape: Shape = .exp, scale: Double = 360, offset: Double = 7, decay: Double = 0.3,
    floor: Double = 0.5, newerWeight: Double = 0.7
  ) {
    self.shape = shape
    self.scale = scale
    self.offset = offset
    self.decay = decay
    self.floor = floor
    self.newerWeight = newerWeight
  }

  /// The factor for a target, 0 to 1; 1 where a date is missing, as nothing is known against it.
  public func factor(source: Date?, target: Date?) -> Float {
    RecencyCurve(self).factor(source: source, target: target)
  }
}

/// A `Recency` whose constants are worked out, for many pairs.
struct RecencyCurve: Sendable {
  private let recency: Recency
  /// What the distance, for a Gaussian its square, is multiplied by in the exponent.
  private let rate: Double

  init(_ recency: Recency) {
    self.recency = recency
    rate =
      switch recency.shape {
      case .none, .linear: 0
      case .exp: log(recency.decay) / recency.scale
      case .gauss: log(recency.decay) / (recency.scale * recency.scale)
      }
  }

  /// The factor for a target, as `Recency.factor` says.
  func factor(source: Date?, target: Date?) -> Float {
    factor(
      source: source?.timeIntervalSinceReferenceDate, target: target?.timeIntervalSinceReferenceDate
    )
  }

  /// The same from seconds, which many pairs have in one array.
  func factor(source: Double?, target: Double?) -> Float {
    guard recency.shape != .none, let source, let target else { return 1 }
    let days = (target - source) / 86_400
    let distance = max(0, abs(days) - recency.offset)
    let faded =
      switch recency.shape {
      case .none: 1.0
      case .exp: exp(rate * distance)
      case .linear: max(0, 1 - distance * (1 - recency.decay) / recency.scale)
      case .gauss: exp(rate * distance * distance)
      }
    return Float(
      (recency.floor + (1 - recency.floor) * faded) * (days > 0 ? recency.newerWeight : 1))
  }
}
