import Glibc
import HTTP
import Hypervisor

/// A console of a simulated machine of the demo: a line that repeats what is typed, or a still picture.
///
/// `@unchecked Sendable`: used on the loop's thread only.
final class DemoConsole: LoopDescriptorDelegate, @unchecked Sendable {
  private let kind: ConsoleKind
  private var screen = DemoScreen()

  private init(_ kind: ConsoleKind) { self.kind = kind }

  /// Gives the simulated machines of a host consoles that the loop plays.
  static func install(on host: Host, loop: Loop) {
    host.simulateConsoles { _, kind in
      var ends: [Int32] = [-1, -1]
      guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0,
        let inner = ends.last, let outer = ends.first
      else { throw HypervisorError(.busy, "no descriptor is left", operation: "open a demo console") }
      let descriptor = LoopDescriptor(inner, on: loop, mostWaiting: 8 << 20)
      loop.run { DemoConsole(kind).begin(descriptor) }
      return OpenDescriptor(outer)
    }
  }

  private func begin(_ descriptor: LoopDescriptor) {
    descriptor.start(self)
    let greeting = kind == .vnc ? DemoScreen.version : "Debian GNU/Linux 12 (simulated) ttyS0\r\n\r\nlogin: "
    _ = descriptor.write(Array(greeting.utf8))
  }

  func received(_ bytes: [UInt8], on descriptor: LoopDescriptor) {
    let answer = kind == .vnc ? screen.answer(to: bytes) : Self.echo(of: bytes)
    if !descriptor.write(answer) { descriptor.close() }
  }

  func ended(_ descriptor: LoopDescriptor) { descriptor.close() }

  /// Enter begins a new prompt.
  private static func echo(of bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { $0 == 0x0D ? Array("\r\nlogin: ".utf8) : [$0] }
  }
}
