import HTTP
import Store

/// Full-text search in messages, and access to their attachments.
extension InternalMessage {
  static func searchSource(_ settings: SystemSettings) -> SearchSource {
    SearchSource(
      kind: resource, label: Sentence(fr: "Messages", en: "Messages"), table: "messages",
      rowSQL: "SELECT subject, content FROM messages WHERE id = ?",
      scope: { account, _ in
        (
          """
          EXISTS (SELECT 1 FROM message_copies WHERE message_id = messages.id AND user_id = ? AND folder <> 'trash')
          """, [account.id.value]
        )
      },
      isOn: { settings.isOn(.messages) },
      link: { "/messages/\($0)" })
  }

  static let fileReaders: [String: ResourceFiles.Reader] = [
    resource: { row, account, _, connection in
      guard let account else { return false }
      return try isReadable(row, by: account.id, in: connection)
    },
    MessageDraft.resource: { row, account, _, connection in
      guard let account else { return false }
      return try MessageDraft.isOwn(row, of: account.id, in: connection)
    },
  ]
}
