import CLibevent
import Glibc
import Synchronization

/// The state of a running server.
///
/// `@unchecked Sendable`: after `init` every member is accessed on the loop's thread only, except `dirty`,
/// which has its own lock.
final class Engine: @unchecked Sendable {
  let configuration: ServerConfiguration
  let loop: Loop
  let router: Router
  let authorize: Authorize
  let filters: Filters
  let log: @Sendable (AccessRecord) -> Void
  let requests: RequestQueue
  private(set) var tls: TLSContext?
  let http: OpaquePointer
  let trustedProxies: TrustedProxies
  let headerDeadline: Int64
  let bodyDeadline: Int64
  let idleTimeout: Int64
  let fixedHeaders: [UInt8]
  private let largestBody: Int

  var connections = Connections()
  /// The limit of connections: the configured one, or what the system allows.
  private(set) var mostConnections: Int
  /// Connections accepted in this turn of the loop, not yet known to evhttp.
  var fresh: [Connection] = []
  /// Connections whose first byte has not come, by descriptor.
  var greetings: [Int32: Greeting] = [:]
  /// What evhttp does with an accepted socket, where we look at its first byte before.
  var handover: Handover?
  /// Whether evhttp is being given a connection without TLS.
  var isTakingPlain = false
  /// Sockets with frames to send.
  let dirty = Mutex<[WebSocket]>([])
  var bodies: BodyBudget
  /// Bytes of responses waiting for their readers, by holder.
  var unread: Budget
  /// Number of open connections by address, except those of trusted proxies.
  var openings: Budget
  var trimmer = MemoryTrimmer()
  var isStopping = false
  /// Buffer for the head of a response; kept to reuse its memory.
  var scratch: [UInt8] = []

  var bound: OpaquePointer?
  private var adoption: OpaquePointer?
  var sweep: LoopTimer?
  /// Milliseconds in which every connection is checked once.
  private(set) var sweepInterval: Int64 = 1000
  /// The slice of the connections to check next.
  var nextSlice = 0
  private var patience: LoopTimer?
  /// libevent's tables are allocated for all descriptors below this number.
  private(set) var reserved: Int32 = 0
  private var lastConnection: UInt64 = 0
  private var lastRequest: UInt64 = 0
  private var dateLine: (seconds: Int64, text: [UInt8]) = (-1, [])
  private var ended: [@Sendable () -> Void] = []
  private(set) var hasEnded = false

  init(
    configuration: ServerConfiguration, loop: Loop, router: Router, authorize: @escaping Authorize,
    filters: Filters, log: @escaping @Sendable (AccessRecord) -> Void
  ) throws(ServerError) {
    guard let requests = RequestQueue(), let http = evhttp_new(loop.base) else {
      throw ServerError(code: .system, message: "libevent is not as expected on this system")
    }
    self.requests = requests
    self.http = http
    self.configuration = configuration
    mostConnections = configuration.maxConnections
    self.loop = loop
    self.router = router
    self.authorize = authorize
    self.filters = filters
    self.log = log
    trustedProxies = TrustedProxies(configuration.trustedProxies)
    bodies = BodyBudget(total: configuration.totalBodyLimit)
    unread = Budget(total: configuration.totalUnreadLimit, each: configuration.unreadLimit)
    openings = Budget(total: .max, each: configuration.connectionsPerAddress)
    headerDeadline = configuration.headerDeadline.milliseconds
    bodyDeadline = configuration.bodyDeadline.milliseconds
    idleTimeout = configuration.idleTimeout.milliseconds
    largestBody = router.routes.reduce(configuration.bodyLimit) { max($0, $1.bodyLimit ?? 0) }
    var fixed: [UInt8] = []
    for (name, value) in filters.headers { fixed.appendHeader(name, value) }
    fixedHeaders = fixed
    do {
      tls = try configuration.tls.map { files throws(ServerError) in try TLSContext(files) }
    } catch {
      evhttp_free(http)
      throw error
    }
  }

  var now: Int64 { Clock.coarseMilliseconds }

