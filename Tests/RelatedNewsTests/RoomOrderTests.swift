import Foundation
import Testing

/// Data walks one way: a room names only types of its own and of earlier rooms.
@Suite struct RoomOrderTests {
  static let rooms = [
    "Concurrency", "Articles", "Analysis", "Vectors", "Index", "Recommendations", "Output",
    "Storage", "Evaluation",
  ]
  static let sources = SharedData.projectRoot.appending(path: "Sources/RelatedNews")

  @Test("every folder of the library is a known room")
  func foldersAreRooms() throws {
    let entries = try FileManager.default.contentsOfDirectory(
      at: Self.sources, includingPropertiesForKeys: nil)
    for entry in entries where entry.pathExtension != "docc" {
      #expect(Self.rooms.contains(entry.lastPathComponent), "\(entry.lastPathComponent)")
    }
  }

  @Test("a room names no type of a later room")
  func roomsLookBackOnly() throws {
    let code = try Self.rooms.map(Self.code(in:))
    let types = code.map { Self.declaredTypes(in: $0.values.joined(separator: "\n")) }
    for room in Self.rooms.indices {
      // A name that an earlier room declares too (a nested `Options`, say) proves nothing.
      let own = Set(types[...room].joined())
      for later in Self.rooms.indices where later > room {
        for (file, text) in code[room] {
          let words = Set(Self.words(of: text))
          let named = types[later].subtracting(own).intersection(words)
          #expect(named.isEmpty, "\(file) names \(named.sorted()) of \(Self.rooms[later])")
        }
      }
    }
  }

  @Test("the guard sees a type that is declared and named")
  func guardSees() {
    let text =
      "public struct InvertedIndex { enum Key {} }\nlet text = \"class Quoted\" // struct Said"
    #expect(Self.declaredTypes(in: Self.withoutComments(text)) == ["InvertedIndex"])
    #expect(Self.words(of: "let index: InvertedIndex?").contains("InvertedIndex"))
  }

  /// The Swift files of a room, comments and string literals taken out, by name.
  private static func code(in room: String) throws -> [String: String] {
    let folder = sources.appending(path: room)
    guard let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    else { return [:] }
    var result: [String: String] = [:]
    for case let file as URL in walk where file.pathExtension == "swift" {
      result["\(room)/\(file.lastPathComponent)"] = withoutComments(
        try String(contentsOf: file, encoding: .utf8))
    }
    return result
  }

  static func withoutComments(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line).replacing(/"(?:[^"\\]|\\.)*"/, with: "\"\"").replacing(/\/\/.*/, with: "")
    }.joined(separator: "\n")
  }

  /// Top-level types only: a nested type is spelled through its owner.
  static func declaredTypes(in text: String) -> Set<String> {
    let pattern =
      /(?m)^(?:(?:public|package|private|fileprivate|final|indirect|@\w+(?:\([^)]*\))?) +)*(?:struct|class|enum|actor|protocol|typealias) +(\w+)/
    return Set(text.matches(of: pattern).map { String($0.output.1) })
  }

  static func words(of text: String) -> [String] {
    text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  }
}
