import CLibvirt
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Hypervisor

private enum RealHost {
  static let uri = "qemu:///system"

  static func isAnswering() async -> Bool {
    guard access("/usr/bin/qemu-img", X_OK) == 0 else { return false }
    return (try? await withHost(uri) { await $0.firstContact() }) == true
  }
}

/// Tests of libvirt's QEMU driver with a network, a pool and emulated machines.
@Suite(
  .serialized, .timeLimit(.minutes(30)),
  .enabled("qemu:///system does not answer on this machine") { await RealHost.isAnswering() })
struct QEMUTests {
  private let prefix = "obox-test-\(getpid())"
  /// The first three bytes of the network's addresses: another run at the same time has other ones.
  private let range = "10.177.\(getpid() % 250)"

  /// A new pool with an 8 MB qcow2 image `base` in it, and the image's path.
  private func withPool(_ body: @Sendable (Host, String, String) async throws -> Void) async throws {
    let folder = try temporaryFolder()
    let (pool, image) = (prefix, "\(folder)/base.img")
    try Child.run(["/usr/bin/qemu-img", "create", "-q", "-f", "qcow2", image, "8M"])
    try await withHost(RealHost.uri) { host in
      #expect(await host.firstContact())
      var failure: (any Error)?
      do {
        try await host.ensurePool(name: pool, path: "\(folder)/pool/")
        try await host.importVolume(pool: pool, name: "base", fromFile: image, format: "qcow2") { _ in }
        try await body(host, pool, image)
      } catch {
        failure = error
      }
      for name in try await host.domains().map(\.name) where name.hasPrefix(prefix) {
        try await host.destroy(name)
        try await host.undefine(name)
      }
      try forget(pool: pool)
      try Child.run(["/bin/rm", "-rf", folder])
      if let failure { throw failure }
    }
  }

  /// Removes the pool and the network if they exist; the files of the pool stay.
  private func forget(pool: String) throws {
    for (kind, name) in [("pool", pool), ("net", prefix)] {
      for verb in ["destroy", "undefine"] {
        // It fails where there is none, or none that runs.
        _ = Child.wait(
          try Child.start(["/usr/bin/virsh", "-q", "-c", RealHost.uri, "\(kind)-\(verb)", name]))
      }
    }
  }

  private func machine(_ host: Host, disk: String, seed: String? = nil, network: String) async throws
    -> DomainDefinition
  {
    let capabilities = try await host.capabilities()
    return DomainDefinition(
      name: "\(prefix)-m", uuid: "2f6b3e0c-4f43-4a0e-9a7e-0000\(hex(UInt32(getpid())))", title: "<A & B>",
      vcpu: 1, memoryMB: 128, diskPath: disk, seedPath: seed, network: .network(network),
      mac: "52:54:00:77:00:01", type: capabilities.domainType, machine: capabilities.machine)
  }

