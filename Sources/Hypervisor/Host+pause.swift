import CLibvirt
import Glibc

/// Why a machine is paused.
public enum PauseReason: Sendable, Equatable {
  /// By request, or by a libvirt operation in progress.
  case asked
  /// The host's disk is full (ENOSPC on a write of the machine).
  case noSpace
  /// An I/O error of the host's disk.
  case ioError
}

extension Host {
  /// Nil when the machine is not paused.
  public func pauseReason(_ name: String) async throws -> PauseReason? {
    let operation = "ask why \(name) is paused"
    return try await perform(operation) { connection in
      guard let domain = try connection.domain(name, operation) else { return nil }
      var state: Int32 = 0
      var reason: Int32 = 0
      try check(virDomainGetState(domain.pointer, &state, &reason, 0), operation)
      guard state == VIR_DOMAIN_PAUSED.rawValue else { return nil }
      guard reason == VIR_DOMAIN_PAUSED_IOERROR.rawValue else { return .asked }
      return domain.hasFullDisk ? .noSpace : .ioError
    }
  }

  /// Whether the machine is off for a reason unknown to libvirt: it was off already when libvirtd started.
  /// False when it was shut down or stopped since.
  public func wasFoundOff(_ name: String) async throws -> Bool {
    let operation = "ask why \(name) is off"
    return try await perform(operation) { connection in
      guard let domain = try connection.domain(name, operation) else { return false }
      var state: Int32 = 0
      var reason: Int32 = 0
      try check(virDomainGetState(domain.pointer, &state, &reason, 0), operation)
      let unknown = [VIR_DOMAIN_SHUTOFF_UNKNOWN.rawValue, VIR_DOMAIN_SHUTOFF_SAVED.rawValue]
      return state == VIR_DOMAIN_SHUTOFF.rawValue && unknown.contains(UInt32(bitPattern: reason))
    }
  }

  /// Sets the guest's clock through the guest agent. Throws when the agent does not respond.
  public func setTime(_ name: String, milliseconds: Int64) async throws {
    let operation = "set the clock of \(name)"
    try await perform(operation) { connection in
      let domain = try connection.existingDomain(name, operation)
      let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
      try check(virDomainSetTime(domain.pointer, seconds, UInt32(clamping: rest * 1_000_000), 0), operation)
    }
  }

  /// Current free bytes of the pool's file system.
  public func freeSpace(pool: String) async throws -> UInt64 {
    let operation = "ask for the room in \(pool)"
    return try await performLong(operation) { connection in
      let pool = try connection.existingPool(pool, operation)
      // The refresh fails while a volume is being created; libvirt's figures are recent enough then.
      if virStoragePoolRefresh(pool.pointer, 0) < 0 { virResetLastError() }
      var info = virStoragePoolInfo()
      try check(virStoragePoolGetInfo(pool.pointer, &info), operation)
      return info.available
    }
  }
}

extension Domain {
  fileprivate var hasFullDisk: Bool {
    let most = 64
    return withUnsafeTemporaryAllocation(of: virDomainDiskError.self, capacity: most) { errors in
      let count = virDomainGetDiskErrors(pointer, errors.baseAddress, UInt32(most), 0)
      if count < 0 {
        // The driver lacks this call, or the machine was resumed meanwhile.
        virResetLastError()
        return false
      }
      defer { for error in errors.prefix(Int(count)) { free(error.disk) } }
      return errors.prefix(Int(count)).contains { $0.error == Int32(VIR_DOMAIN_DISK_ERROR_NO_SPACE.rawValue) }
    }
  }
}
