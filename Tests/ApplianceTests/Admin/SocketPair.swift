import Glibc

/// Two sockets that are open for one test.
final class SocketPair {
  struct Refused: Error {}

  private var ends: [Int32] = [-1, -1]

  init() throws {
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { throw Refused() }
  }

  deinit {
    for end in ends { close(end) }
  }
}
