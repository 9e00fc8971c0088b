/// Why an index file could not be used: what is wrong, where, and what to do.
public struct IndexFileError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Kind: Sendable, Hashable {
    /// It cannot be opened or read at all.
    case unreadable
    /// It is some other file.
    case notAnIndex
    /// A newer version of the tool wrote it.
    case tooNew
    /// The tool no longer reads files this old.
    case tooOld
    /// It ends before it should.
    case truncated
    /// Something follows its end.
    case extended
    /// Bytes are not those that were written.
    case checksum
    /// Bytes are as they were written, yet contradict each other.
    case inconsistent
    /// It was built with other settings than were asked for.
    case settings
    /// Another process is changing it.
    case locked
  }

  public let kind: Kind
  public let description: String

  package init(_ kind: Kind, _ file: String, _ text: String) {
    self.kind = kind
    description = "\(file): \(text)"
  }
}

extension IndexFileError {
  static func inconsistent(_ section: IndexSection, _ text: String) -> IndexFileError {
    IndexFileError(.inconsistent, "section \(section)", "\(text); build the index anew")
  }

  /// The same with the file's name before it.
  func inFile(_ path: String) -> IndexFileError {
    description.hasPrefix(path) ? self : IndexFileError(kind, path, description)
  }
}
