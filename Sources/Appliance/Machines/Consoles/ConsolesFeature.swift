import HTTP
import Hypervisor

/// The screens and serial lines of machines.
///
/// A browser cannot send headers with a WebSocket, nor read why one was refused: it asks for a ticket first.
struct ConsolesFeature: Feature {
  static let socketPrefix = "/ws/console/"

  private let consoles: Consoles
  private var base: MachineOperations { consoles.base }

  init(_ base: MachineOperations, sockets: Sockets) { consoles = Consoles(base, sockets) }

  var routes: [Route] {
    [
      .post(
        "/api/vms/:id/console", .signedIn,
        "Get a ticket that opens a machine's console once, within 30 seconds",
        request: .members(
          ["kind": .words(ConsoleKind.self)],
          optional: ["viewOnly": .described("discard what is typed", .boolean)]),
        response: .members(["ticket": .string]), ticket),
      .webSocket(
        Self.socketPrefix + ":ticket", .signedIn,
        "A machine's console: binary frames of the VNC protocol (RFC 6143), or of the serial line",
        limits: consoles.sockets.limits
      ) { [consoles] request, socket in try consoles.accept(request, socket) },
    ]
  }

  func stop() async { await consoles.stop() }

  private func ticket(_ request: Request) async throws -> Response {
    let signedIn = try request.interactive()
    let machine = try await base.machine(for: request)
    let body = try request.json()
    guard let kind = (body["kind"]?.string).flatMap(ConsoleKind.init) else {
      throw Failure.invalid([.consoleKind])
    }
    guard base.host.hasConsoles else { throw Failure.noConsoles }
    guard base.host.isConnected else { throw Failure.consoleHostSilent }
    guard machine.status.hasConsole else { throw Failure.consoleNeedsRunning }
    try consoles.places.check(signedIn.account.id)
    let text = consoles.tickets.issue(
      for: signedIn, machine, kind, isViewOnly: body["viewOnly"]?.bool ?? false)
    return .json { json in
      json.object { json in
        json.field("ticket", text)
      }
    }
  }
}
