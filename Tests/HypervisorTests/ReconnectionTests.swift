import Testing

@testable import Hypervisor

/// A daemon that starts, dies, freezes and returns while a host is connected.
@Suite(
  .serialized, .timeLimit(.minutes(30)),
  .enabled(if: PrivateLibvirtd.isAvailable, "libvirtd is not installed on this machine"))
struct ReconnectionTests {
  private func withDaemon(_ body: @Sendable (PrivateLibvirtd, Host) async throws -> Void) async throws {
    let daemon = try PrivateLibvirtd()
    defer { daemon.remove() }
    try await withHost(daemon.uri) { try await body(daemon, $0) }
  }

  @Test func `a daemon that starts later is found`() async throws {
    try await withDaemon { daemon, host in
      let events = host.events()
      #expect(await events.wait { _ in true }?.isDisconnected == true)
      #expect(await refusal { try await host.domains().count } == .unreachable)
      try daemon.start()
      #expect(await events.wait { $0 == .connected } != nil)
      #expect(try await host.state("test") == .running)
    }
  }

  @Test func `the loss of a killed daemon is detected, and the host reconnects with a fresh view`()
    async throws
  {
    try await withDaemon { daemon, host in
      let events = host.events()
      try daemon.start()
      _ = await events.wait { $0 == .connected }
      for _ in 0..<2 {
        try await host.destroy("test")
        let stopped = await events.wait { $0.isChange(of: "test") }
        #expect(
          stopped
            == .domain(
              name: "test", uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", state: .stopped, detail: "destroyed"
            ))
        daemon.kill()
        #expect(await events.wait { $0.isDisconnected } != nil)
        #expect(await refusal { try await host.start("test") } == .unreachable)
        try daemon.start()
        #expect(await events.wait { $0 == .connected } != nil)
        // The daemon's test driver has lost its state; its machine runs as in the beginning.
        #expect(try await host.state("test") == .running)
      }
    }
  }

  @Test func `calls to a frozen daemon fail as unreachable, and the host reconnects`() async throws {
    try await withDaemon { daemon, host in
      let events = host.events()
      try daemon.start()
      _ = await events.wait { $0 == .connected }
      // The first round uses some of the connections; neither an open nor a new one may hang.
      for isFrozen in [false, true] {
        if isFrozen { daemon.freeze() }
        let codes = await withTaskGroup(of: HypervisorError.Code?.self) { group in
          for _ in 0..<8 { group.addTask { await refusal { try await host.state("test") } } }
          return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.allSatisfy { $0 == (isFrozen ? .unreachable : nil) })
      }
      #expect(await events.wait { $0.isDisconnected } != nil)
      daemon.thaw()
      #expect(await events.wait { $0 == .connected } != nil)
      #expect(try await host.state("test") == .running)
    }
  }

  @Test func `changes by other tools are published`() async throws {
    try await withDaemon { daemon, host in
      let events = host.events()
      try daemon.start()
      _ = await events.wait { $0 == .connected }
      try await withHost(daemon.uri) { other in
        #expect(await other.firstContact())
        try await other.destroy("test")
      }
      let told = await events.wait { $0.isChange(of: "test") }
      #expect(
        told
          == .domain(
            name: "test", uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", state: .stopped, detail: "destroyed"))
    }
  }

  @Test func `a host can be stopped while its daemon is frozen`() async throws {
    let daemon = try PrivateLibvirtd()
    defer { daemon.remove() }
    try await withHost(daemon.uri) { host in
      let events = host.events()
      try daemon.start()
      _ = await events.wait { $0 == .connected }
      daemon.freeze()
      async let code = refusal { try await host.state("test") }
      await host.stop()
      #expect(await code == .unreachable)
    }
  }
}
