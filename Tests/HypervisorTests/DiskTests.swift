import Glibc
import Testing

@testable import Hypervisor

/// Finding a machine's current disks, on libvirt's test driver.
@Suite(.timeLimit(.minutes(30))) struct DiskTests {
  private func xml(_ name: String, uuid: String, disks: [String]) -> String {
    let devices = disks.enumerated().map { index, path in
      let letter = UnicodeScalar(UInt8(97 + index))
      return
        "<disk type='file' device='disk'><source file='\(path)'/><target dev='vd\(letter)' bus='virtio'/></disk>"
    }
    let medium =
      "<disk type='file' device='cdrom'><source file='/disks/medium'/><target dev='sda' bus='scsi'/></disk>"
    return """
      <domain type='test'><name>\(name)</name><uuid>\(uuid)</uuid><memory unit='MiB'>64</memory>
      <vcpu>2</vcpu><os><type>hvm</type></os><devices>\(devices.joined())\(medium)</devices></domain>
      """
  }

  @Test func `a machine's current disks are deleted with it, and no others`() async throws {
    try await withHost("test:///default") { host in
      #expect(await host.firstContact())
      let (pool, mine, other) = (
        "disks", "2f6b3e0c-4f43-4a0e-9a7e-000000000201", "2f6b3e0c-4f43-4a0e-9a7e-000000000202"
      )
      try await host.ensurePool(name: pool, path: "/disks")
      try await host.ensurePool(name: "elsewhere", path: "/elsewhere")
      for name in ["base-x", "system", "added", "shared", "medium", "stranger"] {
        try await host.createOverlay(pool: pool, name: name, backing: "none", capacityGB: 3)
      }
      try await host.createOverlay(pool: "elsewhere", name: "far", backing: "none", capacityGB: 1)
      let disks =
        ["system", "added", "shared", "base-x", "missing"].map { "/disks/\($0)" } + ["/elsewhere/far"]
      try await host.define(xml: xml("disks-mine", uuid: mine, disks: disks), operation: "")
      try await host.define(xml: xml("disks-other", uuid: other, disks: ["/disks/shared"]), operation: "")
      #expect(try await host.sizes(mine) == DomainSizes(vcpu: 2, memoryMB: 64, diskGB: 3))
      #expect(try await !host.isSaved(mine))
      try await host.deleteDisks("2f6b3e0c-4f43-4a0e-9a7e-000000000209", pool: pool) { _ in false }
      for _ in 0..<2 { try await host.deleteDisks(mine, pool: pool) { $0.hasPrefix("base-") } }
      #expect(try await host.volumes(pool: pool).sorted() == ["base-x", "medium", "shared", "stranger"])
      #expect(try await host.volumes(pool: "elsewhere") == ["far"])
      for uuid in [mine, other] { try await host.undefine(uuid) }
    }
  }

  @Test func `a machine deleted meanwhile does not prevent deleting another's disks`() async throws {
    try await withHost("test:///default") { host in
      #expect(await host.firstContact())
      let (pool, mine, other) = (
        "meanwhile", "2f6b3e0c-4f43-4a0e-9a7e-000000000211", "2f6b3e0c-4f43-4a0e-9a7e-000000000212"
      )
      try await host.ensurePool(name: pool, path: "/meanwhile")
      for name in ["system", "shared", "stranger"] {
        try await host.createOverlay(pool: pool, name: name, backing: "none", capacityGB: 1)
      }
      let disks = ["/meanwhile/system", "/meanwhile/shared"]
      try await host.define(xml: xml("meanwhile-mine", uuid: mine, disks: disks), operation: "")
      try await host.define(
        xml: xml("meanwhile-other", uuid: other, disks: ["/meanwhile/shared"]), operation: "")
      try await host.deleteDisks(mine, pool: pool, keeping: { _ in false }) { _, met in
        if uuid(of: met.pointer) == other { try met.undefine("") }
      }
      #expect(try await host.state(other) == .gone)
      // The other machine's files are not used by anyone any more.
      #expect(try await host.volumes(pool: pool) == ["stranger"])
      try await host.undefine(mine)
    }
  }

  @Test func `only a UUID is looked up as a UUID`() {
    #expect(isUUID("2f6b3e0c-4f43-4a0e-9a7e-000000000201"))
    for text in [
      "", "web-01", "2f6b3e0c-4f43-4a0e-9a7e-00000000020", "2f6b3e0c-4f43-4a0e-9a7e-00000000020g",
      "2f6b3e0c04f43-4a0e-9a7e-000000000201",
    ] { #expect(!isUUID(text)) }
  }
}
