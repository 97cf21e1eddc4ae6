import Testing

@testable import HTTP

@Suite struct RoutingTests {
  static let none: Handler = { _ in .empty() }
  static let router = Router(routes: [
    .get("/", .everyone, "root", none),
    .get("/api/vms", .signedIn, "list", none),
    .post("/api/vms", .signedIn, "create", none),
    .get("/api/vms/plans", .signedIn, "plans", none),
    .get("/api/vms/:id", .signedIn, "one", none),
    .post("/api/vms/:id/action", .signedIn, "action", none),
    .get("/api/vms/:vm/disks/:disk", .signedIn, "disk", none),
    .get("/files/*path", .everyone, "file", none),
    .options("/api/custom", none),
  ])

  private func describe(_ method: Method, _ path: String) -> String {
    switch Self.router.match(method, path, isUpgrade: false) {
    case .route(let route, let parameters):
      ([route.summary] + parameters.map { "\($0.name)=\($0.value)" }).joined(separator: " ")
    case .fallback: "fallback"
    case .otherMethods(let methods): "only " + methods.map(\.rawValue).joined(separator: " ")
    case .upgradeRequired: "upgrade"
    case .unknown: "unknown"
    }
  }

  @Test(
    arguments: [
      (.get, "/api", "unknown"), (.get, "/api/nothing", "unknown"), (.get, "/api/vms/", "unknown"),
      (.get, "/api/vms/1/2", "unknown"), (.post, "/page", "unknown"), (.get, "/apiary", "fallback"),
      (.get, "/page", "fallback"), (.head, "/page", "fallback"), (.get, "/files/", "fallback"),
      (.put, "/api/vms", "only GET POST HEAD"), (.get, "/api/vms/1/action", "only POST"), (.get, "/", "root"),
      (.get, "/api/vms", "list"), (.head, "/api/vms", "list"), (.post, "/api/vms", "create"),
      (.get, "/api/vms/plans", "plans"), (.get, "/api/vms/17", "one id=17"),
      (.post, "/api/vms/plans/action", "action id=plans"), (.get, "/api/vms/7/disks/9", "disk vm=7 disk=9"),
      (.get, "/files/a/b.txt", "file path=a/b.txt"), (.options, "/api/custom", "options"),
    ] as [(Method, String, String)])
  func `a path finds its route`(_ method: Method, _ path: String, _ expected: String) {
    #expect(describe(method, path) == expected)
  }

  @Test(
    arguments: [
      (nil, .fr), ("", .fr), ("de", .fr), ("en", .en), ("fr", .fr), ("en-GB,fr;q=0.9", .en),
      ("fr-CA,en", .fr),
      ("en;q=0.2,fr;q=0.8", .fr), ("fr;q=0.2, en;q=0.8", .en), ("EN", .en), ("fr;q=0,en;q=0.1", .en),
      ("*;q=0.5", .fr), (";;,,q=,en;q=x", .fr), ("french", .fr), ("en;level=1", .en),
    ] as [(String?, Language)])
  func `the language is French unless another is preferred`(_ header: String?, _ language: Language) {
    #expect(Language.preferred(acceptLanguage: header) == language)
  }

  @Test func `a query is decoded, and bad escapes count as missing`() {
    let query = Query("q=a+b%26&limit=5&flag&q=2&bad=%zz&x%3Dy=1&nul=%00")
    #expect(query["q"] == "a b&")
    #expect(query["limit"] == "5")
    #expect(query["flag"] == "")
    #expect(query["bad"] == nil)
    #expect(query["nul"] == nil)
    #expect(query["none"] == nil)
    #expect(query["x=y"] == "1")
    #expect(query.all.map(\.name) == ["q", "limit", "flag", "q", "x=y"])
  }

