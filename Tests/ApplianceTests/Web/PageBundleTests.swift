import HTTP
import Testing

@testable import Appliance

@Suite struct PageBundleTests {
  private func request(_ handler: Handler, _ path: String, _ headers: [(String, String)] = []) async throws
    -> Response
  {
    try await handler(Request(method: .get, path: path, headers: headers))
  }

  private func text(_ response: Response) -> String {
    switch response.body {
    case .none: ""
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    case .shared(let shared): shared.withBytes { String(decoding: $0, as: UTF8.self) }
    }
  }

  private static let index = """
    <head>
      <link rel="icon" href="/logo.svg" type="image/svg+xml">
      <link rel="stylesheet" href="/one.css">
      <link rel="stylesheet" href="/two.css">
      <script src="/start.js"></script>
      <script type="module" src="/app.js" data-worker="/worker.js"></script>
    </head>
    """

  private static func files(_ changes: [String: String] = [:]) -> [String: [UInt8]] {
    let files = [
      "/index.html": index, "/one.css": "a { color: red }", "/two.css": "b { color: blue }",
      "/start.js": "early()\n", "/app.js": "import { a } from './lib/a.js'\na()\n",
      "/lib/a.js": "export const a = () => 1\nexport default {\n}\n",
      "/worker.js": "self.onconnect = () => {}\n",
    ]
    return files.merging(changes) { $1 }.mapValues { Array($0.utf8) }
  }

  @Test(arguments: [
    ["/one.css": "@import 'x.css';"], ["/two.css": "a { background: url(x.png) }"],
    ["/app.js": "import { b } from './lib/a.js'\n"], ["/app.js": "import './none.js'\n"],
  ])
  func `code and styles that depend on their file are refused`(_ change: [String: String]) {
    #expect(throws: PageBundle.Problem.self) { try PageBundle(Self.files(change)) }
  }

  @Test func `the shipped page can be bundled`() throws {
    let assets = try PageBundle(Page.embedded).assets
    let paths = assets.map(\.path)
    #expect(Set(paths).count == paths.count)
    #expect(Set(Page.embedded.keys).isSubset(of: Set(paths)))
  }

  @Test func `the index names one style sheet and one script by content hash`() async throws {
    let handler = StaticFiles(assets: try PageBundle(Self.files()).assets).handler
    let index = text(try await request(handler, "/machines/7"))
    #expect(index.split(separator: "\n").filter { $0.contains("stylesheet") }.count == 1)
    #expect(index.contains("<script>early()\n</script>"))
    #expect(index.contains("href=\"/logo.svg\""))
    let named = index.split(separator: "\"").filter { $0.hasPrefix("/built/") }.map(String.init)
    #expect(named.count == 3)
    for path in named {
      let answer = try await request(handler, path)
      #expect(
        answer.headers.first { $0.name == "Cache-Control" }?.value == "public, max-age=31536000, immutable")
    }
    #expect(text(try await request(handler, named[0])) == "a { color: red }\nb { color: blue }\n")
    let changed = StaticFiles(assets: try PageBundle(Self.files(["/one.css": "a { color: green }"])).assets)
      .handler
    await #expect(throws: Failure.self) { try await request(changed, named[0]) }
    #expect(text(try await request(changed, "/")).contains(named[1]))
  }

  @Test func `the index is revalidated each time, and its policy allows only its own script`()
    async throws
  {
    let handler = StaticFiles(assets: try PageBundle(Self.files()).assets).handler
    let answer = try await request(handler, "/")
    #expect(answer.headers.first { $0.name == "Cache-Control" }?.value == "no-cache")
    let policy = try #require(answer.headers.first { $0.name == "Content-Security-Policy" }?.value)
    // printf 'early()\n' | openssl dgst -sha256 -binary | base64
    #expect(policy.contains("script-src 'self' 'sha256-1uHtaOg8JHqkKY9okCOyDPf5FuDJzA40kthJcx0Ni4A=';"))
    #expect(policy.contains("style-src 'self';"))
  }

  @Test func `a module at its own path is the one of the bundle`() async throws {
    let handler = StaticFiles(assets: try PageBundle(Self.files()).assets).handler
    let facade = text(try await request(handler, "/lib/a.js"))
    #expect(facade.hasPrefix("import { $0 } from '/built/app-"))
    #expect(facade.contains("export const { a } = $0\nexport default $0.default\n"))
  }
}
