import HTTP
import Store
import Synchronization

/// Adapts the cost of password hashing to the host, once, in the background of the first start.
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
        // Delayed, because measuring during the start would slow the start and distort the result.
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
    } catch is CancellationError {
      // The daemon stops: the next start measures again.
    } catch {
      log.warn("password hashing not tuned") { $0.field("message", "\(error)") }
    }
  }
}

/// The measurement in progress.
private final class MeasuringTask: Sendable {
  let task = Mutex<Task<Void, Never>?>(nil)
}

extension PasswordCost {
  /// As stored in the settings: `passes:bytes`.
  var stored: [UInt8] { Array("\(passes):\(memory)".utf8) }

  /// Nil when it is malformed or outside the limits of calibration.
  init?(stored: [UInt8]) {
    let parts = String(decoding: stored, as: UTF8.self).split(separator: ":")
    guard parts.count == 2, let passes = Int(parts[0]), let memory = Int(parts[1]), (2...10).contains(passes),
      (19 << 20...64 << 20).contains(memory)
    else { return nil }
    self.init(passes: passes, memory: memory)
  }
}
