import HTTP
import Store
import Synchronization

/// Fits what hashing a password costs to the host, once, in the background of the first start.
struct PasswordCostFeature: Feature {
  private static let setting = "password-cost-50ms"

  let log: Log
  let database: Database
  let passwords: Passwords
  private let measuring = MeasuringTask()

  func start() async throws {
    guard !passwords.isCostGiven else { return }
    let stored = try await database.read { connection in
      try connection.first("SELECT value FROM settings WHERE name = ?", Self.setting, map: { $0.blob(0) })
    }
    if let cost = stored.flatMap(PasswordCost.init(stored:)) { return passwords.setCost(cost) }
    measuring.task.withLock { task in
      task = Task {
        // Until the start is over the two would slow each other down, and the host look slower than it is.
        guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
        await measure()
      }
    }
  }

  func stop() async {
    let task = measuring.task.withLock { $0 }
    task?.cancel()
    await task?.value
  }

  private func measure() async {
    do {
      let cost = try await passwords.hasher.calibrate()
      try Task.checkCancellation()
      try await database.write { tx in
        try tx.execute(
          "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
          Self.setting, cost.stored)
      }
      passwords.setCost(cost)
      log.info("password hashing tuned") { line in
        line.field("passes", cost.passes)
        line.field("memory", cost.memory)
      }
    } catch {
      log.warn("password hashing not tuned") { $0.field("message", "\(error)") }
    }
  }
}

/// The measuring that is under way.
private final class MeasuringTask: Sendable {
  let task = Mutex<Task<Void, Never>?>(nil)
}

extension PasswordCost {
  /// As it lies in the settings: `passes:bytes`.
  var stored: [UInt8] { Array("\(passes):\(memory)".utf8) }

  /// Nil for what is no cost, or not within the bounds that fitting keeps to.
  init?(stored: [UInt8]) {
    let parts = String(decoding: stored, as: UTF8.self).split(separator: ":")
    guard parts.count == 2, let passes = Int(parts[0]), let memory = Int(parts[1]), (2...10).contains(passes),
      (19 << 20...64 << 20).contains(memory)
    else { return nil }
    self.init(passes: passes, memory: memory)
  }
}
