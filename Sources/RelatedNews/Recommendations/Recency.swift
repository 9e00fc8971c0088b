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
    guard shape != .none, let source, let target else { return 1 }
    let days = target.timeIntervalSince(source) / 86_400
    let distance = max(0, abs(days) - offset)
    let faded =
      switch shape {
      case .none: 1.0
      case .exp: Foundation.exp(log(decay) / scale * distance)
      case .linear: max(0, 1 - distance * (1 - decay) / scale)
      case .gauss: Foundation.exp(log(decay) / (scale * scale) * distance * distance)
      }
    return Float((floor + (1 - floor) * faded) * (days > 0 ? newerWeight : 1))
  }
}
