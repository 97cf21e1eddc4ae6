import Hypervisor
import Store

extension MachineOperations {
  /// The definitions of the machines in libvirt, by UUID, for a backup; without those that libvirt does not tell now.
  func definitions() async -> [String: String] {
    let uuids = try? await database.read { connection in
      try connection.query("SELECT uuid FROM machines ORDER BY id") { $0.text(0) }
    }
    var found: [String: String] = [:]
    for uuid in uuids ?? [] {
      do {
        if let xml = try await host.definition(of: uuid) { found[uuid] = xml }
      } catch {
        log.warn("backup") { line in
          line.field("machine", uuid)
          line.field("error", error)
        }
        break
      }
    }
    return found
  }
}
