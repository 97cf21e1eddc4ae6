import HTTP

/// A mail's words in one language: the plain text says everything that the HTML says.
struct MailText: Sendable, Equatable {
  var subject: String
  var text: String
  var html: String
}

/// The mails that the appliance writes. Pure: values in, words out, nothing is looked up.
enum MailTemplate: Sendable, Equatable {
  /// Confirms an address; the link ends after `hours`.
  case verifyEmail(name: String, link: String, hours: Int)
  /// A machine can be reached; its key, if it is ours, and the guide are attached.
  case machineReady(name: String, access: MachineAccess, osName: String, size: MachineSize, pageLink: String)
  case machineUpdated(name: String, machine: String, size: MachineSize)
  case machineDeleted(name: String, machine: String)
  /// `sentence` says why, in the mail's language, to somebody who is no administrator.
  case machineFailed(name: String, machine: String, sentence: String, pageLink: String)
  /// Somebody registered again with this address; the page that asked was told nothing of it.
  case accountExists(name: String, link: String)
  /// Lets the person choose a new password; the link ends after `minutes`.
  case passwordReset(name: String, link: String, minutes: Int)
  /// The password was changed, by its person or by a link.
  case passwordChanged(name: String)
  /// To the old address: another one was given, and waits to be proven.
  case addressChanging(name: String, address: String)
  /// Somebody opened an account for the reader, who chooses a password by the link within `days`.
  case invitation(name: String, username: String, link: String, days: Int, by: String)
  case accountApproved(name: String, link: String)
  case accountDeleted(name: String, username: String)
  /// An administrator sent a link to choose another password; it ends after `hours`.
  case passwordResetByAdmin(name: String, link: String, hours: Int, by: String)
  /// What a person who is away has not read, all in one.
  case digest(name: String, Digest)

  /// The mail, signed by the appliance's name.
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
  /// How a machine is entered by SSH.
  struct MachineAccess: Sendable, Equatable {
    var machine: String
    /// Where the reader reaches it: the public host, or the machine's own address where nothing is forwarded.
    var host: String
    var port: Int
    var user: String
    /// The attached private key's name; nil when the person gave their own public key.
    var keyFileName: String?
    /// The line by which SSH knows the machine from the first time on; nil where only the machine has its key.
    var knownHosts: String?
    /// What SSH shows of that key.
    var fingerprint: String?

    /// The command that opens a session, with the key in the folder where the guide puts it.
    var command: String { "ssh \(keyOption)\(portOption)\(user)@\(host)" }

    var keyOption: String { keyFileName.map { "-i ~/.ssh/\($0) " } ?? "" }
    var portOption: String { port == 22 ? "" : "-p \(port) " }
  }

  /// What a machine has.
  struct MachineSize: Sendable, Equatable {
    var vcpu: Int
    var memoryMB: Int
    var diskGB: Int
  }

  /// The name as it may stand in a greeting, or nil when there is none or when it carries an
  /// address: a stranger may have chosen it, to have us mail it to somebody else.
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

  /// 1536 as `1,5` or `1.5`: gigabytes with at most one digit after the mark.
  static func gigabytes(_ megabytes: Int, mark: String) -> String {
    let tenths = megabytes.multipliedReportingOverflow(by: 10).partialValue / 1024
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10)\(mark)\(tenths % 10)"
  }
}
