import Foundation

/// Why something could not be written: where and why, in one line.
package struct OutputError: Error, CustomStringConvertible {
  package let description: String
  /// The reader of a pipe has gone: no failure, only the end.
  package let isClosedPipe: Bool

  package init(_ text: String, errno code: Int32? = nil) {
    description = code.map { "\(text) (\(String(cString: strerror($0))))" } ?? text
    isClosedPipe = code == EPIPE
  }
}

/// Writes all bytes or says why not.
package enum ByteSink {
  package static func write(
    _ bytes: some ContiguousBytes, to descriptor: Int32, named name: String
  ) throws(OutputError) {
    let failure: Int32? = bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Foundation.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          return errno
        }
        rest = rest.dropFirst(count)
      }
      return nil
    }
    if let failure { throw OutputError("\(name): cannot be written", errno: failure) }
  }
}
