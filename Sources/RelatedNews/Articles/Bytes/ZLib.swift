import CRelatedNews
import Foundation

/// zlib: what is linked into the program, as where all of it is one file, else the system's, found at
/// run time. So gzip files can be read where it is installed, and nothing is needed to build.
///
/// The functions are called through their addresses, the stream record is laid out by hand as
/// zlib.h lays it out on 64-bit Linux; that is why this file is the only one that knows it.
struct ZLib: Sendable {
  private typealias Start =
    @convention(c) (UnsafeMutableRawPointer, Int32, UnsafePointer<CChar>, Int32) -> Int32
  private typealias Step = @convention(c) (UnsafeMutableRawPointer, Int32) -> Int32
  private typealias End = @convention(c) (UnsafeMutableRawPointer) -> Int32

  private let start: Start
  private let step: Step
  private let reset: End
  private let end: End

  /// Nil where neither the program nor the system has it.
  static let available: ZLib? = linked ?? system

  private static var linked: ZLib? {
    ZLib(
      start: linkedInflateInit2(), step: linkedInflate(), reset: linkedInflateReset(),
      end: linkedInflateEnd())
  }

  private static var system: ZLib? {
    guard let library = dlopen("libz.so.1", RTLD_NOW | RTLD_LOCAL) else { return nil }
    return ZLib(
      start: dlsym(library, "inflateInit2_"), step: dlsym(library, "inflate"),
      reset: dlsym(library, "inflateReset"), end: dlsym(library, "inflateEnd"))
  }

  private typealias Address = UnsafeMutableRawPointer?

  /// - Parameters: addresses of zlib's functions; nil without one of them.
  private init?(start: Address, step: Address, reset: Address, end: Address) {
    guard let start, let step, let reset, let end else { return nil }
    self.start = unsafeBitCast(start, to: Start.self)
    self.step = unsafeBitCast(step, to: Step.self)
    self.reset = unsafeBitCast(reset, to: End.self)
    self.end = unsafeBitCast(end, to: End.self)
  }

  /// One gzip stream being unpacked. A class: zlib's record has one owner and an end.
  final class Inflater {
    private let library: ZLib
    private let stream: UnsafeMutableRawPointer

    /// Bytes of z_stream: 14 fields, the widest 8 bytes.
    private static let size = 112
    private enum Offset {
      static let nextIn = 0, availableIn = 8, nextOut = 24, availableOut = 32
    }

    enum Outcome { case more, ended, broken }

    /// Nil if zlib refuses.
    init?(_ library: ZLib) {
      self.library = library
      stream = .allocate(byteCount: Self.size, alignment: 16)
      stream.initializeMemory(as: UInt8.self, repeating: 0, count: Self.size)
      // 15 bits of window, plus 16: a gzip header and its checksum are expected.
      guard library.start(stream, 15 + 16, "1.2.11", Int32(Self.size)) == 0 else {
        stream.deallocate()
        return nil
      }
    }

    deinit {
      _ = library.end(stream)
      stream.deallocate()
    }

    /// Unpacks from `input` on; says how many bytes of it were used, and what came of it.
    func unpack(
      _ input: ArraySlice<UInt8>, limit: Int
    ) -> (used: Int, output: [UInt8], outcome: Outcome) {
      var used = 0
      var code: Int32 = 0
      let output = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
        input.withUnsafeBufferPointer { bytes in
          stream.storeBytes(of: bytes.baseAddress, toByteOffset: Offset.nextIn, as: Pointer?.self)
          stream.storeBytes(
            of: UInt32(bytes.count), toByteOffset: Offset.availableIn, as: UInt32.self)
          stream.storeBytes(
            of: buffer.baseAddress.map { Pointer($0) }, toByteOffset: Offset.nextOut,
            as: Pointer?.self)
          stream.storeBytes(of: UInt32(limit), toByteOffset: Offset.availableOut, as: UInt32.self)
          code = library.step(stream, 0)
          let left = stream.load(fromByteOffset: Offset.availableIn, as: UInt32.self)
          used = bytes.count - Int(left)
          count = limit - Int(stream.load(fromByteOffset: Offset.availableOut, as: UInt32.self))
        }
      }
      // 0 is Z_OK, 1 Z_STREAM_END, -5 Z_BUF_ERROR (no progress without more input).
      return (used, output, code == 1 ? .ended : code == 0 || code == -5 ? .more : .broken)
    }

    /// Ready for the next member of the file.
    func restart() { _ = library.reset(stream) }

    private typealias Pointer = UnsafePointer<UInt8>
  }
}
