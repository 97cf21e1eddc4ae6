/// Immutable bytes at a fixed address, shared by responses and sockets without copying.
public final class SharedBytes: Sendable {
  // Written in the initializer only, and freed in deinit.
  private nonisolated(unsafe) let storage: UnsafeRawBufferPointer

  public init(_ bytes: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    copy.copyBytes(from: bytes)
    storage = UnsafeRawBufferPointer(copy)
  }

  deinit {
    storage.deallocate()
  }

  public var count: Int { storage.count }

  /// Passes the bytes to `body`; valid during the call.
  public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(storage)
  }
}
