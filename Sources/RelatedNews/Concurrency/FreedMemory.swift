import Foundation

/// Tells the system's allocator to keep memory that was freed for what is wanted next, and to take
/// more at once.
///
/// By itself glibc gives large arrays back as soon as they are freed and asks for the next one anew,
/// page by page: a tenth of the time from text to vectors, and a twentieth of a cold `suggest` (the
/// commands of README with `GLIBC_TUNABLES=glibc.malloc.top_pad=8388608` and the like before them, and
/// without). It concerns the whole process, so only programs call it, not the library. Where the
/// system has no `mallopt`, nothing happens.
package func keepFreedMemory() {
  // Swift's overlay of glibc leaves `malloc.h` out. A null handle stands for the whole program.
  guard let symbol = dlsym(nil, "mallopt") else { return }
  let mallopt = unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)
  let (trimThreshold, topPad, mmapThreshold): (Int32, Int32, Int32) = (-1, -2, -3)
  // The largest that glibc takes; arrays above it still come and go by themselves.
  _ = mallopt(mmapThreshold, 32 << 20)
  _ = mallopt(trimThreshold, .max)
  _ = mallopt(topPad, 8 << 20)
}
