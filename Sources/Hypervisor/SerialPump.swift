import CLibvirt
import Glibc
import Synchronization
import Threads

/// Carries a machine's serial line between a libvirt stream and one end of a socket pair, on libvirt's event thread.
///
/// It has a connection of its own, which ends with it. What the other end of the pair does not take is lost, as on any
/// serial line without flow control: libvirt would otherwise queue it without a bound.
///
/// `@unchecked Sendable`: the stream's pointer is constant, libvirt's functions on it are thread-safe, and it is freed
/// by `finish` alone, which runs once and after the pump has left the registry.
final class SerialPump: @unchecked Sendable {
  private struct State {
    var isOpen = true
    /// libvirt's number for the watched socket; -1 before.
    var watch: Int32 = -1
    /// What was typed and not yet taken by the stream.
    var typed: [UInt8] = []
  }

  private static let pieceSize = 16 << 10
  private static let readable = Int32(VIR_STREAM_EVENT_READABLE.rawValue)
  private static let writable = Int32(VIR_STREAM_EVENT_WRITABLE.rawValue)

  private let connection: Connection
  private let stream: OpaquePointer
  private let file: Int32
  private let state = Mutex(State())

  /// Opens the first serial line of a domain. Returns the end of the pair to read and write. Blocks.
  static func open(_ name: String, on connection: Connection, _ operation: String) throws -> OpenDescriptor {
    let domain = try connection.existingDomain(name, operation)
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0, let inner = ends.last, let outer = ends.first else {
      throw HypervisorError(.busy, "no descriptor is left", operation: operation)
    }
    let (mine, theirs) = (OpenDescriptor(inner), OpenDescriptor(outer))
    let stream = try check(virStreamNew(connection.pointer, VIR_STREAM_NONBLOCK.rawValue), operation)
    guard virDomainOpenConsole(domain.pointer, nil, stream, 0) == 0, let file = mine.take() else {
      let error = HypervisorError.last(operation)
      virStreamFree(stream)
      virResetLastError()
      throw error
    }
    try SerialPump(connection, stream, file).start(operation)
    return theirs
  }

  private init(_ connection: Connection, _ stream: OpaquePointer, _ file: Int32) {
    self.connection = connection
    self.stream = stream
    self.file = file
  }

  private func start(_ operation: String) throws {
    let id = SerialPumps.add(self)
    let opaque = UnsafeMutableRawPointer(bitPattern: id)
    do {
      // The end of the connection is not reported to its streams.
      if virConnectRegisterCloseCallback(connection.pointer, serialConnectionClosed, opaque, nil) < 0 {
        virResetLastError()
      }
      try check(virStreamEventAddCallback(stream, Self.readable, serialStreamReady, opaque, nil), operation)
      let watched = Int32(VIR_EVENT_HANDLE_READABLE.rawValue)
      // Under the lock, so that no event sees the socket before its number is known.
      try state.withLock { state in
        guard state.isOpen else { return }
        state.watch = try check(
          virEventAddHandle(file, watched, serialSocketReady, opaque, nil), operation)
      }
    } catch {
      end(id)
      throw error
    }
  }

  /// Ends the line; the socket's other end sees it at once. On any thread, and as often as it is called.
  fileprivate func end(_ id: Int) {
    let watch: Int32? = state.withLock { state in
      defer { (state.isOpen, state.typed) = (false, []) }
      return state.isOpen ? state.watch : nil
    }
    guard let watch else { return }
    if watch >= 0 { virEventRemoveHandle(watch) }
    shutdown(file, Int32(SHUT_RDWR))
    SerialPumps.remove(id)
    // Asks the daemon, which may not answer: the event thread must not wait for it.
    _ = Thread("libvirt-close") { self.finish() }
  }

  private func finish() {
    virStreamEventRemoveCallback(stream)
    virConnectUnregisterCloseCallback(connection.pointer, serialConnectionClosed)
    virStreamAbort(stream)
    virStreamFree(stream)
    virResetLastError()
    close(file)
  }
}

