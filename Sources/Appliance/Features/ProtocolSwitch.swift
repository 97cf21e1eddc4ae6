import HTTP
import Synchronization

/// A socket whose words are told by its first frame: ours, or those of an older client.
final class ProtocolSwitch: WebSocketDelegate {
  private struct State {
    var isDecided = false
    var session: any WebSocketDelegate
  }

  private let sockets: Sockets
  private let language: Language
  private let state: Mutex<State>

  /// Throws 429 where the account has too many sockets already.
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

  /// Where these are not our words, our session goes as if its socket had closed, and another takes its place.
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
