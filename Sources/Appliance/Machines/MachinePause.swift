import HTTP
import Hypervisor
import Store

/// The reasons why machines are paused, as codes for the rows and the API.
enum MachinePause {
  static let asked = "PAUSED"
  static let noSpace = "NO_SPACE"
  static let ioError = "IO_ERROR"

  /// Free space required to resume a machine that was paused by a full disk: 64 MB, in bytes.
  static let leastRoom: UInt64 = 64 << 20

  static func code(_ reason: PauseReason) -> String {
    switch reason {
    case .asked: asked
    case .noSpace: noSpace
    case .ioError: ioError
    }
  }

  /// Whether the host paused the machine, not a person.
  static func isTrouble(_ code: String?) -> Bool { code == noSpace || code == ioError }
}

extension MachineOperations {
  /// Throws when a machine paused by a full disk would be paused again at once.
  func checkRoom(for machine: Machine) async throws {
    guard machine.reasonCode == MachinePause.noSpace else { return }
    guard try await host.freeSpace(pool: pool) >= MachinePause.leastRoom else {
      throw Failure.storageStillFull
    }
  }

  /// Resumes a paused machine. Throws `JobFailure` when the host pauses it again for the same reason.
  func resume(_ machine: Machine) async throws {
    try await host.resume(machine.uuid)
    guard MachinePause.isTrouble(machine.reasonCode) else { return }
    // The failed write is retried at once.
    try await Task.sleep(for: .seconds(1))
    if let reason = try await host.pauseReason(machine.uuid), reason != .asked {
      throw JobFailure(code: MachinePause.code(reason))
    }
  }
}
