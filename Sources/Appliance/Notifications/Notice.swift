import HTTP
import Store

/// What somebody is to be told.
struct Notice: Sendable {
  /// What it is about; each has its own preferences.
  enum Kind: String, Sendable, CaseIterable {
    case mention
    case reply
    case directMessage = "direct_message"
    case channelInvitation = "channel_invitation"
    case machineReady = "machine_ready"
    case machineFailed = "machine_failed"
    case approvalWanted = "approval_wanted"
  }

  let kind: Kind
  /// What later notices of the same kind are put together by while the first is unread: `channel:5`.
  let subject: String
  /// A path of the page.
  let link: String
  /// Who caused it.
  var actor: Int64?
  /// Values that the sentence needs, such as the name of a machine.
  var details: [String: String] = [:]
}
