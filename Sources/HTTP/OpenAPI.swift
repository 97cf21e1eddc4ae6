/// Writes the OpenAPI 3.1 document of a list of routes.
public enum OpenAPI {
  /// Returns JSON. `cookie` is the name of the session cookie.
  public static func document(routes: [Route], title: String, version: String, cookie: String) -> [UInt8] {
    var json = JSONWriter(reserve: 16 << 10)
    json.object { json in
      json.field("openapi", "3.1.0")
      json.object("info") { json in
        json.field("title", title)
        json.field("version", version)
      }
      json.object("paths") { json in
        for (path, routes) in grouped(routes) {
          json.key(text: template(path))
          json.object { json in
            var written: Set<Method> = []
            for route in routes where written.insert(route.method).inserted {
              json.key(text: route.method.rawValue.lowercased())
              write(route, into: &json)
            }
          }
        }
      }
      writeComponents(cookie: cookie, into: &json)
    }
    return json.bytes
  }

  /// Groups routes by path in order of first appearance; within a path, WebSockets come last.
  private static func grouped(_ routes: [Route]) -> [(String, [Route])] {
    var order: [String] = []
    var byPath: [String: [Route]] = [:]
    for route in routes {
      if byPath[route.path] == nil { order.append(route.path) }
      byPath[route.path, default: []].append(route)
    }
    return order.map { path in
      let routes = byPath[path] ?? []
      return (path, routes.filter { !$0.isWebSocket } + routes.filter(\.isWebSocket))
    }
  }

  private static func write(_ route: Route, into json: inout JSONWriter) {
    json.object { json in
      json.field("summary", route.summary)
      json.field("description", description(route.access))
      json.array("tags") { json in
        json.value(tag(route.path))
      }
      writeParameters(route, into: &json)
      writeSecurity(route.access, into: &json)
      if let request = route.request {
        json.key("requestBody")
        writeContent(request, description: nil, into: &json)
      }
      json.object("responses") { json in
        if route.isWebSocket {
          json.object("101") { json in
            json.field("description", "A WebSocket")
          }
          if route.path == "/" { writePage(into: &json) }
        } else {
          json.key("2XX")
          writeContent(route.response, description: "Done", into: &json)
        }
        json.key("default")
        if let refusal = route.refusal {
          writeContent(refusal, description: "Refused", into: &json)
        } else {
          json.object { json in
            json.field("$ref", "#/components/responses/Failure")
          }
        }
      }
    }
  }

  /// A GET on the path where older clients open their WebSocket returns the web page.
  private static func writePage(into json: inout JSONWriter) {
    json.field("200", ["description": "The page", "content": ["text/html": [:]]])
  }

  private static func description(_ access: Access) -> String {
    switch access {
    case .everyone: "No sign-in required."
    case .signedIn: "Requires sign-in."
    case .right(let right): "Requires the `\(right)` permission."
    }
  }

  /// `/api/vms/:id` belongs to `vms`.
  private static func tag(_ path: String) -> String {
    let segments = path.split(separator: "/")
    return String(segments.first { $0 != "api" && !$0.hasPrefix(":") } ?? "page")
  }

  private static func template(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      segment.hasPrefix(":") || segment.hasPrefix("*") ? "{\(segment.dropFirst())}" : String(segment)
    }.joined(separator: "/")
  }

  private static func writeParameters(_ route: Route, into json: inout JSONWriter) {
    let names = route.path.split(separator: "/").filter { $0.hasPrefix(":") || $0.hasPrefix("*") }
    guard !names.isEmpty || !route.query.isEmpty else { return }
    json.array("parameters") { json in
      for name in names {
        json.object { json in
          json.field("name", String(name.dropFirst()))
          json.field("in", "path")
          json.field("required", true)
          json.key("schema")
          json.value(Schema.string)
        }
      }
      for parameter in route.query {
        json.object { json in
          json.field("name", parameter.name)
          json.field("in", "query")
          if parameter.isRequired { json.field("required", true) }
          json.field("description", parameter.summary)
          json.key("schema")
          json.value(parameter.schema)
        }
      }
    }
  }

  private static func writeSecurity(_ access: Access, into json: inout JSONWriter) {
    json.array("security") { json in
      if access != .everyone {
        for scheme in ["session", "bearer"] {
          json.object { json in
            json.key(text: scheme)
            json.array { _ in }
          }
        }
      }
    }
  }

  private static func writeContent(_ schema: Schema?, description: String?, into json: inout JSONWriter) {
    json.object { json in
      if let description { json.field("description", description) }
      if let schema {
        json.object("content") { json in
          json.object("application/json") { json in
            json.key("schema")
            json.value(schema)
          }
        }
      }
    }
  }

  private static func writeComponents(cookie: String, into json: inout JSONWriter) {
    json.field(
      "components",
      [
        "securitySchemes": [
          "session": ["type": "apiKey", "in": "cookie", "name": .string(cookie)],
          "bearer": ["type": "http", "scheme": "bearer"],
        ],
        "responses": [
          "Failure": [
            "description": "Error; `code` is stable, `message` is in the client's language",
            "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Failure"]]],
          ]
        ],
        "schemas": ["Failure": failure],
      ])
  }

  private static var failure: JSONValue {
    var json = JSONWriter()
    json.value(
      Schema.object([
        ("success", .boolean, required: true), ("code", .string, required: true),
        ("message", .string, required: true), ("error", .string, required: true),
        (
          "errors",
          .array(
            .object([
              ("field", .string, required: true), ("code", .string, required: true),
              ("message", .string, required: true),
            ])), required: true
        ),
      ]))
    return JSONValue(parsing: json.bytes) ?? [:]
  }
}
