import Glibc
import HTTP
import Hypervisor

/// One running installation: its configuration, its folder, and what was found out about the host.
struct Site: Sendable {
  let configuration: Configuration
  /// Holds the database, its key, and by default the images and the disks.
  let dataFolder: String
  let isDemo: Bool
  /// Serves the page from this folder in place of the binary, while one works on it.
  let assetsFolder: String?
  private(set) var libvirtURI: String
  /// The host's own address on the machines' network.
  private(set) var subnet: IPv4Subnet
  let publicIP: String
  let publicURL: String

  init(configuration: Configuration, dataFolder: String, isDemo: Bool = false, assetsFolder: String? = nil) {
    self.configuration = configuration
    self.dataFolder = dataFolder
    self.isDemo = isDemo
    self.assetsFolder = assetsFolder
    subnet = configuration.network
    libvirtURI = configuration.libvirtURI ?? Self.localHypervisor()
    let address = configuration.publicIP ?? Self.primaryAddress()
    publicIP = address
    let scheme = configuration.tls == nil ? "http" : "https"
    let isWide = ["0.0.0.0", "::", "*"].contains(configuration.listenAddress)
    let name = isWide ? address : configuration.listenAddress
    publicURL =
      configuration.publicURL
      ?? "\(scheme)://\(name.contains(":") ? "[\(name)]" : name):\(configuration.port)"
  }

  /// Whether a browser would send the page's cookie to what machines serve on their forwarded ports: cookies know no
  /// ports, and without TLS nothing else keeps them apart.
  var sharesCookiesWithMachines: Bool {
    guard publicURL.hasPrefix("http://") else { return false }
    var host = publicURL.dropFirst("http://".count).prefix { $0 != "/" }
    if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
      host = host[host.index(after: host.startIndex)..<end]
    } else {
      host = host.prefix { $0 != ":" }
    }
    return host.lowercased() == publicIP.lowercased()
  }

  /// The same on the real hypervisor that its machines are known to be on, where none is configured: libvirt's
  /// socket may be missing for a moment at the host's start, and the test driver knows none of them.
  func remembering(_ hypervisor: String?) -> Site {
    guard configuration.libvirtURI == nil, let hypervisor, !hypervisor.hasPrefix("test:") else { return self }
    var site = self
    site.libvirtURI = hypervisor
    return site
  }

  /// The same on the network that it had before; at the first start, where none is configured, on one whose range
  /// nobody on the host uses.
  func choosingNetwork(remembered: IPv4Subnet?, routes: () -> HostRoutes = HostRoutes.current) -> Site {
    guard !configuration.isNetworkGiven, configuration.networkBridge == nil, isLocalHypervisor else {
      return self
    }
    var site = self
    site.subnet =
      remembered ?? routes().free(configuration.network, bridge: configuration.bridgeInterface) ?? subnet
    return site
  }

  /// Whether machines run on this host itself, so that its interfaces and firewall are theirs.
  var isLocalHypervisor: Bool { libvirtURI.hasPrefix("qemu:///") }

  var databasePath: String { dataFolder + "/obox.db" }
  var keyPath: String { dataFolder + "/obox.key" }
  var imagesFolder: String { configuration.imagesFolder ?? dataFolder + "/images" }
  var poolFolder: String { configuration.poolFolder ?? dataFolder + "/disks" }
  /// The storage pool is named after the network, so that two installations on a host stay apart.
  var poolName: String { configuration.networkName }

  /// Our own network, as libvirt is to make it.
  var network: NetworkDefinition {
    NetworkDefinition(
      name: configuration.networkName, bridge: configuration.bridgeInterface,
      address: subnet.address.description, prefix: subnet.prefix, isolated: false)
  }

  /// The addresses that machines are given there. The host's own splits the subnet: guests get the larger side.
  var guestAddresses: Range<UInt32> {
    let below = subnet.network.bits + 1..<subnet.address.bits
    let above = subnet.address.bits + 1..<subnet.broadcast.bits
    return below.count > above.count ? below : above
  }

  var server: ServerConfiguration {
    var server = ServerConfiguration()
    server.address = configuration.listenAddress
    server.port = configuration.port
    server.trustedProxies = configuration.trustedProxies
    if let most = configuration.addressConnections { server.connectionsPerAddress = most }
    if let tls = configuration.tls { server.tls = TLSFiles(certificate: tls.certificate, key: tls.key) }
    return server
  }

  /// The system's libvirt where its socket is there, else libvirt's own test driver.
  private static func localHypervisor() -> String {
    let sockets = [
      "/run/libvirt/libvirt-sock", "/run/libvirt/virtqemud-sock", "/var/run/libvirt/libvirt-sock",
    ]
    return sockets.contains { access($0, R_OK | W_OK) == 0 } ? "qemu:///system" : "test:///default"
  }

  /// The address of the interface that leads outwards, else of the first one that is up, else loopback.
  private static func primaryAddress() -> String {
    var list: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&list) == 0 else { return "127.0.0.1" }
    defer { freeifaddrs(list) }
    var next = list
    while let entry = next {
      next = entry.pointee.ifa_next
      let isUp = entry.pointee.ifa_flags & UInt32(IFF_UP) != 0
      let isLoopback = entry.pointee.ifa_flags & UInt32(IFF_LOOPBACK) != 0
      guard isUp, !isLoopback, let address = entry.pointee.ifa_addr,
        address.pointee.sa_family == sa_family_t(AF_INET)
      else { continue }
      let name = String(cString: entry.pointee.ifa_name)
      if ["virbr", "obox", "docker", "veth", "tap"].contains(where: { name.hasPrefix($0) }) { continue }
      var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let length = socklen_t(MemoryLayout<sockaddr_in>.size)
      guard
        getnameinfo(address, length, &buffer, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST) == 0
      else { continue }
      return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    return "127.0.0.1"
  }
}