  @Test func `headers and cookies are found ignoring case, among others`() {
    let request = Request(
      method: .get, path: "/",
      headers: [("HOST", "a"), ("Cookie", "a=1; obox_session=\"x=y\";b=2"), ("cookie", "c=3"), ("X", "")])
    #expect(request.headers["host"] == "a")
    #expect(request.headers["hos"] == nil)
    #expect(request.headers["x"] == "")
    #expect(request.cookie("obox_session") == "x=y")
    #expect(request.cookie("c") == "3")
    #expect(request.cookie("session") == nil)
    #expect(request.headers.all("COOKIE").count == 2)
  }

  @Test func `behind proxies the client is the last untrusted address`() {
    let trusted = TrustedProxies(["10.0.0.1", "10.0.0.2"])
    func client(_ header: String) -> String {
      Address.client(forwardedFor: header, peer: "10.0.0.1", trusted: trusted)
    }
    #expect(client("1.1.1.1") == "1.1.1.1")
    #expect(client("6.6.6.6, 1.1.1.1, 10.0.0.2") == "1.1.1.1")
    #expect(client("evil") == "10.0.0.1")
    #expect(client("1.1.1.1, <script>") == "10.0.0.1")
    #expect(client("::ffff:1.2.3.4") == "1.2.3.4")
    #expect(client("2001:DB8::0001") == "2001:db8::1")
  }

  @Test func `proxies are trusted by address and by subnet`() {
    let trusted = TrustedProxies([
      "10.0.0.1", "192.168.16.0/20", "fd00::/8", "::ffff:1.2.3.4", "nonsense", "1.1.1.1/99",
    ])
    for address in ["10.0.0.1", "192.168.16.0", "192.168.31.255", "fd12::1", "1.2.3.4"] {
      #expect(trusted.contains(address), "\(address)")
    }
    for address in ["10.0.0.2", "192.168.32.0", "192.168.15.255", "fe80::1", "1.1.1.1", "nonsense", ""] {
      #expect(!trusted.contains(address), "\(address)")
    }
    #expect(TrustedProxies(["0.0.0.0/0"]).contains("8.8.8.8"))
  }

  @Test func `the addresses of one customer have the same key`() {
    #expect(Address.network(of: "2001:db8:1:2:3::4") == Address.network(of: "2001:db8:1:2:ffff::1"))
    #expect(Address.network(of: "2001:db8:1:2::1") != Address.network(of: "2001:db8:1:3::1"))
    #expect(Address.network(of: "127.0.0.1") == "127.0.0.1")
  }

  @Test func `the OpenAPI document names every route with access and schema`() throws {
    let routes: [Route] = [
      .get(
        "/api/free", .everyone, "Free", response: .array(.object([("id", .string, required: true)])),
        Self.none),
      .put(
        "/api/vms/:id", .right("admin"), "Change",
        request: .object([("state", .enumeration(["on", "off"]), required: false)]), Self.none),
      .webSocket("/ws", .signedIn, "Live") { _, _ in throw Failure.forbidden },
    ]
    let json = try #require(
      JSONValue(parsing: OpenAPI.document(routes: routes, title: "T", version: "1", cookie: "session")))
    #expect(json["openapi"] == "3.1.0")
    let free = json["paths"]?["/api/free"]?["get"]
    #expect(free?["security"] == [])
    #expect(
      free?["responses"]?["2XX"]?["content"]?["application/json"]?["schema"]?["items"]?["required"] == ["id"])
    let change = json["paths"]?["/api/vms/{id}"]?["put"]
    #expect(change?["summary"] == "Change")
    #expect(change?["description"]?.string?.contains("admin") == true)
    #expect(change?["parameters"]?[0]?["name"] == "id")
    #expect(change?["security"] == [["session": []], ["bearer": []]])
    let schema = change?["requestBody"]?["content"]?["application/json"]?["schema"]
    #expect(schema?["properties"]?["state"]?["enum"] == ["on", "off"])
    #expect(json["paths"]?["/ws"]?["get"]?["responses"]?["101"] != nil)
    #expect(json["components"]?["schemas"]?["Failure"]?["type"] == "object")
  }
}

extension Route {
  fileprivate static func options(_ path: String, _ handler: @escaping Handler) -> Route {
    Route(.options, path, .everyone, "options", handler: handler)
  }
}
