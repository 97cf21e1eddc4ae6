import Glibc

/// Changes of machines by other tools, such as `virsh`. In one process, all connections to libvirt's test
/// driver share their machines.
public enum ByHand {
  public struct Failed: Error {
    let call: String
  }

  private typealias Call = @convention(c) (OpaquePointer, UInt32) -> Int32
  private typealias End = @convention(c) (OpaquePointer) -> Int32
  private typealias Find = @convention(c) (OpaquePointer, UnsafePointer<CChar>) -> OpaquePointer?
  private typealias Make = @convention(c) (OpaquePointer, UnsafePointer<CChar>, UInt32) -> OpaquePointer?
  private typealias Text = @convention(c) (OpaquePointer, UInt32) -> UnsafeMutablePointer<CChar>?
  private typealias Open = @convention(c) (UnsafePointer<CChar>) -> OpaquePointer?

  /// `virsh managedsave`
  public static func save(_ domain: String) throws {
    try with("virDomainLookupByName", domain, freedBy: "virDomainFree") { domain in
      guard try function("virDomainManagedSave", Call.self)(domain, 0) == 0 else {
        throw Failed(call: "virDomainManagedSave")
      }
    }
  }

  /// `virsh snapshot-create-as`
  public static func snapshot(_ domain: String, as name: String) throws {
    try with("virDomainLookupByName", domain, freedBy: "virDomainFree") { domain in
      let xml = "<domainsnapshot><name>\(name)</name></domainsnapshot>"
      guard let made = try function("virDomainSnapshotCreateXML", Make.self)(domain, xml, 0) else {
        throw Failed(call: "virDomainSnapshotCreateXML")
      }
      _ = try function("virDomainSnapshotFree", End.self)(made)
    }
  }

  /// `virsh snapshot-delete`
  public static func deleteSnapshot(_ name: String, of domain: String) throws {
    try with("virDomainLookupByName", domain, freedBy: "virDomainFree") { domain in
      let find = try function("virDomainSnapshotLookupByName", Make.self)
      guard let snapshot = find(domain, name, 0) else { throw Failed(call: "virDomainSnapshotLookupByName") }
      defer { _ = try? function("virDomainSnapshotFree", End.self)(snapshot) }
      guard try function("virDomainSnapshotDelete", Call.self)(snapshot, 0) == 0 else {
        throw Failed(call: "virDomainSnapshotDelete")
      }
    }
  }

  /// `virsh edit`
  public static func edit(_ domain: String, _ change: (String) -> String) throws {
    let xml = change(try definition(of: domain))
    try withConnection { connection in
      guard let made = try function("virDomainDefineXML", Find.self)(connection, xml) else {
        throw Failed(call: "virDomainDefineXML")
      }
      _ = try function("virDomainFree", End.self)(made)
    }
  }

  /// `virsh dumpxml --inactive`
  public static func definition(of domain: String) throws -> String {
    var xml = ""
    try with("virDomainLookupByName", domain, freedBy: "virDomainFree") { domain in
      guard let text = try function("virDomainGetXMLDesc", Text.self)(domain, 2) else {
        throw Failed(call: "virDomainGetXMLDesc")
      }
      defer { free(text) }
      xml = String(cString: text)
    }
    return xml
  }

  /// Replaces a disk by one in the old qcow2 format, as earlier versions created it.
  public static func replaceVolume(_ name: String, of pool: String, gigabytes: Int) throws {
    try with("virStoragePoolLookupByName", pool, freedBy: "virStoragePoolFree") { pool in
      let free = try function("virStorageVolFree", End.self)
      if let present = try function("virStorageVolLookupByName", Find.self)(pool, name) {
        defer { _ = free(present) }
        guard try function("virStorageVolDelete", Call.self)(present, 0) == 0 else {
          throw Failed(call: "virStorageVolDelete")
        }
      }
      let xml = """
        <volume><name>\(name)</name><capacity unit='GiB'>\(gigabytes)</capacity><allocation>0</allocation>
        <target><format type='qcow2'/></target></volume>
        """
      guard let made = try function("virStorageVolCreateXML", Make.self)(pool, xml, 0) else {
        throw Failed(call: "virStorageVolCreateXML")
      }
      _ = free(made)
    }
  }

  private static func with(
    _ lookup: String, _ name: String, freedBy free: String, _ body: (OpaquePointer) throws -> Void
  ) throws {
    try withConnection { connection in
      guard let found = try function(lookup, Find.self)(connection, name) else { throw Failed(call: lookup) }
      defer { _ = try? function(free, End.self)(found) }
      try body(found)
    }
  }

  private static func withConnection(_ body: (OpaquePointer) throws -> Void) throws {
    guard let connection = try function("virConnectOpen", Open.self)("test:///default") else {
      throw Failed(call: "virConnectOpen")
    }
    defer { _ = try? function("virConnectClose", End.self)(connection) }
    try body(connection)
  }

  /// Looked up at run time, so that building the tests does not require libvirt.
  private static func function<F>(_ name: String, _ type: F.Type) throws -> F {
    guard let found = dlsym(dlopen("libvirt.so.0", RTLD_LAZY), name) else { throw Failed(call: name) }
    return unsafeBitCast(found, to: F.self)
  }
}
