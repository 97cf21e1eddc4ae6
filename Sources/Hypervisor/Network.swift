import CLibvirt
import Glibc

/// A reference to a libvirt network, released when it goes out of scope.
struct Network: ~Copyable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  deinit {
    virNetworkFree(pointer)
    virResetLastError()
  }

  func isActive(_ operation: String) throws -> Bool { try check(virNetworkIsActive(pointer), operation) == 1 }

  /// The permanent definition; the test driver has only one and rejects the flag.
  func xml(_ operation: String) throws -> String {
    let inactive = virNetworkGetXMLDesc(pointer, VIR_NETWORK_XML_INACTIVE.rawValue)
    if inactive == nil { virResetLastError() }
    return try checkedText(inactive ?? virNetworkGetXMLDesc(pointer, 0), operation)
  }

  /// Whether a running machine is connected; true when unknown.
  func isInUse() -> Bool {
    defer { virResetLastError() }
    return virNetworkListAllPorts(pointer, nil, 0) != 0
  }

  /// The address of a card's latest lease.
  func address(mac: String, _ operation: String) throws -> String? {
    try leases(mac: mac, operation).max { $0.ends < $1.ends }?.address
  }

  /// The leases of one card; of all cards when `mac` is nil.
  func leases(mac: String?, _ operation: String) throws -> [NetworkLease] {
    var leases: UnsafeMutablePointer<virNetworkDHCPLeasePtr?>?
    let count = try check(virNetworkGetDHCPLeases(pointer, mac, &leases, 0), operation)
    guard let leases else { return [] }
    defer {
      for index in 0..<Int(count) { virNetworkDHCPLeaseFree(leases[index]) }
      free(leases)
    }
    return (0..<Int(count)).compactMap { leases[$0]?.pointee }
      .filter { $0.type == Int32(VIR_IP_ADDR_TYPE_IPV4.rawValue) }
      .compactMap { lease in
        guard let address = lease.ipaddr, let mac = lease.mac else { return nil }
        return NetworkLease(
          mac: String(cString: mac), address: String(cString: address), ends: lease.expirytime)
      }
  }
}

extension Connection {
  /// Nil when the host has no such network.
  func network(_ name: String, _ operation: String) throws -> Network? {
    if let found = virNetworkLookupByName(pointer, name) { return Network(found) }
    let error = HypervisorError.last(operation)
    if error.code == .notFound { return nil }
    throw error
  }

  func define(_ definition: NetworkDefinition, uuid: String?, _ operation: String) throws -> Network {
    try defineNetwork(xml: definition.xml(uuid: uuid), operation)
  }

  func defineNetwork(xml: String, _ operation: String) throws -> Network {
    Network(try check(virNetworkDefineXML(pointer, xml), operation))
  }
}
