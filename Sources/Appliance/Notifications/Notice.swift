import HTTP

/// A notification to be sent.
struct Notice: Sendable {
  /// The kind of event; each has its own preferences, and its texts in `NoticeWords`.
  enum Kind: String, Sendable, CaseIterable {
    case mention
    case reply
    case directMessage = "direct_message"
    case channelInvitation = "channel_invitation"
    case machineReady = "machine_ready"
    case machineFailed = "machine_failed"
    case machinePaused = "machine_paused"
    case machineWatched = "machine_watched"
    case approvalWanted = "approval_wanted"
    case announcement
    case importantAnnouncement = "important_announcement"
    case confirmationWanted = "confirmation_wanted"
    case comment
    case documentApproval = "document_approval"
    case documentReview = "document_review"
    case eventInvitation = "event_invitation"
    case eventChanged = "event_changed"
    case eventReminder = "event_reminder"
    case trainingMandatory = "training_mandatory"
    case trainingChanged = "training_changed"
    case trainingReminder = "training_reminder"
    case courseMandatory = "course_mandatory"
    case courseReminder = "course_reminder"
    case certificate
    case internalMessage = "internal_message"
    case requestNew = "request_new"
    case requestAssigned = "request_assigned"
    case requestChanged = "request_changed"
    case requestCommented = "request_commented"
    case requestOverdue = "request_overdue"
    case forumTopic = "forum_topic"
    case forumReply = "forum_reply"
    case forumMention = "forum_mention"
    case forumModeration = "forum_moderation"
    case forumDecision = "forum_decision"
    case backupFailed = "backup_failed"
  }

  let kind: Kind
  /// The key by which unread notifications of the same kind are combined: `channel:5`.
  let subject: String
  /// A path of the web page.
  let link: String
  /// The person who caused it.
  var actor: Int64?
  /// Values for its text: `channel` (the name), `message` (its id) and `text` (its beginning) for chat
  /// events; `name`, `task` and `code` for a machine (`task` is `view` or `use` for its console); `name` for a person awaiting approval and for an internal
  /// message (its subject); `name` and `status` for a request; `name` (the title),
  /// `task` and `when` (the start in its own time zone) for an event; the same for a training, a course and a certificate (the
  /// end of its validity), with the time of the host;
  /// `name` and `task` for an announcement or a document, and for a topic of the forum.
  var details: [String: String] = [:]

  /// The id of the message it concerns.
  var message: Int64? { details["message"].flatMap { Int64(digits: $0) } }

  /// Maximum bytes stored of a detail.
  static let longestDetail = 200

  /// The details as stored. A message's text is not stored but read from the message, which may be edited or
  /// deleted and determines who may read it.
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
  /// The channels of delivery for a kind.
  struct Ways: Sendable, Equatable {
    var page = true
    /// Shown by the browser while the page is hidden; only if `page` is set.
    var browser = false
    /// Included in the mail with unread notifications.
    var email = false
  }

  /// The default channels of delivery.
  var ways: Ways {
    switch self {
    case .mention, .directMessage, .internalMessage, .requestAssigned, .requestOverdue:
      Ways(browser: true, email: true)
    // These have a mail of their own, which is sent at once.
    case .machineReady, .machineFailed: Ways(browser: true)
    case .machineWatched: Ways(browser: true)
    case .machinePaused, .backupFailed: Ways(browser: true, email: true)
    case .importantAnnouncement, .confirmationWanted, .documentApproval: Ways(browser: true, email: true)
    case .eventInvitation, .eventChanged, .trainingMandatory, .trainingChanged,
      .courseMandatory, .courseReminder, .certificate:
      Ways(browser: true, email: true)
    // The digest mail would arrive too late.
    case .eventReminder, .trainingReminder: Ways(browser: true)
    case .requestChanged, .requestCommented, .documentReview, .forumDecision: Ways(email: true)
    case .forumMention: Ways(browser: true, email: true)
    case .reply, .channelInvitation, .approvalWanted, .requestNew, .announcement, .comment, .forumTopic,
      .forumReply, .forumModeration:
      Ways()
    }
  }

  /// The permission required to receive this kind.
  var right: String? {
    switch self {
    case .approvalWanted: Permission.manageUsers.rawValue
    case .requestNew: Role.moderator.rawValue
    case .backupFailed: Role.admin.rawValue
    default: nil
    }
  }
}
