import Glibc
import HTTP
import Store

/// The Unix socket by which a command talks to the running daemon; accessible to the folder's owner only. One
/// request and one response per connection, each a JSON object that ends with the stream.
enum ControlSocket {
  /// Maximum bytes of a request or response.
  static let longest = 16 << 20

  static func path(_ site: Site) -> String { site.dataFolder + "/obox.sock" }

  /// Sends a request to the daemon; returns nil when none is running. Throws when the daemon closes the
  /// connection early.
  static func ask(_ question: JSONValue, at path: String) throws(CommandFailure) -> JSONValue? {
    guard let file = connected(to: path) else { return nil }
    defer { close(file) }
    send(question, to: file)
    shutdown(file, Int32(SHUT_WR))
    guard let answer = receive(from: file) else {
      throw CommandFailure("no answer from OBox. See its logs")
    }
    return answer
  }

  /// Whether a daemon takes connections there.
  static func isServed(at path: String) -> Bool {
    guard let file = connected(to: path) else { return false }
    close(file)
    return true
  }

  private static func connected(to path: String) -> Int32? {
    let file = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard file >= 0 else { return nil }
    if withAddress(path, { connect(file, $0, $1) }) == 0 { return file }
    close(file)
    return nil
  }

  static func send(_ value: JSONValue, to file: Int32) {
    var json = JSONWriter()
    json.value(value)
    var rest = json.bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { Glibc.send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard sent > 0 else { return }
      rest = rest.dropFirst(sent)
    }
  }

  /// Reads to the end of the stream; nil when it is not JSON, too long, or too slow.
  static func receive(from file: Int32) -> JSONValue? {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 16_384)
    while bytes.count < longest {
      let count = read(file, &part, part.count)
      if count < 0 { return nil }
      if count == 0 { return JSONValue(parsing: bytes) }
      bytes += part.prefix(count)
    }
    return nil
  }

  /// Calls `body` with the socket address for a path; returns -1 when the path is too long.
  static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
      guard path.utf8.count < room.count else { return false }
      room.copyBytes(from: path.utf8)
      return true
    }
    guard fits else { return -1 }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}

extension ControlSocket {
  /// How often, 100 ms apart, what is in use for a moment is tried again.
  static let attempts = 50

  static func wait() async { try? await Task.sleep(for: .milliseconds(100)) }

  /// Sends a command to the running daemon, or calls `alone` when none is running. One that is starting, as after a
  /// reload, has opened the database and not yet the socket, so both are tried again for five seconds.
  static func ask(
    _ question: JSONValue, of site: Site,
    pause: () async -> Void = wait,
    alone: () async throws -> Void
  ) async throws(CommandFailure) {
    let answer = try await answer(question, of: site, pause: pause) {
      try await alone()
      return CommandAnswer([])
    }
    try answer.show()
  }

  /// The same, with the answer instead of printing it.
  static func answer(
    _ question: JSONValue, of site: Site,
    pause: () async -> Void = wait,
    alone: () async throws -> CommandAnswer
  ) async throws(CommandFailure) -> CommandAnswer {
    var left = attempts
    while true {
      if let answer = try daemonsAnswer(question, of: site) { return answer }
      do {
        return try await alone()
      } catch let failure as CommandFailure {
        throw failure
      } catch {
        guard (error as? StoreError)?.isLocked == true, left > 0 else {
          throw CommandFailure(error, data: site.dataFolder)
        }
      }
      left -= 1
      await pause()
    }
  }

  /// The answer of the running daemon; nil when none is running.
  private static func daemonsAnswer(
    _ question: JSONValue, of site: Site
  ) throws(CommandFailure) -> CommandAnswer? {
    guard let answer = try ask(question, at: path(site)) else { return nil }
    if let error = answer["error"]?.string { throw CommandFailure(error) }
    return CommandAnswer(json: answer)
  }
}
