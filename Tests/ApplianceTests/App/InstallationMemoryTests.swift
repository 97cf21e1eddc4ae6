import Synchronization
import Testing

@testable import Appliance

@Suite struct InstallationMemoryTests {
  @Test func `machines stay on their hypervisor unless another one is configured`() throws {
    let found = Site(configuration: try Configuration.load(file: nil, environment: [:]), dataFolder: "/x")
    #expect(found.remembering(nil).libvirtURI == found.libvirtURI)
    #expect(found.remembering("test:///other").libvirtURI == found.libvirtURI)
    #expect(found.remembering("qemu+tls://other/system").libvirtURI == "qemu+tls://other/system")
    let configured = Site(
      configuration: try Configuration.load(file: nil, environment: ["LIBVIRT_URI": "test:///default"]),
      dataFolder: "/x")
    #expect(configured.remembering("qemu:///system").libvirtURI == "test:///default")
  }

  @Test func `the hypervisor is stored once there are machines`() async throws {
    try await TestAppliance.run { test in
      let read = { try await test.appliance.database.read { try InstallationMemory.hypervisor(in: $0) } }
      #expect(try await read() == nil)
      _ = try await test.machine(of: try await test.person("lea"))
      #expect(try await read() == "test:///default")
    }
  }

  @Test func `a key file that does not match the database is reported`() async throws {
    try await TestAppliance.run { test in
      let folder = TemporaryFolder()
      let lines = Mutex<String>("")
      let log = Log(level: .error) { bytes in
        lines.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
      }
      let database = test.appliance.database
      for (vault, isNoticed) in [
        (test.appliance.vault, false), (try Vault(keyFile: folder["other.key"]), true),
      ] {
        try await InstallationMemory(database: database, vault: vault, log: log).note(hypervisor: "x")
        log.flush()
        #expect(lines.withLock { $0.contains("event=vault") } == isNoticed)
      }
    }
  }
}
