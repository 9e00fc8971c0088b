import Dispatch

/// What `body` returns, while another core is at `aside`; both are done afterwards.
///
/// - Parameter aside: what makes `body` quicker and nothing else, such as reading what it will ask for.
func meanwhile<Value, Failure: Error>(
  _ aside: @escaping @Sendable () -> Void, if isWorthIt: Bool,
  _ body: () throws(Failure) -> Value
) throws(Failure) -> Value {
  guard isWorthIt else { return try body() }
  let group = DispatchGroup()
  DispatchQueue.global().async(group: group, execute: aside)
  defer { group.wait() }
  return try body()
}