  /// Starts listening; on the loop's thread. Returns the port.
  func start() throws(ServerError) -> Int {
    do throws(ServerError) {
      let listening = try Listening.open(address: configuration.address, port: configuration.port)
      prepare()
      bound = evhttp_accept_socket_with_handle(http, listening.descriptor)
      guard let bound else {
        close(listening.descriptor)
        throw ServerError(code: .system, message: "libevent refuses the listening socket")
      }
      evconnlistener_set_error_cb(evhttp_bound_socket_get_listener(bound), acceptFailed)
      if tls != nil, configuration.takesPlainHTTP { try greetFirst(bound) }
      return listening.port
    } catch {
      tearDown()
      throw error
    }
  }

  private func prepare() {
    let me = Unmanaged.passUnretained(self).toOpaque()
    if let files = Descriptors.allow(configuration.maxConnections + Descriptors.others) {
      mostConnections = max(1, min(configuration.maxConnections, files - Descriptors.others))
    }
    evhttp_set_max_headers_size(http, configuration.headerLimit)
    evhttp_set_max_body_size(http, configuration.bodyLimit)
    evhttp_set_bevcb(http, makeBufferevent, me)
    adoption = event_new(loop.base, -1, 0, adoptConnections, me)
    let shortest = min(headerDeadline, bodyDeadline, idleTimeout, router.shortestSilence, 4000)
    sweepInterval = max(20, shortest / 4)
    planSweep()
  }

  /// Creates the bufferevent that evhttp uses for a new connection.
  fileprivate func accept() -> OpaquePointer? {
    reserveDescriptors()
    let options = Int32(BEV_OPT_CLOSE_ON_FREE.rawValue)
    let tls = isTakingPlain ? nil : tls
    let made = tls.map { $0.makeBufferevent(loop.base) } ?? bufferevent_socket_new(loop.base, -1, options)
    guard let made else { return nil }
    lastConnection += 1
    let connection = Connection(id: lastConnection, engine: self, isTLS: tls != nil, bufferevent: made)
    connection.deadline = now + headerDeadline
    bufferevent_setwatermark(made, Int16(EV_READ), 0, largestBody + configuration.headerLimit + 65_536)
    connections[connection.id] = connection
    fresh.append(connection)
    if fresh.count == 1, let adoption { event_active(adoption, Int32(EV_TIMEOUT), 0) }
    return made
  }

  /// Allocates libevent's tables ahead; the kernel gives a new connection the lowest free descriptor.
  private func reserveDescriptors() {
    guard connections.count + Descriptors.others > reserved else { return }
    let next = reserved + 1024
    loop.reserve(descriptors: reserved..<next)
    reserved = next
  }

  /// Runs later in the turn in which connections were accepted: by then evhttp has created its own connection
  /// and set the callbacks.
  fileprivate func adopt() {
    let arrived = fresh
    fresh = []
    for connection in arrived {
      var argument: UnsafeMutableRawPointer?
      bufferevent_getcb(connection.bufferevent, nil, nil, nil, &argument)
      connection.letGo()
      guard let argument else {
        connections[connection.id] = nil
        continue
      }
      let handle = OpaquePointer(argument)
      connection.handle = handle
      evhttp_connection_set_closecb(handle, connectionClosed, Unmanaged.passUnretained(connection).toOpaque())
      readPeer(connection, handle)
      if isStopping || connections.count > mostConnections {
        turnAway(connection, .unavailable)
      } else if !isWelcome(connection) {
        turnAway(connection, .tooManyConnections)
      }
    }
  }

  private func readPeer(_ connection: Connection, _ handle: OpaquePointer) {
    var address: UnsafeMutablePointer<CChar>?
    var port: UInt16 = 0
    evhttp_connection_get_peer(handle, &address, &port)
    guard let address else { return }
    let text = String(cString: address)
    connection.peerAddress = Address.normalized(text) ?? text
    connection.isFromTrustedProxy = trustedProxies.contains(connection.peerAddress)
  }

