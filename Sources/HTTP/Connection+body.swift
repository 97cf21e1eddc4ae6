import CLibevent
import Glibc

extension Connection {
  /// Bytes read at once: with libevent's header a power of two, so that malloc wastes nothing.
  private static let piece = (64 << 10) - 64
  /// Bytes read in one turn of the loop, so that other connections are served in between.
  private static let mostAtOnce = 1 << 20

  /// Reads the bytes of a large body that are available on the socket. libevent alone reads 4 KiB at a time
  /// and polls in between, which costs more than the rest of an upload.
  ///
  /// Must be called while libevent adds to the input buffer, the only time when adding to it is allowed.
  func readOn() {
    guard !isReadingOn, !isTLS, let input = bufferevent_get_input(bufferevent) else { return }
    isReadingOn = true
    defer { isReadingOn = false }
    var taken = 0
    while taken < Self.mostAtOnce, let wanted = bytesToRead() {
      // Reserve only what is available: unused space in the buffer is counted by no limit.
      var space = iovec()
      guard evbuffer_reserve_space(input, wanted, &space, 1) == 1, let start = space.iov_base else { return }
      // End of stream and errors are left for libevent to detect.
      let count = recv(bufferevent_getfd(bufferevent), start, min(space.iov_len, wanted), Int32(MSG_DONTWAIT))
      guard count > 0 else { return }
      space.iov_len = count
      evbuffer_commit_space(input, &space, 1)
      taken += count
    }
  }

  /// Number of bytes to read now; nil when there are none, or when the body is small or refused.
  private func bytesToRead() -> Int? {
    guard phase == .body, let share = bodyShare, !share.isSmall,
      Int32(bufferevent_get_enabled(bufferevent)) & EV_READ != 0
    else { return nil }
    var waiting: Int32 = 0
    guard ioctl(bufferevent_getfd(bufferevent), UInt(FIONREAD), &waiting) == 0, waiting > 0 else {
      return nil
    }
    let left = incoming?.contentLength.map { $0 - share.bytes } ?? Self.piece
    let wanted = min(Int(waiting), Self.piece, left)
    return wanted > 0 ? wanted : nil
  }
}
