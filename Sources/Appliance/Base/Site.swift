import Glibc
import HTTP
import Hypervisor

/// One installation: its configuration, its folders, and detected properties of the host.
struct Site: Sendable {
  let configuration: Configuration
  /// Contains the database, its key, and by default the images and disks.
  let dataFolder: String
  let isDemo: Bool
  /// For development: serves the web page from this folder instead of the embedded files.
  let assetsFolder: String?
  private(set) var libvirtURI: String
  /// The host's address and subnet on the machines' network.
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

  /// Whether a browser would send the page's cookie to web servers in machines: cookies are not separated by
  /// port, and without TLS nothing else protects them.
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

  /// Uses the hypervisor that the existing machines are on, unless one is configured: libvirt's socket may be
  /// missing for a moment while the host boots, and the test driver must not be used then.
  func remembering(_ hypervisor: String?) -> Site {
    guard configuration.libvirtURI == nil, let hypervisor, !hypervisor.hasPrefix("test:") else { return self }
    var site = self
    site.libvirtURI = hypervisor
    return site
  }

  /// Uses the network of previous starts; at the first start, unless one is configured, chooses a range that
  /// is not in use on the host.
  func choosingNetwork(remembered: IPv4Subnet?, routes: () -> HostRoutes = HostRoutes.current) -> Site {
    guard !configuration.isNetworkGiven, configuration.networkBridge == nil, isLocalHypervisor else {
      return self
    }
    var site = self
    site.subnet =
      remembered ?? routes().free(configuration.network, bridge: configuration.bridgeInterface) ?? subnet
    return site
  }

  /// Whether machines run on this host, so that its interfaces and firewall apply to them.
  var isLocalHypervisor: Bool { libvirtURI.hasPrefix("qemu:///") }

  var databasePath: String { dataFolder + "/obox.db" }
  var keyPath: String { dataFolder + "/obox.key" }
  var imagesFolder: String { configuration.imagesFolder ?? dataFolder + "/images" }
  var poolFolder: String { configuration.poolFolder ?? dataFolder + "/disks" }
  /// The storage pool is named after the network, so that two installations on a host do not clash.
  var poolName: String { configuration.networkName }

  /// The definition of our own network.
  var network: NetworkDefinition {
    NetworkDefinition(
      name: configuration.networkName, bridge: configuration.bridgeInterface,
      address: subnet.address.description, prefix: subnet.prefix, isolated: false)
  }

  /// The addresses for machines on it: the larger of the two ranges beside the host's own address.
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

  /// The system's libvirt if its socket exists, else libvirt's test driver.
  private static func localHypervisor() -> String {
    let sockets = [
      "/run/libvirt/libvirt-sock", "/run/libvirt/virtqemud-sock", "/var/run/libvirt/libvirt-sock",
    ]
    return sockets.contains { access($0, R_OK | W_OK) == 0 } ? "qemu:///system" : "test:///default"
  }

  /// The address of the interface with the default route, else of the first one that is up, else loopback.
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
