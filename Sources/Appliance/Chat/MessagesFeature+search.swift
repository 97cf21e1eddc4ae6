import HTTP
import Store

/// Search, export and deletion of a channel's messages.
extension MessagesFeature {
  /// Maximum number of exports waiting.
  private static let mostWaiting = 8

  func search(_ request: Request) async throws -> Response {
    let account = try request.account()
    let page = try Paging(request)
    let channel = try Self.filter("channel", request)
    let author = try Self.filter("author", request)
    guard let words = SearchWords(request.query["q"]) else { return .json { $0.value([]) } }
    if let channel, chat.directory[channel]?.mayRead(account.id) != true { throw Failure.channelNotFound }
    let search = ChatSearch.Question(
      words: words, reader: account.id, channel: channel, author: author, limit: page.limit)
    let all = try await search.hits(before: page.before, in: database)
    let hits = all.prefix(ChatMessage.fitting(all.map(\.message)).count)
    let isMore = hits.count < all.count || all.count == page.limit
    return .page(ListPage(rows: Array(hits), next: isMore ? hits.last?.message.id : nil)) { hit, json in
      hit.write(to: &json)
    }
  }

  func export(_ request: Request) async throws -> Response {
    let account = try request.account()
    let page = try Paging(request)
    guard let format = ChatExport.Format(rawValue: request.query["format"] ?? "json") else {
      throw Failure.invalid([
        FieldError(
          "format", "UNKNOWN_FORMAT",
          Sentence(fr: "Choisissez json ou text.", en: "Choose json or text."))
      ])
    }
    guard exports.waiting < Self.mostWaiting else { throw Failure.unavailable }
    let view = try await database.change(.channelExported, on: nil, by: request) { [chat] tx in
      let channel = try chat.directory.find(request, in: tx)
      try channel.requireAdmin(account)
      try ChannelsFeature.record(.channelExported, channel, request, in: tx)
      return try ChannelView.find(channel.id, for: account, in: tx)
    }
    let export = ChatExport(
      channel: view, format: format, language: request.language, before: page.before,
      at: clock.now())
    let bytes = try await exports.hold { try await export.bytes(from: database) }
    var response = Response.bytes(bytes, contentType: export.contentType)
    response.add("Content-Disposition", "attachment; filename=\"\(export.fileName)\"")
    return response
  }

  private static func filter(_ name: String, _ request: Request) throws(Failure) -> Int64? {
    guard let text = request.query[name], !text.isEmpty else { return nil }
    guard let id = Int64(digits: text), id > 0 else {
      throw .invalid([
        FieldError(
          name, "INVALID_REFERENCE", Sentence(fr: "ID non valide.", en: "Invalid ID."))
      ])
    }
    return id
  }
}
