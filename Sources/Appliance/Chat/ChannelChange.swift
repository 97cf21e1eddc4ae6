/// What became of a channel, and whom that concerns.
struct ChannelChange {
  let id: Int64
  let old: Channel?
  let new: Channel?
  let actor: Int64?

  /// Says for an account why its sockets hear the channel no more; nil where nobody's are concerned.
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

  /// The words of `CHANNEL_CHANGED`, each with the accounts that it goes to; nil is everyone.
  ///
  /// `members` only says that there are others now: those who came, went or have another role hear that by
  /// themselves, so that of a thousand members one asks anew.
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

  /// The members whose role is another now. In the general channel there is no row of most.
  private var withAnotherRole: [Int64] {
    guard let old, let new else { return [] }
    return new.members.filter { $0.value != old.members[$0.key] ?? .member }.map(\.key)
  }
}
