extension MailTemplate {
  /// The mail in English.
  func english(appliance: String) -> MailLetter {
    var letter = englishWords()
    letter.appliance = appliance
    letter.footer = "This is an automated message from \(appliance). Please do not reply."
    return letter
  }

  private func englishWords() -> MailLetter {
    switch self {
    case .verifyEmail(let name, let link, let hours):
      MailLetter(
        subject: "Verify your email address", greeting: Self.hello(name),
        parts: [
          .paragraph("Verify this email address to use it with your account."),
          .button("Verify my address", link),
          .note(
            "This link is valid for \(Self.hours(hours)). If you did not request it, ignore this message."),
        ])
    case .machineReady(let name, let access, let osName, let size, let pageLink):
      readyInEnglish(name, access, osName, size, pageLink)
    case .machineUpdated(let name, let machine, let size):
      MailLetter(
        subject: "Your machine \(machine) has been updated", greeting: Self.hello(name),
        parts: [
          .paragraph("\(machine) now has the following resources:"),
          .facts(Self.size(size)),
          .paragraph("Its address, port and SSH key have not changed."),
        ])
    case .machineDeleted(let name, let machine):
      MailLetter(
        subject: "Your machine \(machine) has been deleted", greeting: Self.hello(name),
        parts: [
          .paragraph("The machine \(machine) and its disk have been deleted."),
          .paragraph("You can also delete its SSH key from your computer and its entry in ~/.ssh/config."),
        ])
    case .machineFailed(let name, let machine, let sentence, let pageLink):
      MailLetter(
        subject: "Your machine \(machine) could not be created", greeting: Self.hello(name),
        parts: [
          .paragraph("\(machine) could not be created:"),
          .quote(sentence),
          .paragraph("Delete the machine, then create it again."),
          .button("Open the machine", pageLink),
        ])
    case .accountExists(let name, let link):
      MailLetter(
        subject: "You already have an account", greeting: Self.hello(name),
        parts: [
          .paragraph(
            "Someone tried to create an account with this email address, but your account already uses it. "
              + "Nothing has been changed."),
          .button("Sign in", link),
          .note("Forgot your password? Reset it from the sign-in page."),
        ])
    case .passwordReset(let name, let link, let minutes):
      MailLetter(
        subject: "Reset your password", greeting: Self.hello(name),
        parts: [
          .paragraph("We received a request to reset your password."),
          .button("Choose a new password", link),
          .note(
            "This link is valid for \(Self.minutes(minutes)) and can be used once. If you did not request it, ignore "
              + "this message: your password will not change."),
        ])
    case .passwordChanged(let name):
      MailLetter(
        subject: "Your password has been changed", greeting: Self.hello(name),
        parts: [
          .paragraph("The password of your account has just been changed."),
          .note(
            "If you did not make this change, reset your password from the sign-in page and contact your "
              + "administrator."),
        ])
    case .addressChanging(let name, let address):
      MailLetter(
        subject: "Email address change requested", greeting: Self.hello(name),
        parts: [
          .paragraph("We received a request to change your account's email address to \(address)."),
          .note(
            "The change takes effect once the new address is verified. If you did not request it, change your password "
              + "and contact your administrator."),
        ])
    case .invitation, .accountApproved, .accountDeleted, .passwordResetByAdmin:
      peopleInEnglish(greeting: Self.hello)
    case .test(let name):
      MailLetter(
        subject: "Test email", greeting: Self.hello(name),
        parts: [.paragraph("Sending email works: the mail server accepted this message.")])
    case .digest(let name, let digest): digest.inEnglish(greeting: Self.hello(name))
    }
  }

  private func readyInEnglish(
    _ name: String, _ access: MachineAccess, _ osName: String, _ size: MachineSize, _ pageLink: String
  ) -> MailLetter {
    let key =
      access.keyFileName.map {
        "Two files are attached: your private key \($0) (do not share it) and a connection guide for Windows, macOS "
          + "and Linux. Save the key as the guide explains before you connect."
      }
      ?? "Use the SSH key you provided. A connection guide for Windows, macOS and Linux is attached."
    return MailLetter(
      subject: "Your machine \(access.machine) is ready", greeting: Self.hello(name),
      parts: [
        .paragraph("\(access.machine) is running. To connect from a terminal:"),
        .command(access.command),
        .paragraph(key),
        .facts(
          [
            ("Address", access.host), ("Port", "\(access.port)"), ("User", access.user), ("System", osName),
          ] + Self.size(size) + (access.fingerprint.map { [("SSH fingerprint", $0)] } ?? [])),
        .button("Open the machine", pageLink),
      ])
  }

  private static func hello(_ name: String) -> String { greetable(name).map { "Hello \($0)," } ?? "Hello," }

  private static func size(_ size: MachineSize) -> [(String, String)] {
    let memory =
      size.memoryMB < 1024 ? "\(size.memoryMB)\u{a0}MB" : "\(gigabytes(size.memoryMB, mark: "."))\u{a0}GB"
    return [
      ("CPU", "\(size.vcpu)\u{a0}vCPU\(size.vcpu == 1 ? "" : "s")"), ("Memory", memory),
      ("Disk", "\(size.diskGB)\u{a0}GB"),
    ]
  }

  private static func hours(_ count: Int) -> String { count == 1 ? "one hour" : "\(count)\u{a0}hours" }

  private static func minutes(_ count: Int) -> String {
    if count >= 60, count % 60 == 0 { return hours(count / 60) }
    return count == 1 ? "one minute" : "\(count)\u{a0}minutes"
  }
}
