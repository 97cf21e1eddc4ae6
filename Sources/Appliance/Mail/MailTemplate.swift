import HTTP

/// A mail in one language: the plain text has the same content as the HTML.
struct MailText: Sendable, Equatable {
  var subject: String
  var text: String
  var html: String
}

/// The mails that the program sends, as pure functions of their values.
enum MailTemplate: Sendable, Equatable {
  /// Asks to confirm an address; the link expires after `hours`.
  case verifyEmail(name: String, link: String, hours: Int)
  /// A machine is ready; its generated key, if any, and the guide are attached.
  case machineReady(name: String, access: MachineAccess, osName: String, size: MachineSize, pageLink: String)
  case machineUpdated(name: String, machine: String, size: MachineSize)
  case machineDeleted(name: String, machine: String)
  /// `sentence` gives the reason in the mail's language, for someone who is not an administrator.
  case machineFailed(name: String, machine: String, sentence: String, pageLink: String)
  /// Someone registered again with this address; the registration page does not reveal that the account
  /// exists.
  case accountExists(name: String, link: String)
  /// Lets the person choose a new password; the link expires after `minutes`.
  case passwordReset(name: String, link: String, minutes: Int)
  /// The password was changed by the person or by a link.
  case passwordChanged(name: String)
  /// To the previous address: a new one was entered and awaits confirmation.
  case addressChanging(name: String, address: String)
  /// An account was created for the reader, who chooses a password by the link within `days`.
  case invitation(name: String, username: String, link: String, days: Int, by: String)
  case accountApproved(name: String, link: String)
  case accountDeleted(name: String, username: String)
  /// An administrator sent a link to choose a new password; it expires after `hours`.
  case passwordResetByAdmin(name: String, link: String, hours: Int, by: String)
  /// Shows that the mail server accepts mail.
  case test(name: String)
  /// The unread notifications of a person who is away, in one mail.
  case digest(name: String, Digest)

  /// The mail, signed with the name of the installation.
  func text(in language: Language, appliance: String) -> MailText {
    let letter =
      switch language {
      case .fr: french(appliance: appliance)
      case .en: english(appliance: appliance)
      }
    return MailText(subject: letter.subject, text: letter.plainText(), html: letter.html(in: language))
  }
}

extension MailTemplate {
  /// How to reach a machine by SSH.
  struct MachineAccess: Sendable, Equatable {
    var machine: String
    /// The public host, or the machine's own address when nothing is forwarded.
    var host: String
    var port: Int
    var user: String
    /// File name of the attached private key; nil when the person provided a public key.
    var keyFileName: String?
    /// The line for `known_hosts`; nil when the machine generated its own host key.
    var knownHosts: String?
    /// The fingerprint of that key, as shown by SSH.
    var fingerprint: String?

    /// The SSH command, with the key in the folder that the guide names.
    var command: String { "ssh \(keyOption)\(portOption)\(user)@\(host)" }

    var keyOption: String { keyFileName.map { "-i ~/.ssh/\($0) " } ?? "" }
    var portOption: String { port == 22 ? "" : "-p \(port) " }
  }

  /// The size of a machine.
  struct MachineSize: Sendable, Equatable {
    var vcpu: Int
    var memoryMB: Int
    var diskGB: Int
  }

  /// The name for the greeting; nil when it is empty, long or contains an address or link, since someone may
  /// have registered with such a name to have us mail it to others.
  static func greetable(_ name: String) -> String? {
    let clean = MailLetter.withoutControls(name).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !clean.isEmpty, clean.fits(60),
      !clean.unicodeScalars.contains(where: { "/:@<>".unicodeScalars.contains($0) })
    else {
      return nil
    }
    let looksLikeHost = clean.unicodeScalars.split(separator: " ").contains { word in
      guard let dot = word.firstIndex(of: "."), dot != word.startIndex else { return false }
      return word.index(after: dot) != word.endIndex
    }
    return looksLikeHost ? nil : clean
  }

  /// Megabytes as gigabytes with at most one decimal: 1536 gives `1,5` or `1.5`.
  static func gigabytes(_ megabytes: Int, mark: String) -> String {
    let tenths = megabytes.multipliedReportingOverflow(by: 10).partialValue / 1024
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10)\(mark)\(tenths % 10)"
  }
}
