import CLibvirt
import Glibc

extension Host {
  /// Opens a console in place of the driver: the domain's name or UUID, and the kind.
  public typealias ConsoleOpener = @Sendable (String, ConsoleKind) throws -> OpenDescriptor

  /// Whether machines of this host have consoles. The test driver has none.
  public var hasConsoles: Bool { !isTestDriver || state.withLock { $0.simulatedConsoles != nil } }

  /// Gives the machines of the test driver consoles. For tests.
  public func simulateConsoles(_ open: @escaping ConsoleOpener) {
    state.withLock { $0.simulatedConsoles = open }
  }

  /// A stream socket connected to a console of a running machine. It ends when the machine stops.
  ///
  /// Several screens of a machine can be open at once, but one serial line. The VNC protocol asks for no password here.
  /// Throws `.notFound` when the machine is not running, `.busy` when another program has the serial line, and
  /// `.unsupported` on the test driver and on a host that is reached over the network.
  public func openConsole(_ name: String, _ kind: ConsoleKind) async throws -> OpenDescriptor {
    let operation = "open the \(kind.rawValue) console of \(name)"
    if let simulated = state.withLock({ $0.simulatedConsoles }) { return try simulated(name, kind) }
    guard !isTestDriver else {
      throw HypervisorError(.unsupported, "not available on this host", operation: operation)
    }
    let (uri, pools) = (uri, pools)
    return try await perform(operation) { connection in
      do {
        switch kind {
        case .vnc: return try connection.existingDomain(name, operation).openScreen(operation)
        // libvirt is not to be used by several threads on one connection, and a line is served by the event thread.
        case .serial: return try SerialPump.open(name, on: Connection(uri: uri, pools: pools), operation)
        }
      } catch let error as HypervisorError {
        throw error.ofConsole
      }
    }
  }
}

extension Domain {
  /// One end of a socket pair, of which QEMU serves the other as a VNC connection, whether or not it listens on a port.
  fileprivate func openScreen(_ operation: String) throws -> OpenDescriptor {
    let file = virDomainOpenGraphicsFD(pointer, 0, VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH.rawValue)
    let screen = OpenDescriptor(try check(file, operation))
    // Child processes must not inherit it.
    guard fcntl(file, F_SETFD, FD_CLOEXEC) == 0 else {
      throw HypervisorError(.other(0), "the descriptor is not usable", operation: operation)
    }
    return screen
  }
}

extension HypervisorError {
  /// Says whether a console failed because its machine does not run, or because its line is in use.
  fileprivate var ofConsole: HypervisorError {
    if isInvalidState { return HypervisorError(.notFound, message, operation: operation) }
    if code == .other(Int32(VIR_ERR_OPERATION_FAILED.rawValue)) {
      return HypervisorError(.busy, message, operation: operation)
    }
    return self
  }
}
