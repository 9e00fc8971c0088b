import Foundation

/// Whether the calling process gets the lock (`flock`) of an open file.
///
/// A child that this process starts has its open files, and so its locks, until it becomes another
/// program: a file that was closed a moment ago may seem to be in use. So who finds it taken asks
/// again for `patience` seconds.
func takeLock(of descriptor: Int32, patience: Double = 0.5) -> Bool {
  var waited = 0.0
  while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
    guard errno == EWOULDBLOCK || errno == EINTR, waited < patience else { return false }
    usleep(10_000)
    waited += 0.01
  }
  return true
}
