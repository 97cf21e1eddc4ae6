import HTTP
import Hypervisor
import Store

/// Why machines are paused, as their rows and the API say it.
enum MachinePause {
  static let asked = "PAUSED"
  static let noSpace = "NO_SPACE"
  static let ioError = "IO_ERROR"

  /// A machine that stands against a full disk needs some room to go on: 64 MB, in bytes.
  static let leastRoom: UInt64 = 64 << 20

  static func code(_ reason: PauseReason) -> String {
    switch reason {
    case .asked: asked
    case .noSpace: noSpace
    case .ioError: ioError
    }
  }

  /// Whether the host did it, and not a person.
  static func isTrouble(_ code: String?) -> Bool { code == noSpace || code == ioError }
}

extension MachineOperations {
  /// Throws where a machine that ran out of room would do so again at once.
  func checkRoom(for machine: Machine) async throws {
    guard machine.reasonCode == MachinePause.noSpace else { return }
    guard try await host.freeSpace(pool: pool) >= MachinePause.leastRoom else {
      throw Failure.storageStillFull
    }
  }

  /// Lets a paused machine go on. Throws `JobFailure` where the host stops it again for the same reason.
  func resume(_ machine: Machine) async throws {
    try await host.resume(machine.uuid)
    guard MachinePause.isTrouble(machine.reasonCode) else { return }
    // What it could not write is tried again at once.
    try await Task.sleep(for: .seconds(1))
    if let reason = try await host.pauseReason(machine.uuid), reason != .asked {
      throw JobFailure(code: MachinePause.code(reason))
    }
  }
}
