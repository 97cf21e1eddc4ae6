import CLibevent
import Glibc

/// Where libevent keeps the request that a connection is about to receive.
///
/// evhttp 2.1 shows a server its requests only when they are complete, and answers what it refuses itself
/// with pages of HTML. A request's callbacks are public, and so is its link in the connection's queue: the
/// first one's `tqe_prev` is the address of the queue's head. Its distance from the connection is measured
/// once on a connection of our own, and checked, so that callbacks can be set before the headers arrive.
struct RequestQueue {
  private let offset: Int

  /// Nil when libevent does not look as expected.
  init?() {
    guard let port = Listening.ephemeral(), let base = event_base_new() else { return nil }
    defer {
      close(port.descriptor)
      event_base_free(base)
    }
    guard let connection = evhttp_connection_base_new(base, nil, "127.0.0.1", port.number) else { return nil }
    defer { evhttp_connection_free(connection) }
    guard let request = evhttp_request_new(nil, nil),
      evhttp_make_request(connection, request, EVHTTP_REQ_GET, "/") == 0,
      let head = request.pointee.next.tqe_prev, head.pointee == request
    else { return nil }
    offset = UnsafeRawPointer(head) - UnsafeRawPointer(connection)
    guard offset > 0, offset < 1024 else { return nil }
  }

  /// The request that an open connection of a server receives or answers.
  func current(_ connection: OpaquePointer) -> UnsafeMutablePointer<evhttp_request>? {
    let head = UnsafeRawPointer(connection).advanced(by: offset)
    return head.load(as: UnsafeMutablePointer<evhttp_request>?.self)
  }
}
