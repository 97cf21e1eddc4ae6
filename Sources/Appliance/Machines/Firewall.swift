import Glibc
import HTTP

/// Applies the machines' rows to the kernel's nftables. Requests made during a change are combined into the
/// next one.
actor Firewall {
  /// Why forwarding does not work.
  enum Problem: Error, Equatable {
    case notInstalled(String)
    /// CAP_NET_ADMIN is missing.
    case notPermitted
    /// IP forwarding is off on the host, and we may not enable it.
    case notRouting
    case overloaded
    case timedOut
    /// nft's error message, for the log.
    case refused(String)

    /// Whether the error is temporary: the state of the rules is unknown, and another attempt may succeed.
    var isPassing: Bool { self == .timedOut || self == .overloaded }
  }

  /// How the host is accessed; tests use their own network namespace.
  struct System: Sendable {
    /// The command line before nft's own arguments; the first element is a program's path.
    var nft = ["/usr/sbin/nft"]
    /// The file that enables IP forwarding.
    var routingSwitch = "/proc/sys/net/ipv4/ip_forward"
    /// Lists the tables of iptables-legacy; running its program would create them.
    var legacyTables = "/proc/net/ip_tables_names"
    var legacy = ["/usr/sbin/iptables-legacy-save"]
    /// Time limit for running a program.
    var timeLimit = Duration.seconds(20)
  }

  /// Maximum output in bytes of JSON: some ten thousand rules.
  private static let mostRules = 32 << 20

  private let system: System
  private let table: @Sendable () async throws -> ForwardingTable
  private var waiting: [CheckedContinuation<Void, any Error>] = []
  private var isApplying = false

  /// `table` reads the current state; it is called before each change.
  init(system: System = System(), table: @escaping @Sendable () async throws -> ForwardingTable) {
    self.system = system
    self.table = table
  }

  /// Returns when a table read after this call is in force; throws `Problem`, or what reading the
  /// table threw.
  func refresh() async throws {
    try await withCheckedThrowingContinuation { continuation in
      waiting.append(continuation)
      if isApplying { return }
      isApplying = true
      Task { await applyAll() }
    }
  }

  private func applyAll() async {
    while !waiting.isEmpty {
      let served = waiting
      waiting = []
      let result: Result<Void, any Error>
      do {
        // First the rules that keep guests apart, which also matter where nothing is routed.
        try await nft(try await table().commands)
        try enableRouting()
        result = .success(())
      } catch {
        result = .failure(error)
      }
      for continuation in served { continuation.resume(with: result) }
    }
    isApplying = false
  }

  private func enableRouting() throws(Problem) {
    let file = open(system.routingSwitch, O_RDWR | O_CLOEXEC)
    guard file >= 0 else {
      if Self.isOn(system.routingSwitch) { return }
      throw .notRouting
    }
    defer { close(file) }
    var state: UInt8 = 0
    if read(file, &state, 1) == 1, state == 0x31 { return }
    guard pwrite(file, "1\n", 2, 0) == 2 else { throw .notRouting }
  }

  private static func isOn(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var state: UInt8 = 0
    return read(file, &state, 1) == 1 && state == 0x31
  }

  private func nft(_ commands: String) async throws(Problem) {
    guard let program = system.nft.first else { throw .notInstalled("") }
    _ = try await run(
      program, system.nft.dropFirst() + ["--json", "--file", "-"], input: commands, limit: 4096)
  }

  /// The JSON output of `nft list`, for instance of `tables` or `ruleset`.
  func list(_ what: String) async throws(Problem) -> [UInt8] {
    guard let program = system.nft.first else { throw .notInstalled("") }
    return try await run(program, system.nft.dropFirst() + ["--json", "list", what], limit: Self.mostRules)
  }

  /// All firewall rules of the host, with our own tables kept apart.
  func rules(own table: String) async throws(Problem) -> HostRules {
    guard let ruleset = JSONValue(parsing: try await list("ruleset")) else { throw .refused("no JSON") }
    var rules = HostRules(ruleset, own: table)
    if let legacy = await legacyRules() { rules.add(legacy) }
    return rules
  }

  private func legacyRules() async -> HostRules.Table? {
    guard let program = system.legacy.first, access(program, X_OK) == 0,
      let tables = Self.text(system.legacyTables), tables.split(separator: "\n").contains("filter"),
      let text = try? await run(program, system.legacy.dropFirst() + ["-t", "filter"], limit: Self.mostRules)
    else { return nil }
    return LegacyRules.table(String(decoding: text, as: UTF8.self))
  }

  private static func text(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(file, &bytes, bytes.count)
    return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  private func run(
    _ program: String, _ arguments: [String], input: String = "", limit: Int
  ) async throws(Problem) -> [UInt8] {
    let output: ChildProcess.Output
    do {
      output = try await ChildProcess.run(
        program, arguments, input: Array(input.utf8), timeLimit: system.timeLimit, outputLimit: limit)
    } catch ChildProcess.Problem.notFound(let path) {
      throw .notInstalled(path)
    } catch ChildProcess.Problem.notExecutable(let path) {
      throw .notInstalled(path)
    } catch ChildProcess.Problem.timedOut {
      throw .timedOut
    } catch {
      throw .overloaded
    }
    if output.status == .exited(0) { return output.stdout }
    let words = String(decoding: output.stderr.prefix(1000), as: UTF8.self)
    throw words.contains("Operation not permitted") ? .notPermitted : .refused(words)
  }
}
