import CLibevent
import Glibc

/// Finds the request that a connection is about to receive, in libevent's private memory.
///
/// evhttp 2.1 passes a request to the server only when it is complete, and answers errors itself with HTML
/// pages. To set callbacks before the headers arrive, we need the request earlier. Its link in the
/// connection's queue is public: `tqe_prev` of the first request is the address of the queue's head. The
/// offset of that head in the connection is measured once on a connection of our own, and verified.
struct RequestQueue {
  private let offset: Int

  /// Nil when libevent's memory layout is not as expected.
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

  /// The request that a server connection is receiving or answering.
  func current(_ connection: OpaquePointer) -> UnsafeMutablePointer<evhttp_request>? {
    let head = UnsafeRawPointer(connection).advanced(by: offset)
    return head.load(as: UnsafeMutablePointer<evhttp_request>?.self)
  }
}
