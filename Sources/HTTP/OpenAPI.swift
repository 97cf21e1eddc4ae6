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
      writeComponents(cookie: cookie, of: routes, into: &json)
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
      if route.takesBody {
        json.object("requestBody") { json in
          if route.request?.fields.contains(where: \.required) == true { json.field("required", true) }
          writeContent(route.request, route.consumes, into: &json)
        }
      }
      json.object("responses") { json in
        if route.isWebSocket {
          json.object("101") { json in
            json.field("description", "A WebSocket")
          }
          if route.path == "/" { writePage(into: &json) }
        } else {
          json.object("2XX") { json in
            json.field("description", "Done")
            writeContent(route.response, route.produces, into: &json)
          }
        }
        json.object("default") { json in
          if let refusal = route.refusal {
            json.field("description", "Refused")
            writeContent(refusal, [], into: &json)
          } else {
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

  /// The member `content`: JSON of this schema, and other media types.
  private static func writeContent(_ schema: Schema?, _ types: [String], into json: inout JSONWriter) {
    guard schema != nil || !types.isEmpty else { return }
    json.object("content") { json in
      if let schema {
        json.object("application/json") { json in
          json.key("schema")
          json.value(schema)
        }
      }
      for type in types {
        json.key(text: type)
        json.object { _ in }
      }
    }
  }

  private static func writeComponents(cookie: String, of routes: [Route], into json: inout JSONWriter) {
    json.object("components") { json in
      json.field(
        "securitySchemes",
        [
          "session": ["type": "apiKey", "in": "cookie", "name": .string(cookie)],
          "bearer": ["type": "http", "scheme": "bearer"],
        ])
      json.field(
        "responses",
        [
          "Failure": [
            "description": "Error; `code` is stable, `message` is in the client's language",
            "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Failure"]]],
          ]
        ])
      json.object("schemas") { json in
        for (name, schema) in named(in: routes).sorted(by: { $0.key < $1.key }) {
          json.key(text: name)
          json.value(schema)
        }
      }
    }
  }

  /// The shapes that routes share, by name.
  private static func named(in routes: [Route]) -> [String: Schema] {
    var found: [String: Schema] = [:]
    Schema.failure.collect(into: &found)
    for schema in routes.flatMap({
      [$0.request, $0.response, $0.refusal] + $0.query.map { $0.schema } as [Schema?]
    }) {
      schema?.collect(into: &found)
    }
    return found
  }
}

extension Schema {
  fileprivate func collect(into found: inout [String: Schema]) {
    switch self {
    case .named(let name, let inner):
      found[name] = inner
      inner.collect(into: &found)
    case .described(_, let inner), .optional(let inner), .limited(let inner, _), .array(let inner),
      .map(let inner):
      inner.collect(into: &found)
    case .either(let options): for option in options { option.collect(into: &found) }
    case .object(let fields): for (_, schema, _) in fields { schema.collect(into: &found) }
    case .any, .null, .string, .integer, .number, .boolean, .time, .enumeration: break
    }
  }
}
