import Glibc
import Synchronization

/// Hands mails to one server, one at a time and in order, on a thread that lives only while there is mail.
public final class SMTPClient: Sendable {
  public let server: SMTPServer
  private let capacity: Int
  private let state = Mutex(State())
  private let observer = Mutex<(@Sendable () -> Void)?>(nil)

  /// Connects to nothing and loads nothing until the first mail; more than `capacity` waiting are refused.
  public init(server: SMTPServer, capacity: Int = 256) {
    self.server = server
    self.capacity = capacity
  }

  /// Sends one mail and returns the server's answer to it, such as `250 2.0.0 Ok: queued as 4F1`.
  ///
  /// Once it returns, the server has taken the mail. After a temporary error it is unknown whether
  /// it did, which is why a retry must keep the message's identifier.
  public func send(_ message: Message) async throws(MailerError) -> String {
    let result: Result<String, MailerError> = await withCheckedContinuation { continuation in
      enqueue(Delivery(message: message, continuation: continuation))
    }
    return try result.get()
  }

  /// Refuses what waits and what comes; the mail being sent has `grace` to finish.
  public func stop(grace: Duration = .seconds(5)) {
    let abandoned = state.withLock { state in
      state.end = .now + grace
      defer { state.waiting = [] }
      return state.waiting
    }
    for delivery in abandoned { delivery.continuation.resume(returning: .failure(.stopped)) }
  }

  /// Calls `body` whenever a mail was handed in, taken or not.
  func observe(_ body: @escaping @Sendable () -> Void) {
    observer.withLock { $0 = body }
  }

  /// How many mails wait behind the one being sent.
  var waitingCount: Int { state.withLock { $0.waiting.count } }

  private func enqueue(_ delivery: Delivery) {
    let (refusal, needsThread): (MailerError?, Bool) = state.withLock { state in
      guard state.end == nil else { return (.stopped, false) }
      guard state.waiting.count < capacity else { return (.overloaded, false) }
      state.waiting.append(delivery)
      defer { state.hasThread = true }
      return (nil, !state.hasThread)
    }
    observer.withLock { $0 }?()
    if let refusal { delivery.continuation.resume(returning: .failure(refusal)) }
    if needsThread, !startThread() { refuseAll() }
  }

  /// False when the system gives no thread.
  private func startThread() -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, 512 * 1024)
    var thread = pthread_t()
    // The thread takes this reference over and gives it up when it ends.
    let me = Unmanaged.passRetained(self)
    guard pthread_create(&thread, &attributes, runDeliveries, me.toOpaque()) == 0 else {
      me.release()
      return false
    }
    return true
  }

  private func refuseAll() {
    let refused = state.withLock { state in
      state.hasThread = false
      defer { state.waiting = [] }
      return state.waiting
    }
    for delivery in refused { delivery.continuation.resume(returning: .failure(.overloaded)) }
  }

  fileprivate func deliverUntilEmpty() {
    while let delivery = next() {
      delivery.continuation.resume(
        returning: Result { () throws(MailerError) in try deliver(delivery.message) })
    }
  }

  private func next() -> Delivery? {
    state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.hasThread = false
        return nil
      }
      return state.waiting.removeFirst()
    }
  }

  private func deliver(_ message: Message) throws(MailerError) -> String {
    let transfer = try CurlTransfer { [self] in
      state.withLock { state in state.end.map { $0 <= .now } ?? false }
    }
    try transfer.load(server)
    let loaded = try transfer.load(message)
    let answer = try transfer.perform()
    _ = consume loaded
    return answer
  }
}

/// A mail and whoever waits for its fate.
private struct Delivery: Sendable {
  let message: Message
  let continuation: CheckedContinuation<Result<String, MailerError>, Never>
}

private struct State {
  var waiting: [Delivery] = []
  var hasThread = false
  var end: ContinuousClock.Instant?
}

extension MailerError {
  fileprivate static let stopped = MailerError(kind: .temporary, message: "the mail client was stopped")
  fileprivate static let overloaded = MailerError(kind: .temporary, message: "too many mails are waiting")
}

/// The thread's body. All signals are blocked in it: a SIGPIPE by a closing server stays its own.
private func runDeliveries(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  var signals = sigset_t()
  sigfillset(&signals)
  pthread_sigmask(SIG_BLOCK, &signals, nil)
  guard let context else { return nil }
  Unmanaged<SMTPClient>.fromOpaque(context).takeRetainedValue().deliverUntilEmpty()
  return nil
}
