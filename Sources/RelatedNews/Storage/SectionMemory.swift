import Foundation

/// The memory of all sections of a file, in one piece: anonymous, zero until written.
///
/// A fault for each page of 4 KiB costs three times as much as copying the page, so the sections of
/// which a list needs most lie side by side, in large pages where the system has them. (To ask for the
/// small pages of a read before it, `MADV_POPULATE_WRITE`, costs nearly what their faults cost.)
/// A class, as it owns the memory. `@unchecked`: who has room in it sees to who writes there.
final class SectionMemory: @unchecked Sendable {
  /// The room of a section; it holds the memory of all.
  struct Room: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    fileprivate let memory: SectionMemory
  }

  private let pages: UnsafeMutableRawPointer
  private let length: Int
  private let base: UnsafeMutableRawPointer
  /// At the place of each section where it starts.
  private let offsets: [Int]

  private static let page = 1 << 12
  private static let largePage = 1 << 21
  /// A large page is cleared whole: of fewer bytes than this the small ones are quicker.
  private static let fewestOfLargePage = 1 << 19

  /// Nil where the system has none.
  ///
  /// - Parameter entries: of sections of one file, each of which lies within it, beside the others.
  init?(of entries: [IndexFileHeader.Entry]) {
    var offsets = [Int](repeating: 0, count: IndexSection.allCases.count)
    var length = 0
    func lay(_ isLaid: (IndexSection) -> Bool) {
      for entry in entries where isLaid(entry.section) {
        offsets[entry.section.place] = length
        length += (entry.length + SectionBytes.slack + Self.page - 1) / Self.page * Self.page
      }
    }
    lay(\.isReadAllOver)
    let large =
      (length + Self.largePage - Self.fewestOfLargePage) / Self.largePage * Self.largePage
    lay { !$0.isReadAllOver }
    self.offsets = offsets
    // Room for a start at a multiple of the large page, and for all of the last one.
    self.length = large == 0 ? length : max(length, large) + Self.largePage
    let pages = mmap(
      nil, self.length, PROT_READ | PROT_WRITE,
      MAP_PRIVATE | Int32(MAP_ANONYMOUS) | Int32(MAP_NORESERVE), -1, 0)
    guard let pages, pages != MAP_FAILED else { return nil }
    self.pages = pages
    base = large == 0 ? pages : pages.alignedUp(toMultipleOf: Self.largePage)
    #if os(Linux)
      if large > 0 { madvise(base, large, Int32(MADV_HUGEPAGE)) }
    #endif
  }

  /// Room for the section, and for `SectionBytes.slack` bytes behind it.
  ///
  /// - Precondition: it is one of those that the memory is of.
  func room(for section: IndexSection) -> Room {
    Room(base: base + offsets[section.place], memory: self)
  }

  deinit { munmap(pages, length) }
}
