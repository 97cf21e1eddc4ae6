import HTTP

/// The screen of a machine for one watcher: a VNC connection of its own.
///
/// `@unchecked Sendable`: used on the loop's thread only.
final class ScreenPort: ConsolePort, LoopDescriptorDelegate, @unchecked Sendable {
  private let descriptor: LoopDescriptor
  private var filter: RFBFilter
  private weak var watch: ConsoleWatch?

  /// Takes over the socket.
  init(_ file: Int32, on loop: Loop, isViewOnly: Bool) {
    descriptor = LoopDescriptor(file, on: loop, mostWaiting: ConsoleBuffers.mostTyped)
    filter = RFBFilter(isViewOnly: isViewOnly)
  }

  func join(_ watch: ConsoleWatch) {
    self.watch = watch
    descriptor.start(self)
  }

  func typed(_ bytes: [UInt8], by watch: ConsoleWatch) {
    do throws(RFBFilter.Violation) {
      if !descriptor.write(try filter.pass(bytes)) { watch.end(.flooded) }
    } catch {
      watch.end(.protocolError)
    }
  }

  func received(_ bytes: [UInt8], on descriptor: LoopDescriptor) {
    guard let watch else { return }
    watch.socket.send(Frame(binary: bytes))
    // QEMU then waits too, and sends the newest picture afterwards.
    if watch.socket.queuedBytes > ConsoleBuffers.mostUnsent { descriptor.pause() }
  }

  func flushed(_ watch: ConsoleWatch) {
    if watch.socket.queuedBytes < ConsoleBuffers.fewUnsent { descriptor.resume() }
  }

  func ended(_ descriptor: LoopDescriptor) { watch?.end(.ended) }

  func leave(_ watch: ConsoleWatch) { descriptor.close() }
}
