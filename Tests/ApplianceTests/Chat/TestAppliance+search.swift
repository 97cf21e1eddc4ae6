import Store
import Testing

@testable import Appliance

extension TestAppliance {
  /// Checks that the index contains exactly the words of the messages it covers, each at its position.
  func checkIndex(_ location: SourceLocation = #_sourceLocation) async throws {
    let (there, wanted) = try await appliance.database.read { connection in
      let there = try connection.query("SELECT doc, offset, term FROM chat_search_words") {
        "\($0.int64(0)) \($0.int(1)) \($0.text(2))"
      }
      let indexed = try ChatSearch.indexed(in: connection)
      let wanted = try connection.query("SELECT id, text FROM chat_messages WHERE deleted_at IS NULL") {
        row in
        guard indexed.contains(row.int64(0)) else { return [] as [String] }
        let words = SearchTokens(row.text(1))
        return words.tokens.enumerated().map {
          "\(row.int64(0)) \($0) \(String(decoding: words.word($1), as: UTF8.self))"
        }
      }
      return (there, wanted.joined())
    }
    #expect(there.sorted() == wanted.sorted(), sourceLocation: location)
    try await appliance.database.write { tx in
      try tx.execute("INSERT INTO chat_search (chat_search) VALUES ('integrity-check')")
    }
  }

  /// Indexes the rest in batches.
  func index(_ batch: Int = ChatSearch.batch) async throws {
    while try await appliance.database.write({ try ChatSearch.advance(by: batch, in: $0) }) {}
  }
}

extension String {
  /// Percent-encoded for a query value.
  var percentEncoded: String {
    utf8.map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    .joined()
  }
}
