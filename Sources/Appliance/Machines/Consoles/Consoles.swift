import HTTP
import Hypervisor
import Store
import Synchronization

/// The open consoles of all machines: who may open one, and what is recorded of it.
final class Consoles: Sendable {
  let base: MachineOperations
  let sockets: Sockets
  let tickets: ConsoleTickets
  let places = ConsolePlaces()
  private let lines: SerialLines
  /// The writes about consoles that have ended, which must be done before the database is closed.
  private let endings = Mutex<[UInt64: Task<Void, Never>]>([:])

  init(_ base: MachineOperations, _ sockets: Sockets) {
    self.base = base
    self.sockets = sockets
    tickets = ConsoleTickets(clock: base.clock)
    lines = SerialLines(loop: sockets.loop)
  }

  /// Accepts a socket that brings a ticket.
  func accept(_ request: Request, _ socket: WebSocket) throws -> ConsoleWatch {
    guard let signedIn = sockets.caller(request) else { throw Failure.unauthenticated }
    let ticket = try tickets.redeem(request.parameter("ticket"), by: signedIn)
    try places.take(ticket.account)
    let watch = ConsoleWatch(ticket, signedIn, request, socket, self)
    guard sockets.hub.add(watch.subscriber) else {
      places.leave(ticket.account)
      throw Failure.tooManySockets
    }
    sockets.catchUp(watch.subscriber)
    return watch
  }

  /// Connects a socket with its machine; nothing passes before the opening is on record.
  func open(_ watch: ConsoleWatch) {
    Task { [self] in
      do {
        let machine = try await base.database.read { try self.machine(of: watch, in: $0).machine }
        let port = try await port(for: watch, machine)
        try await base.database.write { try self.record(watch, in: $0) }
        let since = base.clock.elapsed()
        sockets.loop.run { watch.attach(port, since: since) }
      } catch {
        let reason = ConsoleEnd(error)
        if reason == .failed { base.log.warn("console") { $0.field("error", error) } }
        watch.end(reason)
      }
    }
  }

  private func port(for watch: ConsoleWatch, _ machine: Machine) async throws -> any ConsolePort {
    let (host, uuid) = (base.host, machine.uuid)
    switch watch.ticket.kind {
    case .serial:
      return try await lines.line(of: machine.id) { try await host.openConsole(uuid, .serial) }
    case .vnc:
      guard let file = try await host.openConsole(uuid, .vnc).take() else { throw Failure.internalError }
      return ScreenPort(file, on: sockets.loop, isViewOnly: watch.ticket.isViewOnly)
    }
  }

  /// The socket was closed.
  func left(_ watch: ConsoleWatch) {
    places.leave(watch.ticket.account)
    sockets.hub.remove(watch.subscriber)
  }

  /// Records the end of a console whose opening was recorded.
  func ended(_ watch: ConsoleWatch, since: Int64) {
    let (id, seconds) = (watch.socket.id, (base.clock.elapsed() - since) / 1000)
    endings.withLock { endings in
      endings[id] = Task { [self] in
        do {
          try await base.database.write { try self.recordEnd(watch, seconds: seconds, in: $0) }
        } catch {
          base.log.warn("console") { $0.field("error", error) }
        }
        self.endings.withLock { $0[id] = nil }
      }
    }
  }

  /// Ends the lines and waits for what is to be recorded. The sockets were closed before.
  func stop() async {
    lines.close()
    while let task = endings.withLock({ $0.values.first }) { await task.value }
  }
}
