import CLibevent
import Glibc

extension Connection {
  /// Bytes of one piece: a power of two with libevent's own head of a piece, so that none are left over.
  private static let piece = (64 << 10) - 64
  /// Bytes in one turn of the loop; others have theirs in between.
  private static let mostAtOnce = 1 << 20

  /// Takes what else the socket holds of a large body. libevent takes 4 KiB at a time and asks for events in between,
  /// which costs more than all else that is done with a file.
  ///
  /// Called while libevent adds to the buffer, which is the only time when that may be added to.
  func readOn() {
    guard !isReadingOn, engine.tls == nil, let input = bufferevent_get_input(bufferevent) else { return }
    isReadingOn = true
    defer { isReadingOn = false }
    var taken = 0
    while taken < Self.mostAtOnce, let wanted = bytesToRead() {
      // Exactly what is there: room that stays empty is counted for nobody.
      var space = iovec()
      guard evbuffer_reserve_space(input, wanted, &space, 1) == 1, let start = space.iov_base else { return }
      // An end or an error is libevent's to find.
      let count = recv(bufferevent_getfd(bufferevent), start, min(space.iov_len, wanted), Int32(MSG_DONTWAIT))
      guard count > 0 else { return }
      space.iov_len = count
      evbuffer_commit_space(input, &space, 1)
      taken += count
    }
  }

  /// How much of the body can be read now; nil for nothing, and where it is refused or small.
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
