import Glibc
import Testing

@testable import Appliance

@Suite struct ServiceManagerTests {
  private let folder = TemporaryFolder()

  /// A datagram socket as a service manager has it; `name` is a path, or an abstract name after `@`.
  private func listen(_ name: String) throws -> Int32 {
    let file = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    try #require(file >= 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { room in
      room.copyBytes(from: name.utf8)
      if name.hasPrefix("@") { room[0] = 0 }
    }
    let length = socklen_t(2 + name.utf8.count)
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(file, $0, length) }
    }
    try #require(bound == 0)
    return file
  }

  @Test func `a service manager that is not there, or has too long a name, is no failure`() {
    ServiceManager.send("READY=1", to: folder["nobody"])
    ServiceManager.send("READY=1", to: String(repeating: "long", count: 100))
    ServiceManager.send("READY=1", to: "")
  }

  @Test func `it is told by a path and by an abstract name`() throws {
    for name in [folder["notify"], "@obox-test-\(getpid())"] {
      let file = try listen(name)
      defer { close(file) }
      ServiceManager.send("READY=1", to: name)
      var bytes = [UInt8](repeating: 0, count: 64)
      let count = recv(file, &bytes, bytes.count, Int32(MSG_DONTWAIT))
      #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "READY=1")
    }
  }
}
