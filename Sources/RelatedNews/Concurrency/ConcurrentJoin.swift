import Dispatch

/// `parts` one after the other, copied on up to `jobs` cores: large arrays cost their memory's time.
///
/// Writes into memory that is not initialised yet; `ConcurrentJoinTests` holds it to `joined()`.
func concurrentJoin<Element: BitwiseCopyable & Sendable>(
  _ parts: [[Element]], jobs: Int
) -> [Element] {
  let starts = parts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
  let total = starts[parts.count]
  return [Element](unsafeUninitializedCapacity: total) { buffer, count in
    let target = Target(buffer: buffer)
    let ranges = evenRanges(of: parts.count, pieces: jobs)
    DispatchQueue.concurrentPerform(iterations: ranges.count) { job in
      for part in ranges[job] { target.write(parts[part], at: starts[part]) }
    }
    count = total
  }
}

/// Every part is written to a place of its own, so cores do not meet.
private struct Target<Element: BitwiseCopyable>: @unchecked Sendable {
  let buffer: UnsafeMutableBufferPointer<Element>

  func write(_ part: [Element], at start: Int) {
    _ = buffer[start..<start + part.count].initialize(fromContentsOf: part)
  }
}
