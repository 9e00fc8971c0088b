/// A whole section as entries of equal width, read where it stands, without a copy.
///
/// `@unchecked`: what a section hands out never changes and lives as long as the section, which is
/// held here.
struct SectionColumn: @unchecked Sendable {
  private let section: SectionBytes
  let bytes: UnsafeRawBufferPointer
  private let width: Int
  private let mask: UInt64

  /// - Parameter width: bytes of an entry, 1 to 8.
  init(_ section: SectionBytes, width: Int) throws(IndexFileError) {
    self.section = section
    self.width = width
    bytes = try section.all()
    mask = width == 8 ? .max : 1 << UInt64(8 * width) - 1
  }

  /// An entry as a number. Eight bytes behind a section's last may be read.
  @inline(__always)
  subscript(index: Int) -> UInt64 {
    // Through the address, as a buffer checks its end in debug builds.
    let entry = bytes.baseAddress.unsafelyUnwrapped + index * width
    return UInt64(littleEndian: entry.loadUnaligned(as: UInt64.self)) & mask
  }
}
