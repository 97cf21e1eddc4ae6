import Testing

@testable import Hypervisor

@Suite struct DefinitionTests {
  private func machine(type: String = "kvm", network: DomainDefinition.Attachment = .network("obox"))
    -> DomainDefinition
  {
    DomainDefinition(
      name: "machine-7", uuid: "2f6b3e0c-4f43-4a0e-9a7e-0f5a4a1c2d3e", title: "<Zoé & 'co'>", vcpu: 2,
      memoryMB: 1024, diskPath: "/pool/7.qcow2", seedPath: "/pool/7.iso", network: network,
      mac: "52:54:00:00:00:07", type: type, machine: "q35", consoleLogPath: "/log/7")
  }

  @Test func `a title cannot break the XML`() {
    #expect(XMLReader.text(of: "domain/title", in: machine().xml()) == "<Zoé & 'co'>")
  }

  @Test func `the seed is a virtio-scsi CD-ROM, as cloud kernels lack AHCI`() {
    let xml = machine().xml()
    #expect(XMLReader.attributes("bus", of: "domain/devices/disk/target", in: xml) == ["virtio", "scsi"])
    #expect(XMLReader.attribute("model", of: "domain/devices/controller", in: xml) == "virtio-scsi")
    var without = machine()
    without.seedPath = nil
    #expect(XMLReader.attributes("device", of: "domain/devices/disk", in: without.xml()) == ["disk"])
  }

  @Test func `VNC listens on no port`() {
    let xml = machine().xml()
    #expect(XMLReader.attributes("type", of: "domain/devices/graphics/listen", in: xml) == ["none"])
    #expect(XMLReader.attributes("listen", of: "domain/devices/graphics", in: xml) == [])
    #expect(XMLReader.attributes("port", of: "domain/devices/graphics", in: xml) == [])
  }

  @Test(arguments: [("kvm", "host-passthrough"), ("qemu", "maximum"), ("test", nil)])
  func `the processor model depends on the domain type`(type: String, mode: String?) {
    let xml = machine(type: type).xml()
    #expect(XMLReader.attribute("type", of: "domain", in: xml) == type)
    #expect(XMLReader.attribute("mode", of: "domain/cpu", in: xml) == mode)
  }

  @Test func `a machine is connected to a network or a bridge`() {
    let path = "domain/devices/interface"
    #expect(XMLReader.attribute("network", of: path + "/source", in: machine().xml()) == "obox")
    let bridged = machine(network: .bridge("br0")).xml()
    #expect(XMLReader.attribute("type", of: path, in: bridged) == "bridge")
    #expect(XMLReader.attribute("bridge", of: path + "/source", in: bridged) == "br0")
  }

  @Test func `a filtered card uses its DHCP address, not the first it sends from`() {
    var bridged = machine(network: .bridge("br0"))
    bridged.filter = CardFilter.cleanTraffic
    let path = "domain/devices/interface/filterref"
    #expect(XMLReader.attribute("filter", of: path, in: bridged.xml()) == "clean-traffic")
    #expect(XMLReader.attribute("name", of: path + "/parameter", in: bridged.xml()) == "CTRL_IP_LEARNING")
    #expect(XMLReader.attribute("value", of: path + "/parameter", in: bridged.xml()) == "dhcp")
  }

  @Test
  func `a bridged card without filter gets it, and nothing else changes`()
    throws
  {
    let plain = machine(network: .bridge("br0")).xml()
    let end = "</interface>"
    let bare = plain.replacing(end, with: "<filterref filter='clean-traffic'/>" + end)
    var wanted = machine(network: .bridge("br0"))
    wanted.filter = CardFilter.cleanTraffic
    for former in [plain, bare] {
      #expect(CardFilter.added(to: former, mac: "52:54:00:00:00:07") == wanted.xml())
      #expect(CardFilter.added(to: former, mac: "52:54:00:00:00:08") == nil)
    }
    // Of two cards only ours is changed.
    let theirs = "<interface type='bridge'><mac address='52:54:00:00:00:09'/></interface>"
    let two = plain.replacing("<interface ", with: theirs + "<interface ")
    let expected = wanted.xml().replacing("<interface ", with: theirs + "<interface ")
    #expect(CardFilter.added(to: two, mac: "52:54:00:00:00:07") == expected)
    for kept in [
      wanted.xml(), machine().xml(), plain.replacing(end, with: "<filterref filter='theirs'/>" + end),
    ] { #expect(CardFilter.added(to: kept, mac: "52:54:00:00:00:07") == nil) }
  }

  @Test func `our network adds no firewall rules`() {
    #expect(XMLReader.attribute("mode", of: "network/forward", in: NetworkDefinition().xml()) == "open")
  }

  @Test func `a network matches with its mask as a prefix or as an address`() {
    let network = NetworkDefinition(prefix: 20)
    #expect(network.matches(network.xml()))
    #expect(network.matches(network.xml().replacing("prefix='20'", with: "netmask='255.255.240.0'")))
    #expect(!network.matches(network.xml().replacing("prefix='20'", with: "netmask='255.255.255.0'")))
  }

  @Test func `every change of a network is detected`() {
    let network = NetworkDefinition()
    let others = [
      NetworkDefinition(bridge: "obox1"), NetworkDefinition(address: "10.77.0.2"),
      NetworkDefinition(prefix: 16),
      NetworkDefinition(isolated: false),
    ]
    for other in others { #expect(!network.matches(other.xml())) }
    #expect(!network.matches(network.xml().replacing("'open'", with: "'nat'")))
  }
}

@Suite struct VolumeDefinitionTests {
  @Test func `a qcow2 disk can grow while it has snapshots`() {
    let disk = VolumeDefinition(name: "web", capacity: 1 << 30, format: "qcow2")
    #expect(XMLReader.text(of: "volume/target/compat", in: disk.xml()) == "1.1")
    let seed = VolumeDefinition(name: "seed", capacity: 1 << 20)
    #expect(XMLReader.text(of: "volume/target/compat", in: seed.xml()) == nil)
  }
}
