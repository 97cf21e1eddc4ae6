import HTTP
import Synchronization

/// Hands what happens to the sockets that listen for it and may see it.
///
/// A frame is encoded once for each language in use and shared by all its receivers. Nothing
/// reaches a socket that is not signed in.
final class Hub: Sendable {
  private struct State {
    var subscribers: [UInt64: Subscriber] = [:]
    var byTopic: [Topic: Set<UInt64>] = [:]
  }

  private let state = Mutex(State())

  func add(_ subscriber: Subscriber) {
    state.withLock { $0.subscribers[subscriber.socket.id] = subscriber }
  }

  func remove(_ subscriber: Subscriber) {
    let topics = subscriber.state.withLock { state in
      defer { state.topics = [] }
      return state.topics
    }
    state.withLock { state in
      state.subscribers[subscriber.socket.id] = nil
      for topic in topics { Self.drop(subscriber, from: topic, &state) }
    }
  }

  /// Listens to a topic; false where the socket has too many already.
  func subscribe(_ subscriber: Subscriber, to topic: Topic) -> Bool {
    let isNew = subscriber.state.withLock { state in
      guard state.topics.count < Subscriber.mostTopics else { return false }
      state.topics.insert(topic)
      return true
    }
    guard isNew else { return false }
    state.withLock { _ = $0.byTopic[topic, default: []].insert(subscriber.socket.id) }
    return true
  }

  func unsubscribe(_ subscriber: Subscriber, from topic: Topic) {
    _ = subscriber.state.withLock { $0.topics.remove(topic) }
    state.withLock { Self.drop(subscriber, from: topic, &$0) }
  }

  func hasListeners(_ topic: Topic) -> Bool {
    state.withLock { $0.byTopic[topic]?.isEmpty == false }
  }

  /// Sends to everyone in the audience who listens to `topic` or to `other`, once each.
  func publish(
    _ topic: Topic, or other: Topic? = nil, to audience: Audience, droppable: Bool = false,
    _ encode: (Language) -> [UInt8]
  ) {
    let listeners = state.withLock { state in
      var ids = state.byTopic[topic] ?? []
      if let other, let more = state.byTopic[other] { ids.formUnion(more) }
      return ids.compactMap { state.subscribers[$0] }
    }
    var frames: [Language: Frame] = [:]
    for listener in listeners {
      guard let account = listener.account, audience.includes(account) else { continue }
      let frame = frames[listener.language] ?? Frame(text: encode(listener.language), droppable: droppable)
      frames[listener.language] = frame
      listener.socket.send(frame)
    }
  }

  /// The accounts that listen to a topic, each once.
  func listeners(_ topic: Topic) -> [Subscriber] {
    state.withLock { state in (state.byTopic[topic] ?? []).compactMap { state.subscribers[$0] } }
  }

  /// Tells the sockets of a session that it ended, and closes them.
  func endSession(_ id: Int64, reason: String) {
    let mine = state.withLock { state in
      state.subscribers.values.filter { $0.state.withLock { $0.sessionID == id } }
    }
    let text = Frames.encode("SESSION_ENDED") { json in
      json.beginObject()
      json.field("reason", reason)
      json.endObject()
    }
    for subscriber in mine {
      subscriber.send(text)
      subscriber.socket.close(code: 4001, reason: reason)
    }
  }

  private static func drop(_ subscriber: Subscriber, from topic: Topic, _ state: inout State) {
    state.byTopic[topic]?.remove(subscriber.socket.id)
    if state.byTopic[topic]?.isEmpty == true { state.byTopic[topic] = nil }
  }
}
