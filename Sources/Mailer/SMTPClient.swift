import Synchronization
import Threads

/// Sends mails to one server, one at a time and in order, on a thread that exists only while there is mail.
public final class SMTPClient: Sendable {
  public let server: SMTPServer
  private let queue: WorkQueue
  /// When the mail being sent is aborted.
  private let end = Mutex<ContinuousClock.Instant?>(nil)
  private let observer = Mutex<(@Sendable () -> Void)?>(nil)

  /// Neither connects nor loads libcurl before the first mail. At most `capacity` mails wait; further ones
  /// are refused.
  public init(server: SMTPServer, capacity: Int = 256) {
    self.server = server
    queue = WorkQueue("mail", waiting: capacity)
  }

  /// Sends one mail and returns the server's reply, such as `250 2.0.0 Ok: queued as 4F1`.
  ///
  /// When it returns, the server has accepted the mail. After a temporary error it is unknown whether it has,
  /// which is why a retry must keep the message id.
  public func send(_ message: Message) async throws(MailerError) -> String {
    let result: Result<String, MailerError> = await withCheckedContinuation { continuation in
      queue.add { [self] refusal in
        continuation.resume(
          returning: Result { () throws(MailerError) in
            if let refusal { throw MailerError(refusal) }
            return try deliver(message)
          })
      }
      observer.withLock { $0 }?()
    }
    return try result.get()
  }

  /// Refuses waiting and new mails; the one being sent has `grace` to finish.
  public func stop(grace: Duration = .seconds(5)) {
    end.withLock { $0 = .now + grace }
    queue.stop()
  }

  /// Calls `body` whenever a mail was queued or refused.
  func observe(_ body: @escaping @Sendable () -> Void) {
    observer.withLock { $0 = body }
  }

  /// Number of mails waiting behind the one being sent.
  var waitingCount: Int { queue.waiting }

  private func deliver(_ message: Message) throws(MailerError) -> String {
    let transfer = try CurlTransfer { [self] in
      end.withLock { $0.map { $0 <= .now } ?? false }
    }
    try transfer.load(server)
    let loaded = try transfer.load(message)
    let answer = try transfer.perform()
    _ = consume loaded
    return answer
  }
}

extension MailerError {
  fileprivate init(_ refusal: QueueRefusal) {
    switch refusal {
    case .overloaded: self.init(kind: .temporary, message: "too many mails are waiting")
    case .stopped: self.init(kind: .temporary, message: "the mail client was stopped")
    }
  }
}
