import HTTP

/// What somebody is to be told.
struct Notice: Sendable {
  /// What it is about; each has its own preferences, and its words in `NoticeWords`.
  enum Kind: String, Sendable, CaseIterable {
    case mention
    case reply
    case directMessage = "direct_message"
    case channelInvitation = "channel_invitation"
    case machineReady = "machine_ready"
    case machineFailed = "machine_failed"
    case machinePaused = "machine_paused"
    case approvalWanted = "approval_wanted"
    case announcement
    case importantAnnouncement = "important_announcement"
    case confirmationWanted = "confirmation_wanted"
    case comment
    case documentApproval = "document_approval"
    case documentReview = "document_review"
  }

  let kind: Kind
  /// What later notices of the same kind are put together by while the first is unread: `channel:5`.
  let subject: String
  /// A path of the page.
  let link: String
  /// Who caused it.
  var actor: Int64?
  /// Values that the sentence needs: `channel` (its name), `message` (its id) and `text` (how it begins) for what
  /// happens in the chat, `name`, `task` and `code` for a machine, `name` for a person who waits
  /// and for what has a title, `task` for what is asked or was decided of it.
  var details: [String: String] = [:]

  /// The message that it is about.
  var message: Int64? { details["message"].flatMap { Int64(digits: $0) } }

  /// Bytes that are kept of a detail: a long message is not copied to everyone whom it mentions.
  static let longestDetail = 200

  /// The details as their row keeps them. What a message says is read from the message itself: there it is edited
  /// and deleted, and only there is known who may read it.
  var detailsJSON: String {
    var json = JSONWriter()
    json.object { json in
      let isOfMessage = details["message"] != nil
      for (name, value) in details.sorted(by: { $0.key < $1.key }) where !(isOfMessage && name == "text") {
        json.key(text: name)
        json.value(value.prefix(utf8: Self.longestDetail))
      }
    }
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

extension Notice.Kind {
  /// How people are told of a kind.
  struct Ways: Sendable, Equatable {
    var page = true
    /// Shown by the browser while the page is out of sight; only for what is on the page.
    var browser = false
    /// In a mail that gathers what is unread.
    var email = false
  }

  /// How people are told who said nothing else.
  var ways: Ways {
    switch self {
    case .mention, .directMessage: Ways(browser: true, email: true)
    // A mail of its own leaves at once.
    case .machineReady, .machineFailed: Ways(browser: true)
    case .machinePaused: Ways(browser: true, email: true)
    case .importantAnnouncement, .confirmationWanted, .documentApproval: Ways(browser: true, email: true)
    case .documentReview: Ways(email: true)
    case .reply, .channelInvitation, .approvalWanted, .announcement, .comment: Ways()
    }
  }

  /// The right without which nobody is ever told of this kind.
  var right: String? { self == .approvalWanted ? Permission.manageUsers.rawValue : nil }
}