  private func hex(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  private func network() -> NetworkDefinition {
    NetworkDefinition(
      name: prefix, bridge: "obt\(getpid())", address: "\(range).1")
  }

  @Test func `the trial machine decides between KVM and emulation, once`() async throws {
    try await withHost(RealHost.uri) { host in
      #expect(await host.firstContact())
      let capabilities = try await host.capabilities()
      #expect(capabilities.domainType == (capabilities.emulationReason == nil ? "kvm" : "qemu"))
      #expect(capabilities.emulator.contains("qemu"))
      #expect(capabilities.supportsUpload && capabilities.cores > 0 && capabilities.memoryMB > 0)
      #expect(try await host.capabilities() == capabilities)
      #expect(try await host.domains().allSatisfy { !$0.name.hasPrefix(Trial.prefix) })
    }
  }

  @Test func `an image with another content than declared is refused`() async throws {
    try await withPool { host, pool, image in
      let header = Array(try readFile(image).prefix(DiskImage.headerSize))
      let described = try DiskImage(header: header, fileSize: 0)
      #expect(described.format == .qcow2 && described.capacity == 8 << 20)
      func refused(_ file: String, _ format: String) async -> HypervisorError.Code? {
        await refusal {
          try await host.importVolume(pool: pool, name: "bad", fromFile: file, format: format) { _ in }
        }
      }
      #expect(await refused(image, "raw") == .unsupported)
      #expect(await refused("/etc/os-release", "qcow2") == .unsupported)
      #expect(await refused("/etc", "raw") == .unsupported)
      #expect(await refused("/nonexistent", "raw") == .notFound)
      let door = image + ".door"
      try Child.run([
        "/usr/bin/qemu-img", "create", "-q", "-f", "qcow2", "-b", "/etc/passwd", "-F", "raw", door,
      ])
      #expect(await refused(door, "qcow2") == .unsupported)
      #expect(try await host.volumes(pool: pool) == ["base"])
    }
  }

  @Test func `an import reports progress, is complete, and happens once`() async throws {
    try await withPool { host, pool, image in
      let bytes = (0..<5_000_003).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) }
      let file = image + ".raw"
      try writeFile(file, bytes)
      let heard = Mutex<[Double]>([])
      for _ in 0..<2 {
        try await host.importVolume(pool: pool, name: "raw", fromFile: file, format: "raw") { part in
          heard.withLock { $0.append(part) }
        }
      }
      let progress = heard.withLock { $0 }
      #expect(progress.count > 10 && progress == progress.sorted())
      #expect(progress.suffix(2) == [1, 1] && progress.dropLast(2).allSatisfy { $0 < 1 })
      try Child.run(["/usr/bin/cmp", file, try await host.volumePath(pool: pool, name: "raw")])
      #expect(try await host.volumes(pool: pool).sorted() == ["base", "raw"])
    }
  }

  @Test func `an upload interrupted by a crash is no volume, and is started over`() async throws {
    try await withPool { host, pool, image in
      try await host.deleteVolume(pool: pool, name: "base")
      try await host.createVolume(pool: pool, name: "base", bytes: [1, 2, 3])
      try await host.createVolume(pool: pool, name: "base" + Host.unfinishedSuffix, bytes: [])
      #expect(try await !host.volumeExists(pool: pool, name: "base"))
      try await host.importVolume(pool: pool, name: "base", fromFile: image, format: "qcow2") { _ in }
      #expect(try await host.volumeExists(pool: pool, name: "base"))
      try Child.run(["/usr/bin/cmp", image, try await host.volumePath(pool: pool, name: "base")])
      #expect(try await host.volumes(pool: pool) == ["base"])
    }
  }

  @Test func `a cancelled import leaves nothing`() async throws {
    try await withPool { host, pool, image in
      let file = image + ".raw"
      try Child.run(["/usr/bin/truncate", "-s", "200M", file])
      let begun = AsyncStream.makeStream(of: Void.self)
      let upload = Task {
        try await host.importVolume(pool: pool, name: "raw", fromFile: file, format: "raw") { _ in
          begun.continuation.yield()
        }
      }
      for await _ in begun.stream { break }
      upload.cancel()
      await #expect(throws: CancellationError.self) { try await upload.value }
      #expect(try await host.volumes(pool: pool) == ["base"])
    }
  }

  @Test func `a disk has its image as backing file, grows and never shrinks`() async throws {
    try await withPool { host, pool, _ in
      for _ in 0..<2 { try await host.createOverlay(pool: pool, name: "d", backing: "base", capacityGB: 2) }
      try await host.createVolume(pool: pool, name: "other", bytes: [0])
      #expect(
        await refusal { try await host.createOverlay(pool: pool, name: "d", backing: "other", capacityGB: 2) }
          == .exists)
      #expect(
        await refusal { try await host.createOverlay(pool: pool, name: "e", backing: "none", capacityGB: 2) }
          == .notFound)
      let network = network()
      try await host.ensureNetwork(network)
      let path = try await host.volumePath(pool: pool, name: "d")
      let definition = try await machine(host, disk: path, network: network.name)
      try await host.define(definition)
      for _ in 0..<2 { try await host.resizeDisk(definition.name, pool: pool, capacityGB: 3) }
      #expect(
        await refusal { try await host.resizeDisk(definition.name, pool: pool, capacityGB: 2) }
          == .unsupported)
      let header = Array(try readFile(path).prefix(DiskImage.headerSize))
      #expect(header[24..<32].reduce(0) { $0 << 8 | UInt64($1) } == 3 << 30)
      #expect(throws: DiskImage.Problem.hasBackingFile) { try DiskImage(header: header, fileSize: 0) }
      // Repeating a step finds what exists and succeeds.
      try await host.createOverlay(pool: pool, name: "d", backing: "base", capacityGB: 2)
      try await host.deleteVolume(pool: pool, name: "d")
      #expect(try await !host.volumeExists(pool: pool, name: "d"))
      #expect(access(path, F_OK) != 0)
    }
  }

  @Test func `a disk in the oldest qcow2 format grows only without snapshots`() async throws {
    try await withPool { host, pool, _ in
      let network = network()
      try await host.ensureNetwork(network)
      try await host.createOverlay(pool: pool, name: "d", backing: "base", capacityGB: 1)
      let path = try await host.volumePath(pool: pool, name: "d")
      try Child.run(["/usr/bin/qemu-img", "create", "-q", "-f", "qcow2", "-o", "compat=0.10", path, "1G"])
      let definition = try await machine(host, disk: path, network: network.name)
      try await host.define(definition)
      let name = definition.name
      func grown() async -> HypervisorError.Code? {
        await refusal { try await host.resizeDisk(name, pool: pool, capacityGB: 2) }
      }
      // With virsh, and by hand: libvirt does not know the second.
      let virsh = ["/usr/bin/virsh", "-c", RealHost.uri]
      let image = ["/usr/bin/qemu-img", "snapshot"]
      for (make, delete) in [
        (virsh + ["snapshot-create-as", name, "s"], virsh + ["snapshot-delete", name, "s"]),
        (image + ["-c", "s", path], image + ["-d", "s", path]),
      ] {
        try Child.run(make)
        #expect(await grown() == .hasSnapshots)
        #expect(try await host.sizes(name)?.diskGB == 1)
        try Child.run(delete)
      }
      try await host.checkDisk(name, pool: pool, growsTo: 2)
      #expect(try await host.sizes(name)?.diskGB == 1)
      #expect(await grown() == nil)
      #expect(try await host.sizes(name)?.diskGB == 2)
    }
  }

  @Test func `a bridged card of an earlier version is filtered, also in a saved state`()
    async throws
  {
    try await withPool { host, pool, _ in
      let network = network()
      try await host.ensureNetwork(network)
      try await host.createOverlay(pool: pool, name: "d", backing: "base", capacityGB: 1)
      var definition = try await machine(
        host, disk: try await host.volumePath(pool: pool, name: "d"), network: network.name)
      definition.network = .bridge(network.bridge)
      let name = definition.name
      try await host.define(xml: definition.xml(), operation: "")
      func xml(_ flags: UInt32) async throws -> String {
        try await host.perform("read") { connection in
          let domain = try connection.existingDomain(name, "read")
          return try checkedText(virDomainGetXMLDesc(domain.pointer, flags), "read")
        }
      }
      try await host.start(name)
      try Child.run(["/usr/bin/virsh", "-c", RealHost.uri, "managedsave", name])
      let former = try await xml(VIR_DOMAIN_XML_INACTIVE.rawValue)
      try await host.filterCards(of: name, mac: definition.mac)
      let present = try await xml(VIR_DOMAIN_XML_INACTIVE.rawValue)
      #expect(CardFilter.added(to: former, mac: definition.mac) != nil && former != present)
      #expect(CardFilter.added(to: present, mac: definition.mac) == nil)
      #expect(
        XMLReader.attributes("slot", of: "domain/devices/interface/address", in: former)
          == XMLReader.attributes("slot", of: "domain/devices/interface/address", in: present))
      try await host.start(name)
      let running = try await xml(0)
      let path = "domain/devices/interface/filterref"
      #expect(XMLReader.attribute("filter", of: path, in: running) == CardFilter.cleanTraffic)
      #expect(XMLReader.attribute("value", of: path + "/parameter", in: running) == "dhcp")
    }
  }

  /// Blocks until a console has sent this many bytes, or has ended.
  private func read(_ count: Int, from file: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      var byte: UInt8 = 0
      guard recv(file, &byte, 1, 0) == 1 else { break }
      bytes.append(byte)
    }
    return bytes
  }

  @Test func `a machine's screen and serial line are open while it runs`() async throws {
    try await withPool { host, pool, _ in
      let network = network()
      try await host.ensureNetwork(network)
      try await host.createOverlay(pool: pool, name: "d", backing: "base", capacityGB: 1)
      let definition = try await machine(
        host, disk: try await host.volumePath(pool: pool, name: "d"), network: network.name)
      let name = definition.name
      try await host.define(definition)
      for kind in ConsoleKind.allCases {
        #expect(await refusal { try await host.openConsole(name, kind) } == .notFound)
      }
      try await host.start(name)
      var open: [Int32] = []
      for _ in 0..<2 {
        let screen = try #require(try await host.openConsole(name, .vnc).take())
        let version = await onThread { read(12, from: screen) }
        #expect(version == Array("RFB 003.008\n".utf8))
        open.append(screen)
      }
      let line = try await host.openConsole(name, .serial)
      #expect(await refusal { try await host.openConsole(name, .serial) } == .busy)
      close(try #require(line.take()))
      // The daemon hears of it a moment later.
      var next: OpenDescriptor?
      for _ in 0..<1000 where next == nil { next = try? await host.openConsole(name, .serial) }
      let serial = try #require(next?.take())
      #expect(send(serial, "x", 1, Int32(MSG_NOSIGNAL)) == 1)
      open.append(serial)
      try await host.destroy(name)
      for file in open {
        let rest = await onThread { read(1 << 30, from: file) }
        #expect(rest.count < 1 << 20)
        close(file)
      }
    }
  }

  @Test func `a machine's life is published, including stops by others and crashes`() async throws {
    try await withPool { host, pool, _ in
      let network = network()
      try await host.ensureNetwork(network)
      try await host.ensureNetwork(network)
      try await host.createOverlay(pool: pool, name: "d", backing: "base", capacityGB: 1)
      let cloudInit = CloudInit(instanceID: "i", hostname: "h", user: "u", authorizedKeys: ["k"])
      try await host.createVolume(
        pool: pool, name: "seed", bytes: try SeedImage.iso(files: cloudInit.files()))
      let definition = try await machine(
        host, disk: try await host.volumePath(pool: pool, name: "d"),
        seed: try await host.volumePath(pool: pool, name: "seed"), network: network.name)
      let name = definition.name
      let events = host.events()
      func next(_ state: DomainState) async -> String? {
        for await case .domain(name, _, let told, let detail) in events where told == state { return detail }
        return nil
      }
      try await host.define(definition)
      #expect(await next(.stopped) == "defined")
      try await host.start(name)
      #expect(await next(.running) != nil)
      try await host.suspend(name)
      #expect(await next(.paused) == "paused")
      #expect(await refusal { try await host.start(name) } == .busy)
      try await host.resume(name)
      #expect(await next(.running) == "unpaused")
      try await host.shutdown(name)
      let now = try #require(try await host.statistics().first { $0.name == name })
      #expect(now.state == .running && now.vcpus == 1 && now.memoryTotalKB == 128 * 1024)
      #expect(now.cpuTimeNs > 0 && now.diskCapacity == 1 << 30 && now.memoryUsedKB == nil)
      try await host.ejectSeed(name)
      try await host.ejectSeed(name)
      // Without its file the next start would fail, unless the permanent definition was changed, too.
      try await host.deleteVolume(pool: pool, name: "seed")
      #expect(await refusal { try await host.reconfigure(name, vcpu: 2, memoryMB: 256) } == .busy)
      try await withHost(RealHost.uri) { other in
        #expect(await other.firstContact())
        try await other.destroy(name)
      }
      #expect(await next(.stopped) == "destroyed")
      try await host.reconfigure(name, vcpu: 2, memoryMB: 256)
      try await host.start(name)
      let grown = try #require(try await host.statistics().first { $0.name == name })
      #expect(grown.vcpus == 2 && grown.memoryTotalKB == 256 * 1024)
      let process = String(decoding: try readFile("/run/libvirt/qemu/\(name).pid"), as: UTF8.self)
      kill(try #require(pid_t(process.filter(\.isNumber))), SIGKILL)
      #expect(await next(.crashed) == "failed")
      #expect(try await host.state(name) == .crashed)
      try await host.destroy(name)
      try await host.undefine(name)
      #expect(await next(.gone) == "undefined")
      #expect(try await host.state(name) == .gone)
    }
  }

  @Test(.enabled(if: access("/usr/lib/ipxe/qemu/pxe-virtio.rom", R_OK) == 0, "ipxe-qemu is not installed"))
  func `a registered card gets its address, and any other none`() async throws {
    try await withPool { host, pool, _ in
      let network = network()
      try await host.ensureNetwork(network)
      var cards: [String] = []
      for number in 1...2 {
        try await host.createOverlay(pool: pool, name: "d\(number)", backing: "base", capacityGB: 1)
        var definition = try await machine(
          host, disk: try await host.volumePath(pool: pool, name: "d\(number)"), network: network.name)
        definition.name += String(number)
        definition.uuid = definition.uuid.replacing("0000", with: "000\(number)", maxReplacements: 1)
        definition.mac = "52:54:00:77:00:0\(number)"
        cards.append(definition.mac)
        if number == 2 {
          let entry = NetworkHost(mac: definition.mac, address: "\(range).9", name: "web")
          try await host.changeHosts(of: network, entering: [entry])
        }
        // The firmware's network boot requests an address like any guest.
        try await host.define(
          xml: definition.xml().replacing("<boot dev='hd'/>", with: "<boot dev='network'/>"), operation: "")
        try await host.start(definition.name)
      }
      var leases: [NetworkLease] = []
      while leases.isEmpty { leases = try await host.leases(network.name) }
      #expect(leases.map(\.mac) == [cards[1]] && leases.map(\.address) == ["\(range).9"])
      let name = "\(prefix)-m2"
      #expect(try await host.address(name, network: network.name, mac: cards[1]) == "\(range).9")
      #expect(try await host.address(name, network: network.name, mac: cards[0]) == nil)
    }
  }

  @Test func `a network of an earlier version is changed while it runs`() async throws {
    try await withPool { host, _, _ in
      let network = network()
      let former = network.xml().replacing(
        "prefix='24'/>", with: "prefix='24'><dhcp><range start='\(range).2' end='\(range).9'/></dhcp></ip>")
      try await host.perform("define") { connection in
        _ = try connection.defineNetwork(xml: former, "define")
      }
      #expect(try await host.ensureNetwork(network))
      let bridge = if_nametoindex(network.bridge)
      let (a, b) = (
        NetworkHost(mac: "52:54:00:77:00:0A", address: "\(range).3", name: "web"),
        NetworkHost(mac: "52:54:00:77:00:0b", address: "\(range).4", name: "WEB")
      )
      try await host.changeHosts(of: network, entering: [a, b])
      try await host.closeRange(of: network)
      for place in Network.Place.allCases {
        let xml = try await host.perform("read") { connection in
          try connection.network(network.name, "read")?.xml(place, "read") ?? ""
        }
        #expect(NetworkDefinition.ranges(in: xml).isEmpty && network.matches(xml))
        // Two machines with the same name: the second uses the name that its guest sends.
        #expect(NetworkHost.all(in: xml) == [a, NetworkHost(mac: b.mac, address: b.address)])
      }
      // They swap addresses, which libvirt refuses to do in one step.
      let turned = [
        NetworkHost(mac: a.mac, address: b.address), NetworkHost(mac: b.mac, address: a.address),
      ]
      try await host.changeHosts(of: network, entering: turned)
      #expect(try await host.networkHosts(network.name) == turned)
      try await host.changeHosts(of: network, entering: [], removing: [a.mac, "52:54:00:77:00:ff"])
      #expect(try await host.networkHosts(network.name).map(\.mac) == [b.mac])
      #expect(if_nametoindex(network.bridge) == bridge && bridge > 0)
    }
  }

  @Test func `a changed network definition takes effect`() async throws {
    try await withPool { host, _, _ in
      var network = network()
      try await host.ensureNetwork(network)
      network.address = "\(range).2"
      try await host.ensureNetwork(network)
      let name = network.name
      let xml = try await host.perform("read") { try $0.network(name, "read")?.xml("read") }
      #expect(network.matches(try #require(xml)))
    }
  }
}

private func readFile(_ path: String) throws -> [UInt8] {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  defer { close(file) }
  var bytes = [UInt8](repeating: 0, count: 4096)
  let count = read(file, &bytes, bytes.count)
  guard count >= 0 else { throw Child.Failed() }
  return Array(bytes[..<count])
}
