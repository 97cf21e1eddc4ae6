import CCurl

extension CurlTransfer {
  /// Sets the server's address, encryption, login and time limits.
  func load(_ server: SMTPServer) throws(MailerError) {
    try set(CURLOPT_URL, try server.url())
    try set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    // Use neither a proxy from the environment nor libcurl's signal handlers.
    try set(CURLOPT_PROXY, "")
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_FRESH_CONNECT, 1)
    try set(CURLOPT_CONNECTTIMEOUT_MS, server.connectLimit.wholeMilliseconds)
    try set(CURLOPT_TIMEOUT_MS, server.totalLimit.wholeMilliseconds)
    // Limits the QUIT after a refusal, which the total limit does not cover.
    try set(CURLOPT_SERVER_RESPONSE_TIMEOUT, server.totalLimit.wholeMilliseconds / 1000 + 1)
    try loadProtection(server)
    try loadLogin(server)
  }

  private func loadProtection(_ server: SMTPServer) throws(MailerError) {
    let level =
      switch server.effectiveSecurity {
      case .none: CURLUSESSL_NONE
      case .startTLS(required: false): CURLUSESSL_TRY
      case .startTLS(required: true), .tls: CURLUSESSL_ALL
      }
    try set(CURLOPT_USE_SSL, Int(level.rawValue))
    try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    try set(CURLOPT_SSL_VERIFYPEER, server.checksCertificate ? 1 : 0)
    try set(CURLOPT_SSL_VERIFYHOST, server.checksCertificate ? 2 : 0)
    if let caFile = server.caFile {
      try set(CURLOPT_CAINFO, caFile)
      try set(CURLOPT_CAPATH, nil as String?)
    }
  }

  private func loadLogin(_ server: SMTPServer) throws(MailerError) {
    guard let user = server.user, !user.isEmpty else { return }
    try set(CURLOPT_USERNAME, user)
    try set(CURLOPT_PASSWORD, server.password ?? "")
    // By default libcurl prefers Kerberos or NTLM when a server offers them.
    try set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN;AUTH=CRAM-MD5")
  }
}

extension SMTPServer {
  var effectiveSecurity: Security {
    let hasLogin = user.map { !$0.isEmpty } ?? false
    return security == .startTLS(required: false) && hasLogin && !allowInsecure
      ? .startTLS(required: true) : security
  }

  /// When clear text is acceptable, so is an unverified certificate.
  var checksCertificate: Bool {
    !allowInsecure && (effectiveSecurity != .startTLS(required: false) || caFile != nil)
  }

  /// The URL for libcurl; its path is the name sent in EHLO.
  func url() throws(MailerError) -> String {
    let isIPv6 = HostName.isIPv6(Array(host.utf8))
    guard isIPv6 || HostName.isValid(Array(host.utf8)) else {
      throw MailerError(kind: .configuration, message: "the mail server's host name is not valid")
    }
    guard (1...65_535).contains(port) else {
      throw MailerError(kind: .configuration, message: "the mail server's port is not valid")
    }
    if let clientName, !HostName.isValid(Array(clientName.utf8)) {
      throw MailerError(kind: .configuration, message: "the name for EHLO is not valid")
    }
    let scheme = security == .tls ? "smtps" : "smtp"
    return "\(scheme)://\(isIPv6 ? "[\(host)]" : host):\(port)/\(clientName ?? "")"
  }
}

extension Duration {
  /// At least 1, because 0 means no limit to libcurl; at most an hour.
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < 3600 else { return 3_600_000 }
    return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
  }
}
