import Glibc
import HTTP
import Hypervisor

/// One installation: its configuration, its folders, and detected properties of the host.
struct Site: Sendable {
  /// The configuration in force, shared by all copies.
  let live: LiveConfiguration
  /// Contains the database, its key, and by default the images and disks.
  let dataFolder: String
  let isDemo: Bool
  /// For development: serves the web page from this folder instead of the embedded files.
  let assetsFolder: String?
  private(set) var libvirtURI: String
  /// The host's address and subnet on the machines' network.
  private(set) var subnet: IPv4Subnet

  init(configuration: Configuration, dataFolder: String, isDemo: Bool = false, assetsFolder: String? = nil) {
    live = LiveConfiguration(
      configuration, detected: configuration.publicIP ?? HostAddresses.current().v4.first ?? "127.0.0.1")
    self.dataFolder = dataFolder
    self.isDemo = isDemo
    self.assetsFolder = assetsFolder
    subnet = configuration.network
    libvirtURI = configuration.libvirtURI ?? Self.localHypervisor()
  }

  /// A change on the page applies from the next use on.
  var configuration: Configuration { live.configuration }
  var publicIP: String { live.publicIP }
  var publicURL: String { live.publicURL }

  /// The host name or address of the page.
  var publicHost: String {
    var host = publicURL[...]
    for scheme in ["https://", "http://"] where host.hasPrefix(scheme) { host = host.dropFirst(scheme.count) }
    host = host.prefix { $0 != "/" }
    guard host.hasPrefix("["), let end = host.firstIndex(of: "]") else {
      return String(host.prefix { $0 != ":" })
    }
    return String(host[host.index(after: host.startIndex)..<end])
  }

  /// Whether a browser would send the page's cookie to web servers in machines: cookies are not separated by
  /// port, and without TLS nothing else protects them.
  var sharesCookiesWithMachines: Bool {
    publicURL.hasPrefix("http://") && publicHost.lowercased() == publicIP.lowercased()
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
  /// Our own certificate and its key, in one file, so that they are replaced together.
  var ownCertificatePath: String { dataFolder + "/obox.pem" }
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
    server.tls = tlsFiles
    server.takesPlainHTTP = true
    return server
  }

  /// The certificate and key of the server; nil without TLS.
  var tlsFiles: TLSFiles? {
    if let tls = configuration.tls { return TLSFiles(certificate: tls.certificate, key: tls.key) }
    guard configuration.hasOwnCertificate else { return nil }
    return TLSFiles(certificate: ownCertificatePath, key: ownCertificatePath)
  }

  /// The system's libvirt if its socket exists, else libvirt's test driver.
  private static func localHypervisor() -> String {
    let sockets = [
      "/run/libvirt/libvirt-sock", "/run/libvirt/virtqemud-sock", "/var/run/libvirt/libvirt-sock",
    ]
    return sockets.contains { access($0, R_OK | W_OK) == 0 } ? "qemu:///system" : "test:///default"
  }
}
