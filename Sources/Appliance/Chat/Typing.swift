import HTTP
import Synchronization

/// Typing indicators: sent at the start, repeated while typing goes on, and ended by a message or a timeout.
final class Typing: Sendable {
  /// Timeout without a new signal.
  static let patience: Duration = .seconds(6)
  /// Interval at which it is repeated for people who joined meanwhile.
  static let repetition: Duration = .seconds(3)

  private struct Place: Hashable {
    let channel: Int64
    let user: Int64
  }

  private struct Writing {
    let name: String
    var until: ContinuousClock.Instant
    var saidAt: ContinuousClock.Instant
  }

  private let feeds: ChannelFeeds
  private let loop: Loop
  private let state = Mutex<[Place: Writing]>([:])

  init(feeds: ChannelFeeds, loop: Loop) {
    self.feeds = feeds
    self.loop = loop
  }

  func begins(_ account: Account, in channel: Int64) {
    let place = Place(channel: channel, user: account.id)
    let now = ContinuousClock.now
    let (isNew, isSaid) = state.withLock { writings in
      let present = writings[place]
      let isSaid = present.map { now - $0.saidAt < Self.repetition } ?? false
      writings[place] = Writing(
        name: account.name, until: now + Self.patience, saidAt: isSaid ? present?.saidAt ?? now : now)
      return (present == nil, isSaid)
    }
    if !isSaid { publish(place, account.name, true) }
    if isNew { watch(place, for: Self.patience) }
  }

  func ends(_ account: Int64, in channel: Int64) {
    let place = Place(channel: channel, user: account)
    guard let writing = state.withLock({ $0.isEmpty ? nil : $0.removeValue(forKey: place) }) else { return }
    publish(place, writing.name, false)
  }

  private func watch(_ place: Place, for time: Duration) {
    loop.timer(after: time) { [self] in
      let now = ContinuousClock.now
      let rest = state.withLock { $0[place].map { $0.until - now } }
      guard let rest else { return }
      if rest > .zero { watch(place, for: rest) } else { ends(place.user, in: place.channel) }
    }
  }

  private func publish(_ place: Place, _ name: String, _ isTyping: Bool) {
    let text = Frames.encode("USER_TYPING") { json in
      json.object { json in
        json.id("channel", place.channel)
        json.id("userId", place.user)
        json.field("userName", name)
        json.field("isTyping", isTyping)
      }
    }
    feeds[place.channel]?.publish(Frame(text: text, droppable: true), except: place.user)
  }
}
