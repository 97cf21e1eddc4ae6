import HTTP
import Synchronization

/// The feeds of all channels that a socket has joined.
final class ChannelFeeds: Sendable {
  /// Maximum number of channels that one socket may join.
  static let mostOfSocket = 256

  /// For tests: runs between reading a page of a join and sending it.
  let arriving = Mutex<(@Sendable () -> Void)?>(nil)
  private let feeds = Mutex<[Int64: ChannelFeed]>([:])

  subscript(channel: Int64) -> ChannelFeed? { feeds.withLock { $0[channel] } }

  /// Starts a join; nil when the socket has joined too many channels.
  func join(_ channel: Int64, _ subscriber: Subscriber) -> (feed: ChannelFeed, ticket: UInt64)? {
    let hasRoom = subscriber.state.withLock { state in
      guard state.channels.contains(channel) || state.channels.count < Self.mostOfSocket else { return false }
      state.channels.insert(channel)
      return true
    }
    guard hasRoom else { return nil }
    let feed = feeds.withLock { feeds in
      if let feed = feeds[channel] { return feed }
      let feed = ChannelFeed(channel: channel)
      feeds[channel] = feed
      return feed
    }
    return (feed, feed.join(subscriber))
  }

  /// True when the socket had joined.
  @discardableResult
  func leave(_ channel: Int64, _ subscriber: Subscriber) -> Bool {
    subscriber.state.withLock { _ = $0.channels.remove(channel) }
    return self[channel]?.remove(subscriber.socket.id) ?? false
  }

  /// Removes a socket from all its channels.
  func remove(_ subscriber: Subscriber) {
    let channels = subscriber.state.withLock { state in
      defer { state.channels = [] }
      return state.channels
    }
    for channel in channels { _ = self[channel]?.remove(subscriber.socket.id) }
  }

  /// Removes the sockets of accounts from a channel and tells them the reason.
  func remove(from channel: Int64, because reason: (Int64) -> String?) {
    let gone = self[channel]?.remove { account in
      reason(account).map { Frame(text: Self.left(channel, $0)) }
    }
    for subscriber in gone ?? [] { subscriber.state.withLock { _ = $0.channels.remove(channel) } }
  }

  static func left(_ channel: Int64, _ reason: String) -> [UInt8] {
    Frames.encode("CHANNEL_LEFT") { json in
      json.object { json in
        json.id("channel", channel)
        json.field("reason", reason)
      }
    }
  }
}
