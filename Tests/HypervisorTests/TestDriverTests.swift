import Testing

@testable import Hypervisor

/// libvirt's in-process test driver. All its connections share their machines, so every name is used once.
@Suite(.timeLimit(.minutes(30))) struct TestDriverTests {
  private let uri = "test:///default"

  private func machine(_ name: String, _ number: Int) -> DomainDefinition {
    DomainDefinition(
      name: name, uuid: "2f6b3e0c-4f43-4a0e-9a7e-0000000000\(number)", title: "A & B", vcpu: 1, memoryMB: 512,
      diskPath: "/pool/\(name).qcow2", network: .network("default"), mac: "52:54:00:00:00:\(number)",
      type: "test")
  }

  @Test func `calls that the driver lacks are unsupported`() async throws {
    try await withHost(uri) { host in
      #expect(await host.firstContact())
      #expect(
        await refusal {
          try await host.importVolume(
            pool: "default-pool", name: "x", fromFile: "/etc/os-release", format: "raw"
          ) { _ in }
        } == .unsupported)
      #expect(
        await refusal { try await host.createVolume(pool: "default-pool", name: "x", bytes: [1]) }
          == .unsupported)
      try await host.ensurePool(name: "resize", path: "/resize")
      try await host.createOverlay(pool: "resize", name: "a", backing: "none", capacityGB: 1)
      var definition = machine("resize", 19)
      definition.diskPath = "/resize/a"
      try await host.define(definition)
      #expect(
        await refusal { try await host.resizeDisk("resize", pool: "resize", capacityGB: 2) } == .unsupported)
      try await host.undefine("resize")
    }
  }

  @Test func `consoles are unsupported, unless a test plays them`() async throws {
    try await withHost(uri) { host in
      #expect(await host.firstContact())
      #expect(!host.hasConsoles)
      for kind in ConsoleKind.allCases {
        #expect(await refusal { try await host.openConsole("test", kind) } == .unsupported)
      }
      host.simulateConsoles { _, _ in throw HypervisorError(.busy, "played", operation: "open") }
      #expect(host.hasConsoles)
      #expect(await refusal { try await host.openConsole("test", .vnc) } == .busy)
    }
  }

  @Test func `missing objects are reported as not found`() async throws {
    try await withHost(uri) { host in
      #expect(await host.firstContact())
      #expect(await refusal { try await host.start("nobody") } == .notFound)
      #expect(await refusal { try await host.destroy("nobody") } == .notFound)
      #expect(await refusal { try await host.volumePath(pool: "default-pool", name: "none") } == .notFound)
      #expect(await refusal { try await host.volumes(pool: "none") } == .notFound)
      #expect(try await host.state("nobody") == .gone)
      try await host.undefine("nobody")
      try await host.deleteVolume(pool: "none", name: "none")
      #expect(try await !host.volumeExists(pool: "default-pool", name: "none"))
    }
  }

  @Test(arguments: [(0, 512), (1, 0), (-1, 512), (Int.max, 512), (1, Int.max)])
  func `implausible sizes are refused`(vcpu: Int, memoryMB: Int) async throws {
    try await withHost(uri) { host in
      #expect(await host.firstContact())
      #expect(await refusal { try await host.reconfigure("test", vcpu: vcpu, memoryMB: memoryMB) } != nil)
      #expect(
        await refusal { try await host.resizeDisk("test", pool: "default-pool", capacityGB: memoryMB) } != nil
      )
    }
  }

  @Test func `a machine's life cycle is performed and published in order`() async throws {
    try await withHost(uri) { host in
      let events = host.events()
      #expect(await host.firstContact())
      let name = "life"
      try await host.define(machine(name, 10))
      #expect(try await host.state(name) == .stopped)
      try await host.start(name)
      try await host.start(name)
      #expect(try await host.state(name) == .running)
      try await host.suspend(name)
      try await host.suspend(name)
      try await host.resume(name)
      try await host.shutdown(name)
      try await host.shutdown(name)
      try await host.destroy(name)
      try await host.start(name)
      try await host.destroy(name)
      try await host.undefine(name)
      #expect(try await host.state(name) == .gone)
      var told: [HostEvent] = []
      for await event in events where event == .connected || event.isChange(of: name) {
        told.append(event)
        if case .domain(_, _, .gone, _) = event { break }
      }
      let expected: [(DomainState, String)] = [
        (.stopped, "defined"), (.running, "booted"), (.paused, "paused"), (.running, "unpaused"),
        (.stopped, "shutdown"), (.running, "booted"), (.stopped, "destroyed"), (.gone, "undefined"),
      ]
      #expect(
        told == [.connected]
          + expected.map {
            .domain(name: name, uuid: machine(name, 10).uuid, state: $0.0, detail: $0.1)
          })
    }
  }

  @Test func `a machine is resized only while it is off`() async throws {
    try await withHost(uri) { host in
      #expect(await host.firstContact())
      let name = "sized"
      try await host.define(machine(name, 11))
      try await host.start(name)
      #expect(await refusal { try await host.reconfigure(name, vcpu: 2, memoryMB: 1024) } == .busy)
      try await host.destroy(name)
      for (vcpu, memoryMB) in [(4, 2048), (1, 512), (2, 1024)] {
        try await host.reconfigure(name, vcpu: vcpu, memoryMB: memoryMB)
        try await host.start(name)
        let now = try #require(try await host.statistics().first { $0.name == name })
        #expect(now.vcpus == vcpu)
        #expect(now.memoryTotalKB == memoryMB * 1024)
        try await host.destroy(name)
      }
      try await host.undefine(name)
    }
  }

  @Test func `counters and addresses are available for the demo`() async throws {
    try await withHost(uri) { host in
      #expect(await host.firstContact())
      let name = "counted"
      try await host.define(machine(name, 12))
      #expect(try await host.address(name, network: "default", mac: "52:54:00:00:00:12") == nil)
      try await host.start(name)
      let address = try await host.address(name, network: "default", mac: "52:54:00:00:00:12")
      // The driver adds the domain's id, which may exceed 255, to the network's address.
      #expect(address?.hasPrefix("192.168.12") == true)
      let now = try #require(try await host.statistics().first { $0.name == name })
      #expect(now.state == .running)
      #expect(now.cpuTimeNs > 0 && isUUID(now.uuid))
      #expect(now.memoryUsedKB == nil)
      #expect(try await host.domains().contains { $0.name == name && $0.state == .running })
      try await host.ejectSeed(name)
      try await host.destroy(name)
      try await host.undefine(name)
    }
  }

  @Test func `networks, pools and disks can be prepared twice`() async throws {
    try await withHost(uri) { host in
      #expect(await host.firstContact())
      var network = NetworkDefinition(
        name: "twice", bridge: "twice0", address: "10.99.0.1")
      for _ in 0..<2 {
        try await host.ensureNetwork(network)
        try await host.ensurePool(name: "twice", path: "/twice/")
        try await host.createOverlay(pool: "twice", name: "disk", backing: "none", capacityGB: 10)
      }
      network.address = "10.99.0.200"
      try await host.ensureNetwork(network)
      #expect(await refusal { try await host.ensurePool(name: "twice", path: "/elsewhere") } == .foreign)
      #expect(try await host.volumes(pool: "twice") == ["disk"])
      #expect(try await host.volumePath(pool: "twice", name: "disk") == "/twice/disk")
      try await host.deleteVolume(pool: "twice", name: "disk")
      try await host.deleteVolume(pool: "twice", name: "disk")
      #expect(try await host.volumes(pool: "twice") == [])
    }
  }

  @Test func `the driver reports its capabilities`() async throws {
    try await withHost(uri) { host in
      #expect(await host.firstContact())
      #expect(host.isTestDriver && host.isConnected)
      let capabilities = try await host.capabilities()
      #expect(capabilities.domainType == "test")
      #expect(!capabilities.supportsUpload && !capabilities.supportsConsole && !capabilities.supportsLeases)
      #expect(capabilities.cores > 0 && capabilities.memoryMB > 0)
    }
  }
}
