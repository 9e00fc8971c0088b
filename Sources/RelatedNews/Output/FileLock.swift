import Foundation

/// Whether the calling process gets the lock (`flock`) of an open file before `deadline`.
///
/// A child that this process starts has its open files, and so its locks, until it becomes another
/// program: a file that was closed a moment ago may seem to be in use. So even who does not want to
/// wait for another process asks again for a while.
func takeLock(
  of descriptor: Int32, until deadline: ContinuousClock.Instant = .now + .milliseconds(500)
) -> Bool {
  while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
    guard errno == EWOULDBLOCK || errno == EINTR, .now < deadline else { return false }
    usleep(10_000)
  }
  return true
}
