import Foundation
import RelatedNews
import Testing

@Suite struct AtomicFileTests {
  @Test("a file that is not committed leaves the old one and no trace")
  func rollback() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "out.jsonl")
    let path = folder.path + "/out.jsonl"
    do {
      let file = try AtomicFile(path: path)
      try file.write(Array("half".utf8))
    }
    #expect(try folder.text("out.jsonl") == "old")
    #expect(try folder.files() == ["out.jsonl"])
    let file = try AtomicFile(path: path)
    try file.write(Array("new".utf8))
    try file.commit()
    #expect(try folder.text("out.jsonl") == "new")
    #expect(throws: OutputError.self) { _ = try AtomicFile(path: folder.path) }
  }

  @Test("a link goes on pointing to the file, and a private file stays private")
  func linkAndMode() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "real/out.jsonl")
    let real = folder.path + "/real/out.jsonl"
    let link = folder.path + "/link.jsonl"
    chmod(real, 0o600)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: real)
    let file = try AtomicFile(path: link)
    try file.write(Array("new".utf8))
    try file.commit()
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == real)
    #expect(try folder.text("real/out.jsonl") == "new")
    let mode = try FileManager.default.attributesOfItem(atPath: real)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }
}

@Suite struct FileNameTests {
  @Test(
    "names are plain and stay in their folder",
    arguments: [
      ("harrow-dam", "harrow-dam"), ("LEWIS 7", "~l~e~w~i~s_207"), ("../x", "_2e._2fx"),
      (".hidden", "_2ehidden"), ("a.b", "a.b"), ("", "~"), ("a\0b", "a_00b"), ("é", "_c3_a9"),
    ])
  func names(id: String, name: String) { #expect(FileName.path(for: id) == name) }

  @Test("different ids never have one name, whatever the file system does to letters")
  func distinct() {
    var random = SplitMix64(seed: 7)
    let alphabet = Array("aA_~.é/\0 -b2f".unicodeScalars)
    var ids: Set<[UInt8]> = []
    var names: Set<String> = []
    for _ in 0..<20_000 {
      var id = String.UnicodeScalarView()
      for _ in 0..<Int(random.next() % 6) {
        id.append(alphabet[Int(random.next() % UInt64(alphabet.count))])
      }
      ids.insert(Array(String(id).utf8))
      names.insert(FileName.path(for: String(id)).lowercased())
    }
    #expect(ids.count == names.count)
  }

  @Test("the two spellings of é are two ids and two names")
  func normalization() {
    #expect(FileName.path(for: "caf\u{E9}") != FileName.path(for: "cafe\u{301}"))
  }

  @Test("a long id goes into folders, every part short enough")
  func long() {
    let first = String(repeating: "A", count: 300) + "x"
    let second = String(repeating: "A", count: 300) + "y"
    let parts = FileName.path(for: first).split(separator: "/")
    #expect(parts.count > 1 && parts.allSatisfy { $0.utf8.count <= FileName.longest + 2 })
    #expect(FileName.path(for: first) != FileName.path(for: second))
  }
}

@Suite struct ListFolderTests {
  private static let ids = ["a", "A", "../a", "a/b", ".a", "a\n", "caf\u{E9}", "cafe\u{301}"]
  private static let lists = ids.map { id in
    RecommendationList(
      id: id, items: [Recommendation(article: Article(id: "x", title: id), score: 0.5)])
  }

  @Test(
    "one file an article in every format, none lost, none outside", arguments: ListFormat.allCases)
  func everyFormat(format: ListFormat) throws {
    let parent = try TemporaryFolder()
    let folder = try ListFolder(path: parent.path + "/out/", format: format)
    try folder.append(Self.lists)
    #expect(try parent.files("out").count == Self.ids.count)
    #expect(try parent.files().allSatisfy { $0.hasPrefix("out/") })
    for list in Self.lists {
      #expect(try parent.text("out/" + folder.name(for: list)) == format.formatter.file(for: list))
    }
  }

  @Test("a file for one list is an object in JSON and the entries alone in a data folder")
  func single() throws {
    let object = ListFormat.json.formatter.file(for: Self.lists[0])
    #expect(object.hasPrefix("{\"id\":\"a\",\"related\":["))
    #expect(ListFormat.hugoData.formatter.file(for: Self.lists[0]).hasPrefix("[{\"rank\":1"))
  }

  @Test("files are replaced, others are left alone, and nothing temporary stays")
  func again() throws {
    let parent = try TemporaryFolder()
    try parent.write("mine", to: "out/notes.txt")
    try parent.write("old", to: "out/a.json")
    let folder = try ListFolder(path: parent.path + "/out", format: .json)
    try folder.append([Self.lists[0]])
    #expect(try parent.files("out") == ["a.json", "notes.txt"])
    #expect(try parent.text("out/notes.txt") == "mine")
    #expect(try parent.text("out/a.json") != "old")
  }

  @Test("a file where the folder should be is an error and stays")
  func file() throws {
    let parent = try TemporaryFolder()
    try parent.write("mine", to: "out")
    #expect(throws: OutputError.self) {
      _ = try ListFolder(path: parent.path + "/out", format: .json)
    }
    #expect(try parent.text("out") == "mine")
  }
}

@Suite struct ListWriterTests {
  @Test("lists in pieces are the document as a whole", arguments: ListFormat.allCases)
  func pieces(format: ListFormat) throws {
    let folder = try TemporaryFolder()
    var writer = try ListWriter(to: folder.path + "/out", format: format)
    for list in HostileNews.lists { try writer.append([list]) }
    try writer.append([])
    try writer.finish()
    #expect(try folder.text("out") == format.formatter.document(HostileNews.lists))
  }

  @Test("a full disk is an error, at the first write or at the last")
  func full() throws {
    #expect(throws: OutputError.self) {
      var writer = try ListWriter(to: "/dev/full", format: .jsonl)
      try writer.append(HostileNews.lists)
    }
    #expect(throws: OutputError.self) {
      let writer = try ListWriter(to: "/dev/full", format: .json)
      try writer.finish()
    }
  }
}
