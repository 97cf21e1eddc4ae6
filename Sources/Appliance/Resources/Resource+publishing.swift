import HTTP
import Store

extension Resource {
  /// The accounts with an open page that may see a row.
  func audience(of id: Int64, _ hub: Hub, at now: Int64, in tx: Transaction) throws -> Set<Int64> {
    guard frame != nil, id > 0 else { return [] }
    var audience: Set<Int64> = []
    for account in hub.present() where may(.list, account) || may(.get, account) {
      if try isVisible(id, to: account, at: now, in: tx) { audience.insert(account.id) }
    }
    return audience
  }

  /// Publishes `{verb, id}` after the commit. Pages load the row again, so that its content reaches only
  /// those who may see it.
  func publish(_ change: Change, to audience: Set<Int64>, _ hub: Hub, in tx: Transaction) {
    tell(change.verb.rawValue, change.id, to: audience, hub, in: tx)
  }

  /// Publishes another event of a row, such as a new comment.
  func tell(_ verb: String, _ id: Int64, to audience: Set<Int64>, _ hub: Hub, in tx: Transaction) {
    guard let frame, !audience.isEmpty else { return }
    let text = Frames.encode(frame) { json in
      json.object { json in
        json.field("resource", name)
        json.field("verb", verb)
        json.id("id", id)
      }
    }
    tx.afterCommit { hub.send(Frame(text: text), to: audience) }
  }
}
