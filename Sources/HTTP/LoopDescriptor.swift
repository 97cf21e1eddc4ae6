import CLibevent
import Glibc

/// Receives what happens on a descriptor, on the loop's thread.
public protocol LoopDescriptorDelegate: AnyObject, Sendable {
  func received(_ bytes: [UInt8], on descriptor: LoopDescriptor)
  /// The other end closed, or the connection broke. Not called after `close`.
  func ended(_ descriptor: LoopDescriptor)
}

/// A stream socket read and written by a loop, without a thread of its own. Its memory is bounded: it reads nothing
/// while it is paused, and refuses what it cannot write.
///
/// `@unchecked Sendable`: after `init`, used on the loop's thread only.
public final class LoopDescriptor: @unchecked Sendable {
  private static let pieceSize = 64 << 10

  private let loop: Loop
  private let file: Int32
  private let mostWaiting: Int
  private var delegate: (any LoopDescriptorDelegate)?
  private var reading: OpaquePointer?
  private var writing: OpaquePointer?
  /// What the socket did not take yet.
  private var waiting: [UInt8] = []
  private var isPaused = false
  private var isClosed = false

  /// Takes over the socket, which it closes. At most `mostWaiting` bytes wait to be written.
  public init(_ file: Int32, on loop: Loop, mostWaiting: Int) {
    self.file = file
    self.loop = loop
    self.mostWaiting = mostWaiting
  }

  deinit {
    // One that was started is retained until it is closed.
    if !isClosed { Glibc.close(file) }
  }

  /// Starts reading. The delegate and this object are retained until `close`.
  public func start(_ delegate: any LoopDescriptorDelegate) {
    guard reading == nil, !isClosed else { return }
    let me = Unmanaged.passRetained(self).toOpaque()
    self.delegate = delegate
    reading = event_new(loop.base, file, Int16(EV_READ | EV_PERSIST), descriptorReads, me)
    writing = event_new(loop.base, file, Int16(EV_WRITE | EV_PERSIST), descriptorWrites, me)
    if let reading { event_add(reading, nil) }
  }

  /// Reads nothing until `resume`, so that the other end has to wait.
  public func pause() {
    guard !isPaused, let reading else { return }
    isPaused = true
    event_del(reading)
  }

  public func resume() {
    guard isPaused, let reading else { return }
    isPaused = false
    event_add(reading, nil)
  }

  /// Writes the bytes in order, later if need be. False when more would wait than may: the caller then closes, since a
  /// part may be missing.
  public func write(_ bytes: [UInt8]) -> Bool {
    guard !isClosed else { return true }
    let sent = waiting.isEmpty ? send(bytes) : 0
    guard sent < bytes.count else { return true }
    guard waiting.count + bytes.count - sent <= mostWaiting, let writing else { return false }
    if waiting.isEmpty { event_add(writing, nil) }
    waiting += bytes[sent...]
    return true
  }

  /// Closes the socket; the delegate is not called again.
  public func close() {
    guard !isClosed else { return }
    isClosed = true
    let wasStarted = delegate != nil
    if let reading { event_free(reading) }
    if let writing { event_free(writing) }
    (reading, writing, delegate, waiting) = (nil, nil, nil, [])
    Glibc.close(file)
    if wasStarted { Unmanaged.passUnretained(self).release() }
  }
}

extension LoopDescriptor {
  fileprivate func read() {
    var (count, problem) = (0, Int32(0))
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { piece, initialized in
      count = recv(file, piece.baseAddress, piece.count, Int32(MSG_DONTWAIT))
      problem = errno
      initialized = max(0, count)
    }
    if count < 0, problem == EAGAIN || problem == EINTR { return }
    guard count > 0 else {
      // Level-triggered: it would be reported again and again.
      pause()
      delegate?.ended(self)
      return
    }
    delegate?.received(bytes, on: self)
  }

  fileprivate func writeWaiting() {
    waiting.removeFirst(send(waiting))
    if waiting.isEmpty, let writing { event_del(writing) }
  }

  /// The number of bytes that need not be sent again. What cannot be sent to a broken socket is dropped: its end is
  /// reported by reading.
  private func send(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBytes { bytes in
      guard !bytes.isEmpty else { return 0 }
      let sent = Glibc.send(file, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
      if sent < 0 { return errno == EAGAIN || errno == EINTR ? 0 : bytes.count }
      return min(sent, bytes.count)
    }
  }
}

private func descriptorReads(_ file: Int32, _ what: Int16, _ argument: UnsafeMutableRawPointer?) {
  guard let argument else { return }
  Unmanaged<LoopDescriptor>.fromOpaque(argument).takeUnretainedValue().read()
}

private func descriptorWrites(_ file: Int32, _ what: Int16, _ argument: UnsafeMutableRawPointer?) {
  guard let argument else { return }
  Unmanaged<LoopDescriptor>.fromOpaque(argument).takeUnretainedValue().writeWaiting()
}
