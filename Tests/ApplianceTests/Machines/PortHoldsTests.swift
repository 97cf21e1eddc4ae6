import Glibc
import HTTP
import Synchronization
import Testing
import Threads

@testable import Appliance

@Suite struct PortHoldsTests {
  private static let range = 61_200...61_400

  /// Two installations on one host never get the same port.
  @Test func `two installations with one range get different ports`() throws {
    let (one, other) = (PortHolds(), PortHolds())
    defer {
      one.releaseAll()
      other.releaseAll()
    }
    let first = try #require(Self.range.first { one.claim($0) })
    #expect(one.claim(first))
    #expect(!other.claim(first))
    let second = try #require(Self.range.first { other.claim($0) })
    #expect(second != first)
    #expect(!one.claim(second))
    one.release(first)
    #expect(other.claim(first))
  }

  @Test func `a released port is free at once, also while children are started`() async {
    // In a process of its own, since the exit tests of others start children without our lock.
    await #expect(processExitsWith: .success) {
      exit(try await Self.failedClaims() == 0 ? 0 : 1)
    }
  }

  /// Claims and releases a port again and again while 400 children are started; returns how often it was not free.
  private static func failedClaims() async throws -> Int {
    let (one, other) = (PortHolds(), PortHolds())
    let port = try #require((62_000...62_400).shuffled().first { one.claim($0) })
    let failures = Atomic(0)
    let isDone = Atomic(false)
    defer { isDone.store(true, ordering: .releasing) }
    // On a thread of its own, so that it goes on while children are started.
    let trying = Thread("ports") {
      while !isDone.load(ordering: .acquiring) {
        one.release(port)
        if other.claim(port) { other.release(port) } else { failures.add(1, ordering: .relaxed) }
        if !one.claim(port) { failures.add(1, ordering: .relaxed) }
      }
      one.release(port)
    }
    try await withThrowingTaskGroup { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<100 { _ = try await ChildProcess.run("/bin/true", [], timeLimit: .seconds(60)) }
        }
      }
      try await group.waitForAll()
    }
    isDone.store(true, ordering: .releasing)
    try #require(trying).join()
    return failures.load(ordering: .relaxed)
  }

  @Test func `ports redirected by other rules are not taken, and held ones are kept`() throws {
    let holds = PortHolds()
    defer { holds.releaseAll() }
    // Of its own, because tests run side by side.
    let range = 61_002...61_199
    let mine = try #require(range.first { holds.claim($0) })
    let next = try #require(PortRanges(value: ["range": [.integer(Int64(mine)), 61_999]]))
    holds.avoid(next)
    #expect(holds.claim(mine))
    #expect(!range.contains { $0 != mine && holds.claim($0) && $0 > mine })
  }
}
