import CLibvirt
import Glibc
import Synchronization

/// A stream of bytes into a volume; aborted unless it was finished.
struct Upload: ~Copyable {
  private let stream: OpaquePointer
  private let operation: String
  private var isOpen = true

  init(to volume: borrowing Volume, of connection: Connection, length: UInt64, _ operation: String) throws {
    let stream = try check(virStreamNew(connection.pointer, 0), operation)
    if virStorageVolUpload(volume.pointer, stream, 0, length, 0) < 0 {
      let error = HypervisorError.last(operation)
      virStreamFree(stream)
      throw error
    }
    self.stream = stream
    self.operation = operation
  }

  deinit {
    if isOpen { virStreamAbort(stream) }
    virStreamFree(stream)
    virResetLastError()
  }

  mutating func send(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let start = part.baseAddress?.assumingMemoryBound(to: CChar.self)
      let sent = try check(virStreamSend(stream, start, part.count), operation)
      rest = rest.dropFirst(Int(sent))
    }
  }

  /// Waits until the host has written everything.
  mutating func finish() throws {
    isOpen = false
    if virStreamFinish(stream) < 0 {
      let error = HypervisorError.last(operation)
      virStreamAbort(stream)
      throw error
    }
  }
}

/// A flag checked between the chunks of a long call.
final class Cancellation: Sendable {
  private let isCancelled = Atomic(false)

  func cancel() { isCancelled.store(true, ordering: .relaxed) }

  func check() throws {
    if isCancelled.load(ordering: .relaxed) { throw CancellationError() }
  }
}
