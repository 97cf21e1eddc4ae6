import Glibc
import HTTP
import Hypervisor
import Synchronization
import TestSupport
import Testing

@testable import Appliance

/// Plays the machines' side of consoles, which libvirt's test driver does not have.
final class ConsoleStandIn: Sendable {
  private let ends = Mutex<[(domain: String, kind: ConsoleKind, file: Int32)]>([])
  private let refusal = Mutex<HypervisorError?>(nil)

  init(_ host: Host) {
    host.simulateConsoles { [weak self] domain, kind in
      guard let self else { throw HypervisorError(.notFound, "over", operation: "open") }
      return try open(domain, kind)
    }
  }

  deinit { for end in ends.withLock({ $0 }) { close(end.file) } }

  /// The consoles opened so far.
  var kinds: [ConsoleKind] { ends.withLock { $0.map(\.kind) } }

  /// From now on, opening fails.
  func refuse(_ code: HypervisorError.Code?) {
    refusal.withLock { $0 = code.map { HypervisorError($0, "refused by the test", operation: "open") } }
  }

  private func open(_ domain: String, _ kind: ConsoleKind) throws -> OpenDescriptor {
    if let refusal = refusal.withLock({ $0 }) { throw refusal }
    var pair: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &pair) == 0 else {
      throw HypervisorError(.busy, "no descriptor is left", operation: "open")
    }
    ends.withLock { $0.append((domain, kind, pair[1])) }
    return OpenDescriptor(pair[0])
  }

  private func file(_ number: Int) throws -> Int32 {
    try ends.withLock { ends in
      guard ends.indices.contains(number) else { throw TestClient.Broken(reason: "no console \(number)") }
      return ends[number].file
    }
  }

  /// Sends from the machine.
  func send(_ bytes: [UInt8], on number: Int = 0) async throws {
    let file = try file(number)
    let sent = await onThread { Glibc.send(file, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
    #expect(sent == bytes.count)
  }

  func send(_ text: String, on number: Int = 0) async throws { try await send(Array(text.utf8), on: number) }

  /// Reads what came to the machine; fewer bytes at the end of the console.
  func read(_ count: Int, on number: Int = 0) async throws -> [UInt8] {
    let file = try file(number)
    return await onThread {
      var all: [UInt8] = []
      while all.count < count {
        var piece = [UInt8](repeating: 0, count: count - all.count)
        let got = recv(file, &piece, piece.count, 0)
        guard got > 0 else { break }
        all += piece.prefix(got)
      }
      return all
    }
  }

  /// Ends a console as the machine does when it stops.
  func end(_ number: Int = 0) throws { shutdown(try file(number), Int32(SHUT_RDWR)) }
}

/// An appliance with the running machine of `lea`, and consoles played by the test.
struct ConsoleBench {
  let test: TestAppliance
  let lea: TestClient
  let machine: Int64
  let machines: ConsoleStandIn

  static func run(
    clock: Clock = .system, sockets: WebSocketLimits = .lenient,
    _ body: (ConsoleBench) async throws -> Void
  ) async throws {
    try await TestAppliance.run(clock: clock, sockets: sockets) { test in
      let lea = try await test.person("lea")
      let bench = ConsoleBench(
        test: test, lea: lea, machine: try await test.machine(of: lea),
        machines: ConsoleStandIn(test.appliance.host))
      try await body(bench)
    }
  }

  var path: String { "/api/vms/\(machine)/console" }

  func ticket(
    _ client: TestClient, _ kind: String = "serial", viewOnly: Bool = false
  ) async throws -> String {
    let answer = try await client.post(path, ["kind": .string(kind), "viewOnly": .bool(viewOnly)])
    guard answer.status == 200, let ticket = answer.json["ticket"]?.string else {
      throw TestClient.Broken(reason: answer.text)
    }
    return ticket
  }

  func watch(
    _ client: TestClient, _ kind: String = "serial", viewOnly: Bool = false
  ) async throws -> TestWebSocket {
    let ticket = try await ticket(client, kind, viewOnly: viewOnly)
    return try await TestWebSocket.open(client, at: "/ws/console/" + ticket)
  }

  /// A watcher that is known to be connected.
  func watching(_ client: TestClient, viewOnly: Bool = false) async throws -> TestWebSocket {
    let before = try await openings()
    let socket = try await watch(client, viewOnly: viewOnly)
    let isOpen = try await test.changes.wait { try await openings() > before }
    #expect(isOpen)
    try await machines.send("hello ", on: try await opened("serial"))
    _ = try await socket.text { $0.hasSuffix("hello ") }
    return socket
  }

  /// The number of the newest console of a kind, once there is one.
  func opened(_ kind: String) async throws -> Int {
    let isOpen = await test.changes.wait { machines.kinds.contains { $0.rawValue == kind } }
    guard isOpen, let number = machines.kinds.lastIndex(where: { $0.rawValue == kind }) else {
      throw TestClient.Broken(reason: "no console was opened")
    }
    return number
  }

  /// How often a console was opened, by anybody.
  func openings() async throws -> Int64 {
    let sql = "SELECT sum(count) FROM audit WHERE action IN ('console_opened', 'console_watched')"
    return try await test.appliance.database.read { try $0.scalar(sql) ?? 0 }
  }

  /// The audit entries about consoles, oldest first.
  func audited() async throws -> [String] {
    try await test.appliance.database.read { connection in
      try connection.query(
        "SELECT action || ' ' || actor_name || ' ' || details FROM audit WHERE action LIKE 'console%' ORDER BY id"
      ) { $0.text(0) }
    }
  }
}

extension TestWebSocket {
  /// All binary bytes so far as text, once `isEnough` accepts it.
  func text(until isEnough: (String) -> Bool) async throws -> String {
    String(decoding: try await binary { isEnough(String(decoding: $0, as: UTF8.self)) }, as: UTF8.self)
  }

  /// Sends binary bytes.
  func type(_ text: String) throws { try send(bytes: Array(text.utf8), opcode: 2) }
}
