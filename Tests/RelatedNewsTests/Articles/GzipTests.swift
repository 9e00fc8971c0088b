import Foundation
import Testing

@testable import RelatedNews

/// Writes gzip without packing, so that tests need no packer.
enum Gzip {
  /// One member whose deflate blocks are stored as they are.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    let blocks = stride(from: 0, to: max(1, bytes.count), by: 65535).map {
      bytes[$0..<min(bytes.count, $0 + 65535)]
    }
    for (index, block) in blocks.enumerated() {
      let count = UInt16(block.count)
      result.append(index == blocks.count - 1 ? 1 : 0)
      result += [UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
      result += block
    }
    return result + fourBytes(checksum(bytes)) + fourBytes(UInt32(truncatingIfNeeded: bytes.count))
  }

  private static func fourBytes(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
  }

  /// CRC-32, bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
      }
    }
  }
}

@Suite(.enabled(if: ZLib.available != nil, "no libz.so.1: gzip is not read on this system"))
struct GzipTests {
  private let text = "{\"id\":\"a\",\"title\":\"One\"}\n{\"id\":\"b\",\"title\":\"Two\"}\n"

  private func read(_ bytes: [UInt8]) throws -> ArticleCollection {
    try ArticleReader().read(bytes, named: "in.jsonl.gz")
  }

  @Test("packed files of every format read like the files themselves", arguments: Fixtures.names)
  func everyFormat(name: String) throws {
    let packed = Gzip.stored(try Fixtures.bytes(name))
    let unpacked = try? Fixtures.read(name)
    let collection = try? ArticleReader().read(packed, named: name + ".gz")
    #expect(collection?.articles.map(Fixtures.text) == unpacked?.articles.map(Fixtures.text))
  }

  @Test("what the system's gzip packed is read as it was")
  func systemGzip() throws {
    let gzip = URL(filePath: "/usr/bin/gzip")
    guard FileManager.default.isExecutableFile(atPath: gzip.path) else {
      return print("skipped: no /usr/bin/gzip on this system")
    }
    let process = Process()
    process.executableURL = gzip
    let archive = SharedData.projectRoot.appending(path: "Data/archive.jsonl")
    process.arguments = ["-9", "-c", archive.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let packed = Array(output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    let collection = try read(packed)
    #expect(collection.articles == (try ArticleReader().read([archive.path])).articles)
  }

  @Test("members that follow each other are one file")
  func members() throws {
    let half = text.utf8.count / 2
    let bytes = Array(text.utf8)
    let collection = try read(
      Gzip.stored(Array(bytes[..<half])) + Gzip.stored(Array(bytes[half...])))
    #expect(collection.articles.map(\.id) == ["a", "b"])
  }

  @Test("a cut file says so, and what came before is read")
  func cut() throws {
    let packed = Gzip.stored(Array(text.utf8))
    let collection = try read(Array(packed.dropLast(20)))
    #expect(collection.articles.map(\.id) == ["a"] || collection.articles.isEmpty)
    #expect(collection.remarks.contains { $0.message.contains("cut short") && $0.kind == .skipped })
  }

  @Test("a wrong checksum is damage")
  func damaged() throws {
    var packed = Gzip.stored(Array(text.utf8))
    packed[packed.count - 6] ^= 1
    #expect(try read(packed).remarks.contains { $0.message.contains("damaged gzip data") })
  }

  @Test("without zlib one line says what to do")
  func withoutLibrary() throws {
    let error = #expect(throws: ReadingError.self) {
      _ = try GzipSource.unpacking(.bytes([0x1F, 0x8B]), named: "a.gz", library: nil)
    }
    #expect(error?.description.contains("zcat a.gz") == true)
  }
}
