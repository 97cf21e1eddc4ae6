import Glibc

/// Immutable bytes at a fixed address, shared by responses and sockets without copying.
public final class SharedBytes: Sendable {
  // Written in the initializer only, and freed in deinit.
  private nonisolated(unsafe) let storage: UnsafeRawBufferPointer
  private let isMapped: Bool

  public init(_ bytes: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    copy.copyBytes(from: bytes)
    storage = UnsafeRawBufferPointer(copy)
    isMapped = false
  }

  /// The first `count` bytes of an open file, which the system reads as they are sent and keeps until then, also when
  /// the file is closed. It must not be shortened meanwhile. Nil when it is empty or cannot be mapped.
  public init?(mapping descriptor: Int32, count: Int) {
    guard count > 0, let address = mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0),
      address != UnsafeMutableRawPointer(bitPattern: -1)
    else { return nil }
    storage = UnsafeRawBufferPointer(start: address, count: count)
    isMapped = true
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: storage.baseAddress), storage.count)
    } else {
      storage.deallocate()
    }
  }

  public var count: Int { storage.count }

  /// Passes the bytes to `body`; valid during the call.
  public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(storage)
  }
}