  /// Counts a connection for its address; false when that has too many. Connections of a trusted proxy are
  /// not counted.
  private func isWelcome(_ connection: Connection) -> Bool {
    guard !connection.isFromTrustedProxy else { return true }
    let holder = Address.network(of: connection.peerAddress)
    guard openings.hasRoom(for: 1, of: holder) else { return false }
    openings.take(1, for: holder)
    connection.holder = holder
    return true
  }

  /// Returns the memory counted for the connection's request body and response.
  func giveBack(_ connection: Connection) {
    if let share = connection.bodyShare {
      bodies.giveBack(share)
      trimmer.freed(share.bytes, engine: self)
    }
    connection.bodyShare = nil
    let answer = connection.answerShare
    unread.giveBack(answer.amount, of: answer.holder)
    trimmer.freed(answer.amount, engine: self)
    connection.answerShare = Share()
  }

  /// Called when evhttp has freed the connection, for any reason.
  fileprivate func closed(_ connection: Connection) {
    if connection.phase == .handling, let incoming = connection.incoming {
      record(incoming, on: connection, status: 499, bytes: 0, error: "the client left")
    }
    connection.handle = nil
    connection.forgetRequest()
    if let holder = connection.holder { openings.giveBack(1, of: holder) }
    connection.holder = nil
    connections[connection.id] = nil
    connection.channel?.lost()
    connection.channel = nil
    if isStopping { endIfQuiet() } else { trimmer.freed(MemoryTrimmer.connection, engine: self) }
  }

  /// Uses another certificate for connections from now on.
  func use(_ context: TLSContext) { tls = context }

  func nextRequestID() -> UInt64 {
    lastRequest += 1
    return lastRequest
  }

  /// The line `Date: …`, formatted once per second.
  func currentDateLine() -> [UInt8] {
    let seconds = Clock.wallSeconds
    if seconds != dateLine.seconds {
      var text: [UInt8] = []
      text.append("Date: ")
      text.appendHTTPDate(seconds * 1000)
      text.append("\r\n")
      dateLine = (seconds, text)
    }
    return dateLine.text
  }
}

extension Engine {
  /// Stops listening, closes idle connections and sends close frames to WebSockets; `done` is called when all
  /// connections are closed.
  func stop(grace: Duration, done: @escaping @Sendable () -> Void) {
    if hasEnded { return done() }
    ended.append(done)
    guard !isStopping else { return }
    isStopping = true
    if let bound { evhttp_del_accept_socket(http, bound) }
    bound = nil
    dismissGreetings()
    for connection in connections.all {
      switch connection.phase {
      case .fresh, .idle, .lingering: connection.drop()
      case .upgraded: connection.channel?.goAway()
      case .headers, .body, .handling, .writing: break
      }
    }
    patience = loop.timer(after: grace) { [self] in
      for connection in connections.all { connection.drop() }
    }
    endIfQuiet()
  }

  private func endIfQuiet() {
    guard connections.count == 0, !hasEnded else { return }
    hasEnded = true
    // Deferred, because evhttp may be freeing the connection that calls this.
    loop.run { [self] in
      tearDown()
      for done in ended { done() }
      ended = []
    }
  }

  private func tearDown() {
    // Breaks the reference cycle between the timers and the engine.
    for timer in [sweep, patience] { timer?.cancel() }
    trimmer.cancel()
    (sweep, patience) = (nil, nil)
    if let adoption { event_free(adoption) }
    adoption = nil
    evhttp_free(http)
  }
}

private func makeBufferevent(_ base: OpaquePointer?, _ argument: UnsafeMutableRawPointer?) -> OpaquePointer? {
  guard let argument else { return nil }
  return Unmanaged<Engine>.fromOpaque(argument).takeUnretainedValue().accept()
}

private func adoptConnections(_ descriptor: Int32, _ what: Int16, _ argument: UnsafeMutableRawPointer?) {
  guard let argument else { return }
  Unmanaged<Engine>.fromOpaque(argument).takeUnretainedValue().adopt()
}

private func connectionClosed(_ handle: OpaquePointer?, _ argument: UnsafeMutableRawPointer?) {
  guard let argument else { return }
  let connection = Unmanaged<Connection>.fromOpaque(argument).takeUnretainedValue()
  connection.engine.closed(connection)
}
