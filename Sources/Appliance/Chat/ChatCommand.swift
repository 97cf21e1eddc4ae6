import HTTP
import Store

/// A chat command received in one frame, with its sender.
struct ChatCommand: Sendable {
  let subscriber: Subscriber
  let account: Account
  let payload: JSONValue
  private let log: Log
  private let database: Database
  private let chat: Chat

  /// Nil when the socket is no longer signed in.
  init?(_ subscriber: Subscriber, _ payload: JSONValue, _ database: Database, _ chat: Chat, _ log: Log) {
    guard let account = subscriber.account else { return nil }
    self.subscriber = subscriber
    self.account = account
    self.payload = payload
    self.database = database
    self.chat = chat
    self.log = log
  }

  /// The named channel. Throws 404 when it does not exist; does not check permission.
  func channel() throws(Failure) -> Channel {
    guard let channel = chat.directory.find(payload["channel"]) else { throw Failure.channelNotFound }
    return channel
  }

  /// The id of a message. Throws 404 when it cannot be an id.
  func id(_ name: String, orZero: Bool = false) throws(Failure) -> Int64 {
    let value = payload[name]
    guard let id = value?.int64 ?? value?.string.flatMap({ Int64(digits: $0) }), id > 0 || orZero && id == 0
    else {
      throw Failure.messageNotFound
    }
    return id
  }

  /// Runs `body` in a transaction; errors are sent to the client.
  func write(_ body: @escaping @Sendable (Chat, Account, Transaction) throws -> Void) {
    database.write(
      { [chat, account] tx in try body(chat, account, tx) },
      then: { result in
        if case .failure(let error) = result { refuse(error) }
      })
  }

  /// Sends `ERROR {code,message}` with the fields that identify the command.
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
