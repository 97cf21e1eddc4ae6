import CLibvirt
import Glibc

/// An error of libvirt or of this module: a stable code, a message for the log, and the operation that
/// failed.
public struct HypervisorError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Code: Sendable, Equatable {
    /// The host is not connected, or was lost during the call.
    case unreachable
    case notFound
    case exists
    /// The object belongs to another installation or to someone else.
    case foreign
    /// The host's driver does not support this.
    case unsupported
    /// In use, in the wrong state, or too many waiting calls.
    case busy
    case denied
    case noSpace
    /// The disk cannot grow while it has snapshots.
    case hasSnapshots
    case timeout
    /// Any other error, with libvirt's number (0 when it gave none).
    case other(Int32)
  }

  public let code: Code
  public let message: String
  /// The operation, such as `start machine-7`.
  public let operation: String

  public init(_ code: Code, _ message: String, operation: String) {
    self.code = code
    self.message = message
    self.operation = operation
  }

  public var description: String { "\(operation): \(message) [\(code)]" }
}

extension HypervisorError {
  /// Takes and clears the thread's last libvirt error.
  static func last(_ operation: String) -> HypervisorError {
    defer { virResetLastError() }
    guard let error = virGetLastError()?.pointee else {
      return HypervisorError(.other(0), "libvirt failed without saying why", operation: operation)
    }
    let message = error.message.map { String(cString: $0) } ?? "libvirt error \(error.code)"
    let code = Code(libvirt: error.code, systemError: error.int1, message: message)
    return HypervisorError(code, message, operation: operation)
  }

  static func invalid(_ message: String, operation: String) -> HypervisorError {
    HypervisorError(.other(Int32(VIR_ERR_INVALID_ARG.rawValue)), message, operation: operation)
  }

  var isInvalidArgument: Bool { code == .other(Int32(VIR_ERR_INVALID_ARG.rawValue)) }
  var isInternal: Bool { code == .other(Int32(VIR_ERR_INTERNAL_ERROR.rawValue)) }
  var isInvalidState: Bool { code == .other(Int32(VIR_ERR_OPERATION_INVALID.rawValue)) }
}

extension HypervisorError.Code {
  /// `systemError` is the errno that libvirt records for a failed system call.
  init(libvirt number: Int32, systemError: Int32, message: String) {
    switch virErrorNumber(rawValue: UInt32(bitPattern: number)) {
    case VIR_ERR_NO_CONNECT, VIR_ERR_INVALID_CONN, VIR_ERR_RPC:
      self = .unreachable
    case VIR_ERR_NO_DOMAIN, VIR_ERR_NO_NETWORK, VIR_ERR_NO_STORAGE_POOL, VIR_ERR_NO_STORAGE_VOL:
      self = .notFound
    case VIR_ERR_DOM_EXIST, VIR_ERR_NETWORK_EXIST, VIR_ERR_STORAGE_VOL_EXIST:
      self = .exists
    case VIR_ERR_NO_SUPPORT, VIR_ERR_CONFIG_UNSUPPORTED, VIR_ERR_OPERATION_UNSUPPORTED,
      VIR_ERR_ARGUMENT_UNSUPPORTED:
      self = .unsupported
    case VIR_ERR_RESOURCE_BUSY: self = .busy
    case VIR_ERR_OPERATION_DENIED, VIR_ERR_AUTH_FAILED, VIR_ERR_AUTH_CANCELLED, VIR_ERR_ACCESS_DENIED,
      VIR_ERR_AUTH_UNAVAILABLE:
      self = .denied
    case VIR_ERR_OPERATION_TIMEOUT: self = .timeout
    case VIR_ERR_SYSTEM_ERROR where systemError == ENOSPC || systemError == EDQUOT: self = .noSpace
    case VIR_ERR_SYSTEM_ERROR where systemError == EACCES || systemError == EPERM: self = .denied
    // Child processes of libvirt, such as qemu-img, report a full disk only in their message.
    case _ where message.contains("No space left on device"): self = .noSpace
    case _ where message.contains("image which has snapshots"): self = .hasSnapshots
    default: self = .other(number)
    }
  }
}
