import HTTP
import Store
import Synchronization

/// All channels with their members, in memory. A valid copy of the database, since this process is the only
/// writer.
///
/// `refresh` updates it and must be called at the end of every transaction that changes a channel.
final class ChannelDirectory: Sendable {
  private struct State {
    var channels: [Int64: Channel] = [:]
    var publicNames: [String: Int64] = [:]
    /// Channels changed by transactions whose commit has not been published: other transactions must read
    /// these from the database.
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

  /// Loads all channels; called once at start.
  func load(from connection: Connection) throws {
    let all = try Channel.all(in: connection)
    state.withLock { state in
      for channel in all { Self.put(channel, channel.id, &state) }
    }
  }

  subscript(id: Int64) -> Channel? { state.withLock { $0.channels[id] } }

  /// The id of the general channel.
  var general: Int64 { state.withLock { $0.general } }

  /// The channel that a client names: an id as text or number, or the name of a public channel.
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

  /// The channel as of the transaction.
  func find(_ id: Int64, in tx: Transaction) throws -> Channel? {
    let (channel, isSettled) = state.withLock { ($0.channels[id], !$0.unsettled.contains(id)) }
    if isSettled { return channel }
    // In case the change was undone and will never be published. No transaction runs while hooks do, and the
    // hooks of a group of commits run before the next transaction begins.
    tx.afterCommit { [self] in state.withLock { _ = $0.unsettled.remove(id) } }
    return try Channel.find(id, in: tx)
  }

  /// After the commit, publishes a transaction's changes of a channel: updates the memory, takes sockets
  /// without permission off the channel (`CHANNEL_LEFT`), and notifies old and new members
  /// (`CHANNEL_CHANGED`). `actor` made the change: people who removed themselves have left, others were
  /// removed.
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

  /// Removes a deleted person from all channels.
  func forget(account: Int64) {
    state.withLock { state in
      for channel in state.channels.values where channel.members[account] != nil {
        state.channels[channel.id] = channel.without(account)
      }
    }
  }

  /// Called on the writer's thread, like all publishing: in the order of commits.
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

  /// `members` is the new number of members, so that clients which only show it need not ask.
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
