import HTTP
import Synchronization

/// Socket.IO for older clients, over polling and WebSocket; translates between their events and ours.
struct SocketIO: Feature {
  let sockets: Sockets
  private let sessions = SocketIOSessions()
  private let words = Translations<Frame>(SocketIOWords.packets)

  private var limits: EngineIOLimits {
    var limits = EngineIOLimits()
    limits.maxQueued = sockets.limits.maxQueued
    return limits
  }

  var routes: [Route] {
    var socketLimits = sockets.limits
    socketLimits.maxMessage = min(socketLimits.maxMessage, limits.maxPayload)
    // The error schema of the Engine.IO protocol, and that of the filters that run before it.
    let refusal = Schema.either([.members(["code": .integer, "message": .string]), .failure])
    let query: [QueryParameter] = [
      .init("EIO", .string, "4, to open a session"), .init("transport", .string, "polling or websocket"),
      .init("sid", .string, "the ID of an open session"),
    ]
    return ["/socket.io/", "/socket.io"].flatMap { path -> [Route] in
      [
        .get(path, .everyone, "Socket.IO: open a session or poll for packets", poll)
          .reading(query).producing("text/plain").refusing(refusal),
        .post(path, .everyone, "Socket.IO: send packets", bodyLimit: limits.maxPayload, push)
          .reading(query).consuming("text/plain").producing("text/plain").refusing(refusal),
        .webSocket(path, .everyone, "Socket.IO over a WebSocket", limits: socketLimits, accept: accept),
      ]
    }
  }

  func windDown() { sessions.stop() }

  private func poll(_ request: Request) async throws -> Response {
    do throws(EngineIORefusal) {
      guard request.method == .get else { throw .badHandshakeMethod }
      if let session = try sessions.find(request, .polling) {
        return text(EngineIO.Packet.payload(await session.wire.poll()))
      }
      try EngineIORefusal.check(handshake: request)
    } catch {
      return error.response
    }
    let session = try begin(.polling, request)
    return text(EngineIO.Packet.open(session.sid, .polling, limits).payload)
  }

  private func push(_ request: Request) async throws -> Response {
    do throws(EngineIORefusal) {
      guard let session = try sessions.find(request, .polling) else { throw .badHandshakeMethod }
      guard session.wire.receive(request.body) else { throw .badRequest }
      return text(Array("ok".utf8))
    } catch {
      return error.response
    }
  }

  private func accept(_ request: Request, _ socket: WebSocket) throws -> any WebSocketDelegate {
    do throws(EngineIORefusal) {
      if let session = try sessions.find(request, .websocket) {
        guard session.wire.offer(socket) else { throw .badRequest }
        return session.wire
      }
      try EngineIORefusal.check(handshake: request)
    } catch {
      throw error.failure
    }
    let session = try begin(.websocket, request, socket)
    session.wire.send([EngineIO.Packet.open(session.sid, .websocket, limits)])
    return session.wire
  }

  private func begin(
    _ transport: EngineIO.Transport, _ request: Request, _ socket: WebSocket? = nil
  ) throws(Failure) -> SocketIOSession {
    let wire = EngineIOWire(transport, limits: limits, loop: sockets.loop, socket: socket)
    let session = try SocketIOSession(sockets, words: words, request: request, wire: wire) {
      [sessions] sid in sessions.remove(sid)
    }
    sessions.add(session)
    wire.open(owner: session)
    return session
  }

  private func text(_ bytes: [UInt8]) -> Response {
    var response = Response.bytes(bytes, contentType: "text/plain; charset=UTF-8")
    response.add("Cache-Control", "no-store")
    return response
  }
}

/// The open sessions by session id.
final class SocketIOSessions: Sendable {
  private struct State {
    var bySID: [String: SocketIOSession] = [:]
    var isStopping = false
  }

  private let state = Mutex(State())

  /// The session of a request; nil when the request starts a new one.
  func find(
    _ request: Request, _ way: EngineIO.Transport
  ) throws(EngineIORefusal) -> SocketIOSession? {
    guard let transport = request.query["transport"].flatMap(EngineIO.Transport.init) else {
      throw .unknownTransport
    }
    guard let sid = request.query["sid"], !sid.isEmpty else {
      guard transport == way else { throw .badRequest }
      return nil
    }
    guard let session = state.withLock({ $0.bySID[sid] }) else { throw .unknownSession }
    // A WebSocket with a session id is always an upgrade from polling.
    guard transport == way, session.wire.transport == .polling else { throw .badRequest }
    return session
  }

  func add(_ session: SocketIOSession) {
    let isStopping = state.withLock { state in
      state.bySID[session.sid] = session
      return state.isStopping
    }
    if isStopping { session.wire.leave(code: 1001) }
  }

  func remove(_ sid: String) {
    state.withLock { $0.bySID[sid] = nil }
  }

  /// Ends all sessions, including those opened later.
  func stop() {
    let open = state.withLock { state in
      state.isStopping = true
      return Array(state.bySID.values)
    }
    for session in open { session.close(code: 1001, reason: "") }
  }
}

/// Errors of Engine.IO requests, with the codes and messages of the original server.
enum EngineIORefusal: Int, Error {
  case unknownTransport = 0
  case unknownSession = 1
  case badHandshakeMethod = 2
  case badRequest = 3
  case unsupportedVersion = 5

  /// Throws when a handshake request is invalid.
  static func check(handshake request: Request) throws(EngineIORefusal) {
    guard request.query["EIO"] == "4" else { throw .unsupportedVersion }
  }

  var message: String {
    switch self {
    case .unknownTransport: "Transport unknown"
    case .unknownSession: "Session ID unknown"
    case .badHandshakeMethod: "Bad handshake method"
    case .badRequest: "Bad request"
    case .unsupportedVersion: "Unsupported protocol version"
    }
  }

  var response: Response {
    .json(400) { json in
      json.object { json in
        json.field("code", rawValue)
        json.field("message", message)
      }
    }
  }

  /// The error for a WebSocket handshake, whose response body clients cannot read.
  var failure: Failure {
    Failure(400, "ENGINE_IO_\(rawValue)", Sentence(fr: message, en: message))
  }
}
