import HTTP
import Hypervisor
import Store

/// Sends a machine's current row to its subscribers.
struct MachineBroadcast: Sendable {
  let site: Site
  let host: Host
  let forwarding: Forwarding
  let hub: Hub

  func changed(_ id: Int64, in tx: Transaction) throws {
    let publicIP = site.publicIP
    let isReachable = host.isConnected
    let isForwarding = forwarding.isEnabled
    let hasConsoles = host.hasConsoles
    let job = try JobQueue.unfinished(ofMachine: id, in: tx)?.id
    let found = try tx.first(MachineView.select + " WHERE m.id = ?", id) { row in
      let texts = Language.allCases.map { language in
        let view = MachineView(
          publicIP: publicIP, isHostReachable: isReachable, isForwarding: isForwarding,
          hasConsoles: hasConsoles, language: language)
        return (language, Frames.encode("VM_STATUS") { view.write(row, to: &$0, job: job) })
      }
      return (row.int64(1), Dictionary(texts, uniquingKeysWith: { first, _ in first }))
    }
    guard let (owner, texts) = found else { return }
    tx.afterCommit { [hub] in
      hub.publish(.machines, to: .owner(owner)) { texts[$0] ?? [] }
    }
  }

  func deleted(_ id: Int64, owner: Int64, in tx: Transaction) {
    let text = Frames.encode("VM_STATUS") { json in
      json.object { json in
        json.id("id", id)
        json.field("status", "deleted")
      }
    }
    tx.afterCommit { [hub] in hub.publish(.machines, to: .owner(owner)) { _ in text } }
  }
}
