import HTTP
import Store
import Synchronization

/// Every channel with its members, in memory: the truth's copy, since this process is the only writer.
///
/// `refresh` is what makes a change of a channel live: it belongs at the end of the transaction that changed it.
final class ChannelDirectory: Sendable {
  private struct State {
    var channels: [Int64: Channel] = [:]
    var publicNames: [String: Int64] = [:]
    /// Changed in transactions whose commit was not told yet: to other transactions only the database is true.
    var unsettled: Set<Int64> = []
    var general: Int64 = 0
  }

  private let hub: Hub
  private let feeds: ChannelFeeds
  private let state = Mutex(State())

  init(hub: Hub, feeds: ChannelFeeds) {
    self.hub = hub
    self.feeds = feeds
  }

  /// Loads what is in the database; called once at start.
  func load(from connection: Connection) throws {
    let all = try Channel.all(in: connection)
    state.withLock { state in
      for channel in all { Self.put(channel, channel.id, &state) }
    }
  }

  subscript(id: Int64) -> Channel? { state.withLock { $0.channels[id] } }

  /// The id of the channel that everyone is in.
  var general: Int64 { state.withLock { $0.general } }

  /// The channel that a client names: by its id as text or number, or a public one by its name.
  func find(_ word: JSONValue?) -> Channel? {
    if let text = word?.string { return find(text) }
    return word?.int64.flatMap { self[$0] }
  }

  func find(_ word: String) -> Channel? {
    if let id = Int64(digits: word) { return self[id] }
    guard word.utf8.count <= ChannelFields.longestNameBytes else { return nil }
    let key = Folding.fold(word)
    return state.withLock { state in state.publicNames[key].flatMap { state.channels[$0] } }
  }

  /// The channel as it is within a transaction.
  func find(_ id: Int64, in tx: Transaction) throws -> Channel? {
    let (channel, isSettled) = state.withLock { ($0.channels[id], !$0.unsettled.contains(id)) }
    if isSettled { return channel }
    // The change may have been undone, and would never be told. When hooks run no transaction does, and those of
    // a change in the same group of commits run before the next one begins.
    tx.afterCommit { [self] in state.withLock { _ = $0.unsettled.remove(id) } }
    return try Channel.find(id, in: tx)
  }

  /// Makes what a transaction did to a channel live once it is on disk: puts it in memory, takes sockets that
  /// may not listen any more off it (`CHANNEL_LEFT`), and tells its members, old and new (`CHANNEL_CHANGED`).
  /// `actor` is who did it: whoever took out themselves has left, and was not removed.
  func refresh(_ id: Int64, by actor: Int64? = nil, in tx: Transaction) throws {
    let channel = try Channel.find(id, in: tx)
    state.withLock { _ = $0.unsettled.insert(id) }
    tx.afterCommit { [self] in
      let old = state.withLock { state in
        state.unsettled.remove(id)
        return Self.put(channel, id, &state)
      }
      publish(ChannelChange(id: id, old: old, new: channel, actor: actor))
    }
  }

  /// Forgets a person whose account is gone, with the rows of what they were in.
  func forget(account: Int64) {
    state.withLock { state in
      for channel in state.channels.values where channel.members[account] != nil {
        state.channels[channel.id] = channel.without(account)
      }
    }
  }

  /// Called on the writer's thread, as is everything that is told: in the order of the commits.
  private func publish(_ change: ChannelChange) {
    if let reason = change.endsFor {
      feeds.remove(from: change.id) { account in reason(account) }
    }
    for (word, people) in change.news {
      let members = word == "members" ? change.new?.members.count : nil
      let frame = Frame(text: Self.changed(change.id, word, members: members))
      if let people { hub.send(frame, to: people) } else { hub.sendToAll(frame) }
    }
  }

  /// With `members`, how many there are now: who only shows their number need not ask for anything.
  static func changed(_ id: Int64, _ change: String, members: Int? = nil) -> [UInt8] {
    Frames.encode("CHANNEL_CHANGED") { json in
      json.object { json in
        json.id("channel", id)
        json.field("change", change)
        if let members { json.field("memberCount", members) }
      }
    }
  }

  @discardableResult
  private static func put(_ channel: Channel?, _ id: Int64, _ state: inout State) -> Channel? {
    let old = state.channels[id]
    if let old, old.kind == .public { state.publicNames[Folding.fold(old.name)] = nil }
    state.channels[id] = channel
    if let channel, channel.kind == .public { state.publicNames[Folding.fold(channel.name)] = id }
    if channel?.isGeneral == true { state.general = id }
    return old
  }
}
