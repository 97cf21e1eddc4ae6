import Glibc
import Synchronization
import TestSupport
import Testing

@testable import HTTP

/// A stream socket on a loop, with its other end in the test's hands.
@Suite(.timeLimit(.minutes(10))) struct LoopDescriptorTests {
  final class Recorder: LoopDescriptorDelegate {
    private let state = Mutex<(bytes: [UInt8], ends: Int)>(([], 0))
    var bytes: [UInt8] { state.withLock { $0.bytes } }
    var ends: Int { state.withLock { $0.ends } }

    func received(_ bytes: [UInt8], on descriptor: LoopDescriptor) {
      state.withLock { $0.bytes += bytes }
      anything.signal()
    }
    func ended(_ descriptor: LoopDescriptor) {
      state.withLock { $0.ends += 1 }
      anything.signal()
    }
  }

  private struct Pair {
    let descriptor: LoopDescriptor
    let recorder: Recorder
    /// The other end, blocking.
    let peer: Int32
    let loop: Loop

    func onLoop<T: Sendable>(_ work: @escaping @Sendable (LoopDescriptor) -> T) async -> T {
      await withCheckedContinuation { continuation in
        loop.run { [descriptor] in continuation.resume(returning: work(descriptor)) }
      }
    }

    func send(_ bytes: [UInt8]) -> Int { Glibc.send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

    func read(_ count: Int) async -> [UInt8] {
      await onThread { [peer] in
        var all: [UInt8] = []
        while all.count < count {
          var piece = [UInt8](repeating: 0, count: 65_536)
          let got = recv(peer, &piece, min(piece.count, count - all.count), 0)
          guard got > 0 else { break }
          all += piece.prefix(got)
        }
        return all
      }
    }
  }

  private func run(mostWaiting: Int = 1 << 20, _ test: (Pair) async throws -> Void) async throws {
    var ends: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    let loop = Loop()
    loop.start()
    let pair = Pair(
      descriptor: LoopDescriptor(ends[0], on: loop, mostWaiting: mostWaiting), recorder: Recorder(),
      peer: ends[1], loop: loop)
    await pair.onLoop { [recorder = pair.recorder] in $0.start(recorder) }
    try await test(pair)
    await pair.onLoop { $0.close() }
    close(ends[1])
    await loop.stop()
  }

  @Test func `bytes pass both ways in order`() async throws {
    try await run { pair in
      let sent = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let count = await onThread { [pair] in pair.send(sent) }
      #expect(count == sent.count)
      let isThere = await eventually { pair.recorder.bytes.count == sent.count }
      #expect(isThere)
      #expect(pair.recorder.bytes == sent)
      // More than the system's buffer takes at once.
      let isTaken = await pair.onLoop { $0.write(sent) && $0.write([1, 2, 3]) }
      #expect(isTaken)
      #expect(await pair.read(sent.count + 3) == sent + [1, 2, 3])
    }
  }

  @Test func `while it is paused, the other end has to wait`() async throws {
    try await run { pair in
      await pair.onLoop { $0.pause() }
      // Until the system's buffers are full.
      _ = fcntl(pair.peer, F_SETFL, O_NONBLOCK)
      var total = 0
      while case let count = pair.send([UInt8](repeating: 5, count: 50_000)), count > 0 { total += count }
      let sent = total
      #expect(sent > 0)
      await pair.onLoop { _ in }
      #expect(pair.recorder.bytes.isEmpty)
      await pair.onLoop { $0.resume() }
      let isThere = await eventually { pair.recorder.bytes.count == sent }
      #expect(isThere)
    }
  }

  @Test func `what nobody reads is refused at the bound`() async throws {
    try await run(mostWaiting: 100_000) { pair in
      let piece = [UInt8](repeating: 1, count: 40_000)
      let isRefused = await again { await pair.onLoop { !$0.write(piece) } }
      #expect(isRefused)
    }
  }

  @Test func `the end is reported, after everything before it`() async throws {
    try await run { pair in
      _ = pair.send([1, 2])
      shutdown(pair.peer, Int32(SHUT_WR))
      let hasEnded = await eventually { pair.recorder.ends > 0 }
      #expect(hasEnded)
      #expect(pair.recorder.bytes == [1, 2])
      await pair.onLoop { _ in }
      #expect(pair.recorder.ends == 1)
    }
  }

  @Test func `closing it ends the other side, and reports nothing`() async throws {
    try await run { pair in
      await pair.onLoop { $0.close() }
      #expect(await pair.read(1) == [])
      #expect(pair.send([1]) == -1)
      let isIgnored = await pair.onLoop { $0.write([1]) }
      #expect(isIgnored)
      #expect(pair.recorder.ends == 0)
    }
  }

  @Test func `one that was never started closes its socket`() throws {
    var ends: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    _ = LoopDescriptor(ends[0], on: Loop(), mostWaiting: 1)
    var byte: UInt8 = 0
    #expect(recv(ends[1], &byte, 1, 0) == 0)
    close(ends[1])
  }
}
