import HTTP
import Store

/// What one frame asks of the chat, and whose it is.
struct ChatCommand: Sendable {
  let subscriber: Subscriber
  let account: Account
  let payload: JSONValue
  private let log: Log
  private let database: Database
  private let chat: Chat

  /// Nil where the socket speaks for nobody any more.
  init?(_ subscriber: Subscriber, _ payload: JSONValue, _ database: Database, _ chat: Chat, _ log: Log) {
    guard let account = subscriber.account else { return nil }
    self.subscriber = subscriber
    self.account = account
    self.payload = payload
    self.database = database
    self.chat = chat
    self.log = log
  }

  /// The channel that is named. Throws 404 where there is none; whether it may be read is another question.
  func channel() throws(Failure) -> Channel {
    guard let channel = chat.directory.find(payload["channel"]) else { throw Failure.channelNotFound }
    return channel
  }

  /// The id of a message. Throws 404 where it cannot be one.
  func id(_ name: String, orZero: Bool = false) throws(Failure) -> Int64 {
    let value = payload[name]
    guard let id = value?.int64 ?? value?.string.flatMap({ Int64(digits: $0) }), id > 0 || orZero && id == 0
    else {
      throw Failure.messageNotFound
    }
    return id
  }

  /// Does something in a transaction; what it has to tell, it tells by itself.
  func write(_ body: @escaping @Sendable (Chat, Account, Transaction) throws -> Void) {
    database.write(
      { [chat, account] tx in try body(chat, account, tx) },
      then: { result in
        if case .failure(let error) = result { refuse(error) }
      })
  }

  /// Says `ERROR {code,message}` with what the frame was about.
  func refuse(_ error: any Error) {
    let failure = known(error)
    subscriber.send(
      Frames.error(failure.code, failure.sentence(subscriber.language)) { json in
        for (name, value) in failure.details {
          json.key(text: name)
          json.value(value)
        }
        if let clientID = payload["clientId"]?.string { json.field("clientId", clientID) }
        if let id = try? id("id") { json.id("id", id) }
        if let channel = chat.directory.find(payload["channel"]), channel.mayRead(account.id) {
          json.id("channel", channel.id)
        } else if let word = payload["channel"]?.string, word.utf8.count <= 64 {
          json.field("channel", word)
        }
      })
  }

  private func known(_ error: any Error) -> Failure {
    if let failure = error as? Failure { return failure }
    if let refusal = Unavailability.refusal(for: error) { return refusal }
    log.error("chat") { $0.field("error", error) }
    return .internalError
  }
}
