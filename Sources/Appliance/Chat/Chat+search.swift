import HTTP
import Store

extension Chat {
  /// Search in messages, by the chat's own index.
  func searchProvider(_ database: Database) -> SearchProvider {
    SearchProvider(kind: "chat", label: Sentence(fr: "Messages du chat", en: "Chat messages")) {
      words, account, limit in
      let question = ChatSearch.Question(
        words: words, reader: account.id, channel: nil, author: nil, limit: limit)
      return try await question.hits(before: .max, in: database).map { hit in
        SearchHit(
          kind: "chat", id: hit.message.id, title: hit.channelName, snippet: hit.snippet,
          link: "/chat/\(hit.message.channel)?message=\(hit.message.id)")
      }
    }
  }
}
