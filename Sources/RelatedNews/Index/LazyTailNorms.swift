import Synchronization

/// Tail norms that are made when they are first asked for, once.
///
/// A class, as it is shared by copies of an index; the lock is held while they are made.
final class LazyTailNorms: Sendable {
  private let made = Mutex<TailNorms?>(nil)

  func value(_ make: () -> TailNorms) -> TailNorms {
    made.withLock { made in
      if let made { return made }
      let norms = make()
      made = norms
      return norms
    }
  }
}
