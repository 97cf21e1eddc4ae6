import Foundation
import Testing

/// The folders of the product in order. A folder may use only those before it in this list.
let folderOrder = [
  "Base",  // log, clock, configuration, texts: knows nothing of the product
  "Markdown",  // what people write, as HTML
  "Identity",  // accounts, permissions, passwords, tokens, sealed secrets
  "Realtime",  // the hub: topics, subscribers, frames
  "Jobs",  // the queue and its runner
  "Sessions",  // who is signed in, and where
  "Features",  // what a feature is, and the sockets that features speak on
  "Audit",
  "Mail",
  "Notifications",
  "Quotas",
  "Files",
  "Search",  // one index over what the features have
  "Resources",  // tables as data
  "Installation",  // settings of the configuration that administrators change on the page
  "SignIn",
  "People",
  "Machines",
  "Monitoring",
  "Chat",
  "Intranet",
  "Calendar",
  "Learning",
  "Forum",
  "Backups",
  "Bridges",  // protocols of older clients
  "Web",
  "CLI",
  "App",  // the composition root
]

@Suite struct FolderOrderTests {
  @Test func `every folder of the sources is in the order`() throws {
    let folders = Set(try Source.all().map(\.folder))
    #expect(folders.subtracting(folderOrder) == [])
    #expect(folders.count == folderOrder.count)
  }

  @Test func `no folder uses a type of a later folder`() throws {
    let sources = try Source.all()
    var homes: [String: String] = [:]
    for source in sources { for type in source.declared { homes[type] = homes[type] ?? source.folder } }
    // A nested type shadows a type of the same name in another folder.
    var nested: [String: Set<String>] = [:]
    for source in sources { nested[source.folder, default: []].formUnion(source.nested) }
    #expect(homes.count > 300)
    let place = Dictionary(uniqueKeysWithValues: folderOrder.enumerated().map { ($1, $0) })
    for source in sources {
      let here = try #require(place[source.folder])
      for type in source.used {
        guard let home = homes[type], let there = place[home] else { continue }
        if nested[source.folder]?.contains(type) == true { continue }
        #expect(there <= here, "\(source.path) uses \(type) of \(home)")
      }
    }
  }
}

/// A source file with its top-level declarations and the capitalized words of its code.
private struct Source {
  let path: String
  let folder: String
  let declared: [String]
  /// Types declared within other types.
  let nested: [String]
  let used: Set<String>

  static func all() throws -> [Source] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Appliance")
    let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return try files.filter { $0.hasSuffix(".swift") }.map { path in
      let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      return Source(path: path, code: Self.code(of: text))
    }
  }

  private init(path: String, code: String) {
    self.path = path
    folder = String(path.prefix { $0 != "/" })
    declared = code.matches(
      of: /(?m)^(?:(?:final|indirect|public) )*(?:struct|enum|class|protocol|actor|typealias) (\w+)/
    ).map { String($0.1) }
    nested = code.matches(
      of: /(?m)^ +(?:\w+ )*(?:struct|enum|class|protocol|actor|typealias) (\w+)/
    ).map { String($0.1) }
    used = Set(code.matches(of: /\b[A-Z]\w+/).map { String($0.0) })
  }

  /// The text without comments and string literals; interpolated code is kept.
  private static func code(of text: String) -> String {
    text.replacing(/\/\/[^\n]*/, with: "")
      .replacing(/"""[\s\S]*?"""/) { interpolated(in: $0.0) }
      .replacing(/"(?:[^"\\\n]|\\.)*"/) { interpolated(in: $0.0) }
  }

  private static func interpolated(in literal: Substring) -> String {
    literal.matches(of: /\\\(([^)]*)\)/).map { String($0.1) }.joined(separator: " ")
  }
}
