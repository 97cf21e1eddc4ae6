import HTTP
import Synchronization

/// A socket whose protocol, ours or an older client's, is determined by its first frame.
final class ProtocolSwitch: WebSocketDelegate {
  private struct State {
    var isDecided = false
    var session: any WebSocketDelegate
  }

  private let sockets: Sockets
  private let language: Language
  private let state: Mutex<State>

  /// Throws 429 when the account has too many sockets.
  init(_ sockets: Sockets, request: Request, socket: WebSocket) throws(Failure) {
    self.sockets = sockets
    language = request.language
    state = Mutex(State(session: try SocketSession(sockets, request: request, socket: socket)))
  }

  func opened(_ socket: WebSocket) { session.opened(socket) }

  func received(text: String, on socket: WebSocket) {
    if state.withLock({ !$0.isDecided }) { decide(text, socket) }
    session.received(text: text, on: socket)
  }

  func received(binary: [UInt8], on socket: WebSocket) { session.received(binary: binary, on: socket) }

  func closed(_ socket: WebSocket, code: UInt16?) { session.closed(socket, code: code) }

  private var session: any WebSocketDelegate { state.withLock { $0.session } }

  /// For another protocol, ends our session as if its socket had closed, and replaces it.
  private func decide(_ text: String, _ socket: WebSocket) {
    let type = JSONValue(parsing: text)?["type"]?.string ?? ""
    let other = sockets.handlers.dialects[type].map { $0(socket, language) }
    let ours = state.withLock { state in
      state.isDecided = true
      guard let other else { return nil as (any WebSocketDelegate)? }
      defer { state.session = other }
      return state.session
    }
    ours?.closed(socket, code: nil)
  }
}
