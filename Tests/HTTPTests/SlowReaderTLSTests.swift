import Glibc
import TestSupport
import Testing

@testable import HTTP

/// A sleeping reader behind TLS: openssl's client, whose output is not read until the test says so.
@Suite(.enabled(if: access("/usr/bin/openssl", X_OK) == 0)) struct SlowReaderTLSTests {
  @Test func `a sleeping reader behind TLS is limited, and receives the close frame when it wakes up`()
    async throws
  {
    let owner = WebSocketTests.Owner()
    let most = 200_000
    let limits = WebSocketLimits(
      maxQueued: most, pingEvery: .seconds(600), deadAfter: .seconds(600), patience: .seconds(600))
    let folder = try #require(TLSTests.makeFolder())
    defer { for name in ["/go", "/out", ""] { remove(folder + name) } }
    #expect(mkfifo(folder + "/go", 0o600) == 0)
    try await TLSTests.serving([.webSocket("/ws", .everyone, "socket", limits: limits) { _, _ in owner }]) {
      server in
      let client = try await SleepingClient(port: server.port, folder: folder)
      await client.send(WebSocketTests.handshake)
      #expect(await eventually { owner.first != nil })
      let socket = try #require(owner.first)
      let frame = Frame(text: [UInt8](repeating: 0x62, count: 10_000))
      #expect(
        await again {
          socket.send(frame)
          return socket.isClosing
        })
      #expect(await eventually { owner.seen.codes == [1013] })
      #expect(socket.queuedBytes < most)
      await client.wake()
      let goodbye = Frame.encoded(.close, payload: Frame.closePayload(code: 1013, reason: "too slow"))
      #expect(await eventually { client.output().suffix(goodbye.count) == goodbye[...] })
      #expect(socket.queuedBytes == 0)
    }
  }

  // Passed from the thread that opened it to the client, and used only there.
  private struct Stream: @unchecked Sendable { let file: UnsafeMutablePointer<FILE> }

  /// `openssl s_client` in a pipe with a reader that waits for a line in `go` before it copies to `out`.
  // The stream is used by one call at a time, and closed when the client is released.
  private final class SleepingClient: @unchecked Sendable {
    private let stream: UnsafeMutablePointer<FILE>
    private let folder: String

    /// Created on a separate thread: a child started from the pool's threads would inherit blocked signals.
    init(port: Int, folder: String) async throws {
      self.folder = folder
      stream = try await onThread {
        let client = "timeout 300 openssl s_client -quiet -no_ign_eof -connect 127.0.0.1:\(port) 2>/dev/null"
        guard let stream = popen("\(client) | (read word <\(folder)/go; exec cat >\(folder)/out)", "w") else {
          throw RawClient.Closed()
        }
        return Stream(file: stream)
      }.file
    }

    deinit { pclose(stream) }

    func send(_ text: String) async {
      fputs(text, stream)
      fflush(stream)
    }

    func wake() async {
      await onThread { [folder] in
        let descriptor = open(folder + "/go", O_WRONLY)
        _ = write(descriptor, "go\n", 3)
        close(descriptor)
      }
    }

    func output() -> [UInt8] {
      let descriptor = open(folder + "/out", O_RDONLY)
      guard descriptor >= 0 else { return [] }
      defer { close(descriptor) }
      var bytes = [UInt8](repeating: 0, count: 16 << 20)
      let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      return Array(bytes.prefix(max(0, count)))
    }
  }
}
