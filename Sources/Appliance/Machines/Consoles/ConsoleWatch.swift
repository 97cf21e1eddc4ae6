import HTTP

/// One open console: a person's socket, from the handshake to its close.
///
/// `@unchecked Sendable`: what changes is used on the loop's thread only.
final class ConsoleWatch: WebSocketDelegate, @unchecked Sendable {
  private enum Stage {
    case opening
    case open(any ConsolePort, since: Int64)
    case closed
  }

  let ticket: ConsoleTicket
  let socket: WebSocket
  /// Lets the hub end it with the session, like the sockets of `/ws`.
  let subscriber: Subscriber
  private let consoles: Consoles
  private var stage = Stage.opening

  init(
    _ ticket: ConsoleTicket, _ signedIn: SignedIn, _ request: Request, _ socket: WebSocket,
    _ consoles: Consoles
  ) {
    self.ticket = ticket
    self.socket = socket
    self.consoles = consoles
    subscriber = Subscriber(
      socket: ConsoleSink(socket, isOwner: ticket.isOwner), language: request.language, signedIn: signedIn)
  }

  func opened(_ socket: WebSocket) { consoles.open(self) }

  /// The machine's side is there. `since` is when, on the clock of `elapsed`.
  func attach(_ port: any ConsolePort, since: Int64) {
    guard case .opening = stage else {
      // The socket closed meanwhile.
      port.leave(self)
      return consoles.ended(self, since: since)
    }
    stage = .open(port, since: since)
    port.join(self)
  }

  /// What comes before the console is open is discarded.
  func received(binary: [UInt8], on socket: WebSocket) {
    if case .open(let port, _) = stage { port.typed(binary, by: self) }
  }

  func received(text: String, on socket: WebSocket) { socket.close(code: 1003, reason: "") }

  func flushed(_ socket: WebSocket) {
    if case .open(let port, _) = stage { port.flushed(self) }
  }

  func closed(_ socket: WebSocket, code: UInt16?) {
    let last = stage
    stage = .closed
    consoles.left(self)
    guard case .open(let port, let since) = last else { return }
    port.leave(self)
    consoles.ended(self, since: since)
  }

  /// Closes the socket with the reason for the page. On any thread.
  func end(_ reason: ConsoleEnd) { socket.close(code: ConsoleEnd.code, reason: reason.rawValue) }
}

/// A console's socket as the hub knows it: it ends with the session, and gets none of the frames of `/ws`.
final class ConsoleSink: FrameSink {
  private let socket: WebSocket
  private let isOwner: Bool

  init(_ socket: WebSocket, isOwner: Bool) {
    self.socket = socket
    self.isOwner = isOwner
  }

  var id: UInt64 { socket.id }
  var peerAddress: String { socket.peerAddress }
  var queuedBytes: Int { socket.queuedBytes }
  var isClosing: Bool { socket.isClosing }

  func send(_ frame: Frame) {}

  func close(code: UInt16, reason: String) { socket.close(code: code, reason: reason) }

  /// Who is no longer an admin may not watch the machines of others.
  func accountChanged(_ account: Account) {
    guard !isOwner, account.role != .admin else { return }
    close(code: ConsoleEnd.code, reason: ConsoleEnd.forbidden.rawValue)
  }
}
