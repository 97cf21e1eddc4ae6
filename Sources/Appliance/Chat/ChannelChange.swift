/// The difference between two states of a channel, and whom it concerns.
struct ChannelChange {
  let id: Int64
  let old: Channel?
  let new: Channel?
  let actor: Int64?

  /// Returns the reason why an account's sockets must leave the channel, or nil; the function is nil when no
  /// account is affected.
  var endsFor: ((Int64) -> String?)? {
    guard let new else { return { _ in "DELETED" } }
    if new.isArchived, old?.isArchived == false { return { _ in "ARCHIVED" } }
    let lost = Set(old?.members.keys.map { $0 } ?? []).subtracting(new.members.keys)
    guard !lost.isEmpty, !new.isGeneral else { return nil }
    return { [actor] account in
      guard lost.contains(account) else { return nil }
      return account == actor ? "LEFT" : "REMOVED"
    }
  }

  /// The kinds of `CHANNEL_CHANGED` with the accounts to send each to; nil for everyone.
  ///
  /// Other members only learn that membership changed. Members who joined, left or got a new role get their
  /// own kind, so that in a channel of a thousand only they reload it.
  var news: [(word: String, people: [Int64]?)] {
    let before = Set(old?.members.keys.map { $0 } ?? [])
    let after = Set(new?.members.keys.map { $0 } ?? [])
    guard let new else { return [("deleted", Array(before))] }
    if new.isGeneral { return [("changed", withAnotherRole.isEmpty ? nil : withAnotherRole)] }
    guard let old else { return [("created", Array(after))] }
    if new.isArchived != old.isArchived {
      return [(new.isArchived ? "archived" : "changed", Array(after.union(before)))]
    }
    guard old.members != new.members else { return [("changed", Array(after))] }
    return [
      ("added", Array(after.subtracting(before))), ("removed", Array(before.subtracting(after))),
      ("changed", withAnotherRole.filter(before.contains)), ("members", Array(after.intersection(before))),
    ].filter { !$0.1.isEmpty }
  }

  /// Members whose role changed. Most members of the general channel have no row.
  private var withAnotherRole: [Int64] {
    guard let old, let new else { return [] }
    return new.members.filter { $0.value != old.members[$0.key] ?? .member }.map(\.key)
  }
}