extension SerialPump {
  fileprivate func streamReady(_ id: Int, _ events: Int32) {
    let failed = Int32(VIR_STREAM_EVENT_ERROR.rawValue | VIR_STREAM_EVENT_HANGUP.rawValue)
    let isRead = events & Self.readable == 0 || takeOutput()
    let isSent = events & Self.writable == 0 || sendTyped()
    virResetLastError()
    if !isRead || !isSent || events & failed != 0 { end(id) }
  }

  fileprivate func socketReady(_ id: Int, _ events: Int32) {
    let isRead = events & Int32(VIR_EVENT_HANDLE_READABLE.rawValue) == 0 || takeTyped()
    let failed = Int32(VIR_EVENT_HANDLE_ERROR.rawValue | VIR_EVENT_HANDLE_HANGUP.rawValue)
    virResetLastError()
    if !isRead || events & failed != 0 { end(id) }
  }

  /// From the machine to the socket; false at the end of the stream.
  private func takeOutput() -> Bool {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Self.pieceSize) { piece in
      let count = Int(virStreamRecv(stream, piece.baseAddress, piece.count))
      // -2: nothing is there yet.
      guard count > 0 else { return count == -2 }
      return state.withLock { state in
        if state.isOpen { send(file, piece.baseAddress, count, Int32(MSG_NOSIGNAL)) }
        return state.isOpen
      }
    }
  }

  /// From the socket; false when its other end was closed. Reads no more until the stream has taken it.
  private func takeTyped() -> Bool {
    state.withLock { state in
      guard state.isOpen, state.typed.isEmpty else { return true }
      let room = Self.pieceSize
      var (count, problem) = (0, Int32(0))
      state.typed = [UInt8](unsafeUninitializedCapacity: room) { piece, initialized in
        count = recv(file, piece.baseAddress, room, 0)
        problem = errno
        initialized = max(0, count)
      }
      if count < 0 { return problem == EAGAIN || problem == EINTR }
      guard count > 0 else { return false }
      virEventUpdateHandle(state.watch, 0)
      return virStreamEventUpdateCallback(stream, Self.readable | Self.writable) == 0
    }
  }

  /// To the machine; false when the stream is broken.
  private func sendTyped() -> Bool {
    state.withLock { state in
      guard state.isOpen else { return true }
      let sent = state.typed.withUnsafeBytes { bytes in
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        return bytes.isEmpty ? 0 : Int(virStreamSend(stream, start, bytes.count))
      }
      // -2: not now.
      guard sent >= 0 else { return sent == -2 }
      state.typed.removeFirst(min(sent, state.typed.count))
      guard state.typed.isEmpty else { return true }
      virEventUpdateHandle(state.watch, Int32(VIR_EVENT_HANDLE_READABLE.rawValue))
      return virStreamEventUpdateCallback(stream, Self.readable) == 0
    }
  }
}

/// The open lines by number: C callbacks get the number, never an object's address.
private enum SerialPumps {
  private struct State {
    var pumps: [Int: SerialPump] = [:]
    var last = 0
  }

  private static let state = Mutex(State())

  static func add(_ pump: SerialPump) -> Int {
    state.withLock { state in
      state.last += 1
      state.pumps[state.last] = pump
      return state.last
    }
  }

  static func remove(_ id: Int) { state.withLock { $0.pumps[id] = nil } }

  static func find(_ opaque: UnsafeMutableRawPointer?) -> (Int, SerialPump)? {
    let id = Int(bitPattern: opaque)
    return state.withLock { $0.pumps[id] }.map { (id, $0) }
  }
}

private func serialStreamReady(_: virStreamPtr?, events: Int32, opaque: UnsafeMutableRawPointer?) {
  guard let (id, pump) = SerialPumps.find(opaque) else { return }
  pump.streamReady(id, events)
}

private func serialSocketReady(_: Int32, _: Int32, events: Int32, opaque: UnsafeMutableRawPointer?) {
  guard let (id, pump) = SerialPumps.find(opaque) else { return }
  pump.socketReady(id, events)
}

private func serialConnectionClosed(_: virConnectPtr?, _: Int32, opaque: UnsafeMutableRawPointer?) {
  guard let (id, pump) = SerialPumps.find(opaque) else { return }
  pump.end(id)
}
