import Mailer

extension Configuration.MailSettings {
  /// The SMTP settings; nil when no server is configured.
  init?(_ values: SettingValues) throws(ConfigurationError) {
    let security: Security? = try values.choice(
      .emailSecure,
      [
        "true": .tls, "tls": .tls, "starttls": .startTLS, "false": .startTLSIfOffered,
        "none": Security.none,
      ])
    let givenPort = try values.integer(.emailPort, 1...65_535)
    guard let host = try values.host(.emailHost) else { return nil }
    let port = givenPort ?? (security == .tls ? 465 : 587)
    self.host = host
    self.port = port
    self.security = security ?? (port == 465 ? .tls : .startTLSIfOffered)
    try values.requireTogether(.emailUser, .emailPassword)
    if let user = try values.line(.emailUser), let password = try values.line(.emailPassword) {
      login = Login(user: user, password: password)
    } else {
      login = nil
    }
    if let from = try values.sender(.emailFrom) {
      self.from = from
    } else if let user = login?.user, SettingValues.isEmail(user) {
      from = user
    } else {
      throw values.error(.emailFrom, "is required when EMAIL_HOST is set")
    }
    // Checked here, so that an address the mailer rejects is reported at start and not with the first mail.
    if (try? Address(from)) == nil {
      throw values.mismatch(
        .emailFrom, "an email address such as obox@example.org or OBox <obox@example.org>")
    }
  }
}
