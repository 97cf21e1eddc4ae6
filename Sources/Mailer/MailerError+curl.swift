import CCurl

extension MailerError {
  static let noMemory = MailerError(kind: .temporary, message: "no memory for a mail")

  /// Classifies a failed transfer by the server's reply code if it refused, else by libcurl's own result.
  ///
  /// `reply` is the last code that libcurl read; after a broken connection it may belong to an earlier
  /// command.
  init(_ result: CURLcode, reply: Int, detail: String, answer: String, stage: Conversation) {
    let kind = Self.kind(result, reply: reply, answer: answer, stage: stage)
    let refused = (400...599).contains(reply) && !Self.isNetwork(result)
    // A server may echo the credentials, so its reply to a refused login is not quoted.
    let quotes = refused && !answer.isEmpty && result != CURLE_LOGIN_DENIED
    self.init(
      kind: kind, code: refused ? reply : 0, message: quotes ? "\(detail) (server: \(answer))" : detail)
  }

  private static func kind(_ result: CURLcode, reply: Int, answer: String, stage: Conversation) -> Kind {
    if isNetwork(result) { return .temporary }
    if (400...499).contains(reply) { return .temporary }
    if isSettings(result) || isLoginReply(reply) { return .configuration }
    guard (500...599).contains(reply) else { return .temporary }
    return stage.refusesRecipient(answer) ? .permanent : .configuration
  }

  private static func isNetwork(_ result: CURLcode) -> Bool {
    [
      CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT, CURLE_GOT_NOTHING,
      CURLE_RECV_ERROR, CURLE_SSL_CONNECT_ERROR, CURLE_ABORTED_BY_CALLBACK,
    ].contains(result)
  }

  private static func isSettings(_ result: CURLcode) -> Bool {
    [
      CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_LOGIN_DENIED, CURLE_USE_SSL_FAILED,
      CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_ISSUER_ERROR,
    ].contains(result)
  }

  /// Authentication required, too weak or refused, or encryption required (RFC 4954, RFC 3207).
  private static func isLoginReply(_ reply: Int) -> Bool { [530, 534, 535, 538].contains(reply) }
}
