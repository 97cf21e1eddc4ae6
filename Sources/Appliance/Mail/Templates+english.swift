extension MailTemplate {
  /// The letter in English.
  func english(appliance: String) -> MailLetter {
    var letter = englishWords()
    letter.appliance = appliance
    letter.footer = "Sent automatically by \(appliance). There is no need to reply."
    return letter
  }

  private func englishWords() -> MailLetter {
    switch self {
    case .verifyEmail(let name, let link, let hours):
      MailLetter(
        subject: "Confirm your e-mail address", greeting: Self.hello(name),
        parts: [
          .paragraph("Welcome! All that is left is to confirm that this address is yours."),
          .button("Confirm my address", link),
          .note("This link works for \(Self.hours(hours)). If you did not ask for it, forget this message."),
        ])
    case .machineReady(let name, let access, let osName, let size, let pageLink):
      readyInEnglish(name, access, osName, size, pageLink)
    case .machineUpdated(let name, let machine, let size):
      MailLetter(
        subject: "Your machine \(machine) has been changed", greeting: Self.hello(name),
        parts: [
          .paragraph("The change is done. This is what \(machine) has from now on:"),
          .facts(Self.size(size)),
          .paragraph("Its address, port and key stay the same."),
        ])
    case .machineDeleted(let name, let machine):
      MailLetter(
        subject: "Your machine \(machine) has been deleted", greeting: Self.hello(name),
        parts: [
          .paragraph("The machine \(machine) and its disk are gone; nothing of it is left on the host."),
          .paragraph("You can delete its key, and its entry in your ~/.ssh/config."),
        ])
    case .machineFailed(let name, let machine, let sentence, let pageLink):
      MailLetter(
        subject: "Your machine \(machine) could not be prepared", greeting: Self.hello(name),
        parts: [
          .paragraph("Something kept \(machine) from being prepared:"),
          .quote(sentence),
          .paragraph("Nothing unfinished was left on the host. You can delete it and start again."),
          .button("See the machine", pageLink),
        ])
    case .accountExists(let name, let link):
      MailLetter(
        subject: "You already have an account", greeting: Self.hello(name),
        parts: [
          .paragraph(
            "Someone, perhaps you, has just registered with this address. It already has an account: "
              + "nothing was changed, and your password stays the same."),
          .button("Sign in", link),
          .note("Forgotten your password? The sign-in page lets you choose another one."),
        ])
    case .passwordReset(let name, let link, let minutes):
      MailLetter(
        subject: "Choose a new password", greeting: Self.hello(name),
        parts: [
          .paragraph("You asked to change your password. This is the way:"),
          .button("Choose a password", link),
          .note(
            "This link works for \(Self.minutes(minutes)), and once. If you did not ask for it, forget "
              + "this message: your password stays the same."),
        ])
    case .passwordChanged(let name):
      MailLetter(
        subject: "Your password was changed", greeting: Self.hello(name),
        parts: [
          .paragraph("The password of your account has just been changed."),
          .note(
            "If it was not you, ask for a new password on the sign-in page at once, and tell the "
              + "administrator."),
        ])
    case .addressChanging(let name, let address):
      MailLetter(
        subject: "A new address for your account", greeting: Self.hello(name),
        parts: [
          .paragraph("Another address was given for your account: \(address)."),
          .note(
            "It replaces this one once it is verified. If it was not you, change your password and tell the "
              + "administrator."),
        ])
    case .invitation, .accountApproved, .accountDeleted, .passwordResetByAdmin:
      peopleInEnglish(greeting: Self.hello)
    case .digest(let name, let digest): digest.inEnglish(greeting: Self.hello(name))
    }
  }

  private func readyInEnglish(
    _ name: String, _ access: MachineAccess, _ osName: String, _ size: MachineSize, _ pageLink: String
  ) -> MailLetter {
    let key =
      access.keyFileName.map {
        "Two files are attached: your private key \($0), which is for you alone, and a guide to connecting "
          + "from Windows, macOS and Linux."
      }
      ?? "It accepts the public key that you gave. A guide to connecting from Windows, macOS and Linux is "
      + "attached."
    return MailLetter(
      subject: "Your machine \(access.machine) is ready", greeting: Self.hello(name),
      parts: [
        .paragraph("\(access.machine) is up and waiting for you. From a terminal:"),
        .command(access.command),
        .paragraph(key),
        .facts(
          [
            ("Address", access.host), ("Port", "\(access.port)"), ("User", access.user), ("System", osName),
          ] + Self.size(size) + (access.fingerprint.map { [("SSH fingerprint", $0)] } ?? [])),
        .button("Open the machine’s page", pageLink),
      ])
  }

  private static func hello(_ name: String) -> String { greetable(name).map { "Hello \($0)," } ?? "Hello," }

  private static func size(_ size: MachineSize) -> [(String, String)] {
    let memory =
      size.memoryMB < 1024 ? "\(size.memoryMB)\u{a0}MB" : "\(gigabytes(size.memoryMB, mark: "."))\u{a0}GB"
    return [
      ("Processor", "\(size.vcpu)\u{a0}vCPU\(size.vcpu == 1 ? "" : "s")"), ("Memory", memory),
      ("Disk", "\(size.diskGB)\u{a0}GB"),
    ]
  }

  private static func hours(_ count: Int) -> String { count == 1 ? "one hour" : "\(count)\u{a0}hours" }

  private static func minutes(_ count: Int) -> String {
    if count >= 60, count % 60 == 0 { return hours(count / 60) }
    return count == 1 ? "one minute" : "\(count)\u{a0}minutes"
  }
}
