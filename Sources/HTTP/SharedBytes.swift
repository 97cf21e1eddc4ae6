/// Immutable bytes at a fixed address, shared by many answers and sockets without copying.
public final class SharedBytes: Sendable {
  // Written in the initialiser only, and freed when nobody refers to the object any more.
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

  /// The bytes, valid while the object is.
  public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(storage)
  }
}
