import HTTP
import Store
import Synchronization

/// The chat: posts and changes messages, checks permissions and publishes events.
///
/// Its functions take the current transaction; sockets and routes share them. Their effects are published
/// after the commit, on the writer's thread, and so in the same order for everyone. They throw `Failure` with
/// a code of `Refusals.chat`.
final class Chat: Sendable {
  let hub: Hub
  let feeds = ChannelFeeds()
  let directory: ChannelDirectory
  let notifications: Notifications
  let quotas: Quotas
  let typing: Typing

  init(hub: Hub, sessions: Sessions, notifications: Notifications, quotas: Quotas, loop: Loop) {
    self.quotas = quotas
    self.hub = hub
    self.notifications = notifications
    directory = ChannelDirectory(hub: hub, feeds: feeds)
    typing = Typing(feeds: feeds, loop: loop)
    hub.whenRemoved { [feeds] in feeds.remove($0) }
    sessions.whenAccountIsRemoved { [directory] in directory.forget(account: $0) }
  }

  /// Publishes an event of the transaction after its commit.
  func publish(_ event: ChatEvent, in tx: Transaction) {
    tx.afterCommit { [feeds] in
      feeds[event.message.channel]?.publish(Frame(text: event.frame), event.number)
    }
  }

  /// The channel, if the account may read it. Throws 404 otherwise.
  func readable(_ id: Int64, by account: Account, in tx: Transaction) throws -> Channel {
    guard let channel = try directory.find(id, in: tx), channel.mayRead(account.id) else {
      throw Failure.channelNotFound
    }
    return channel
  }

  /// A message to be changed, with its channel. Throws 404 when the account may not read it or it was
  /// deleted, 409 when the channel is archived.
  func changeable(
    _ id: Int64, by account: Account, in tx: Transaction
  ) throws -> (message: ChatMessage, channel: Channel) {
    guard let message = try ChatMessage.find(id, in: tx), !message.isDeleted,
      let channel = try directory.find(message.channel, in: tx), channel.mayRead(account.id)
    else { throw Failure.messageNotFound }
    if channel.isArchived { throw Failure.channelArchived }
    return (message, channel)
  }

  /// Increments and returns a channel's revision, for a change of one of its messages.
  static func advance(_ channel: Int64, in tx: Transaction) throws -> Int64 {
    try tx.scalar("UPDATE channels SET revision = revision + 1 WHERE id = ? RETURNING revision", channel) ?? 0
  }
}
