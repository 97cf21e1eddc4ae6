import Testing

@testable import Appliance

@Suite struct HostRoutesTests {
  /// The default route, a LAN, our own bridge, and a company network behind a gateway.
  private let routes = HostRoutes(
    table: """
      Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT
      eth0\t00000000\t0100630A\t0003\t0\t0\t0\t00000000\t0\t0\t0
      eth0\t0000630A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
      obox0\t00004D0A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
      tun0\t000010AC\t0100630A\t0003\t0\t0\t0\t0000F0FF\t0\t0\t0
      """)

  private func interface(_ text: String, bridge: String = "obox0", strictly: Bool = false) throws -> String? {
    routes.interface(using: try #require(IPv4Subnet(host: text)), besides: bridge, strictly: strictly)
  }

  @Test func `a range that overlaps another interface's is in use`() throws {
    #expect(try interface("10.99.0.77/24") == "eth0")
    #expect(try interface("10.99.0.129/25") == "eth0")
    #expect(try interface("10.0.0.1/8") == "eth0")
    #expect(try interface("10.77.0.1/24") == nil)
    #expect(try interface("10.77.0.1/24", bridge: "other0") == "obox0")
    #expect(try interface("10.98.0.1/24") == nil)
  }

  @Test func `a wide route through a gateway counts only when choosing a range`() throws {
    #expect(try interface("172.20.77.1/24") == nil)
    #expect(try interface("172.20.77.1/24", strictly: true) == "tun0")
  }

  @Test func `another range is chosen at the first start only, and stored`() throws {
    func site(_ settings: [String: String]) throws -> Site {
      let settings = settings.merging(["LIBVIRT_URI": "qemu:///system"]) { $1 }
      return Site(
        configuration: try Configuration.load(file: nil, environment: settings), dataFolder: "/nowhere")
    }
    let other = ["NETWORK_NAME": "other"]
    #expect(try site([:]).choosingNetwork(remembered: nil) { routes }.subnet.description == "10.77.0.1/24")
    #expect(try site(other).choosingNetwork(remembered: nil) { routes }.subnet.description == "10.78.0.1/24")
    let remembered = IPv4Subnet(host: "10.99.0.1/24")
    #expect(try site(other).choosingNetwork(remembered: remembered) { routes }.subnet == remembered)
    let given = other.merging(["NETWORK_ADDRESS": "10.99.0.77/24"]) { $1 }
    #expect(
      try site(given).choosingNetwork(remembered: nil) { routes }.subnet.description == "10.99.0.77/24")
  }

  @Test func `the kernel's routing table is parsed`() {
    #expect(HostRoutes(table: "").routes.isEmpty && HostRoutes(table: "a\nb c\n").routes.isEmpty)
    #expect(HostRoutes.current() == HostRoutes.current())
  }
}
