import CRelatedNews

/// Tells the system's allocator to keep memory that was freed for what is wanted next, and to take
/// more at once.
///
/// By itself glibc gives large arrays back as soon as they are freed and asks for the next one anew,
/// page by page: a tenth of the time from text to vectors, and a twentieth of a cold `suggest` (the
/// commands of README with `GLIBC_TUNABLES=glibc.malloc.top_pad=8388608` and the like before them, and
/// without). It concerns the whole process, so only programs call it, not the library. With another
/// C library than glibc nothing happens.
package func keepFreedMemory() {
  #if canImport(Glibc)
    // The largest that glibc takes; arrays above it still come and go by themselves.
    mallopt(M_MMAP_THRESHOLD, 32 << 20)
    mallopt(M_TRIM_THRESHOLD, .max)
    mallopt(M_TOP_PAD, 8 << 20)
  #endif
}
