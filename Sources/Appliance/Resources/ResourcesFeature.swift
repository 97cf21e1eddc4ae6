import HTTP
import Store

/// The routes of all resources, and the descriptions from which the page builds their forms.
struct ResourcesFeature: Feature {
  let resources: [Resource]
  let services: Resource.Services
  let clock: Clock

  var routes: [Route] {
    resources.flatMap { $0.routes(services, clock: clock) } + [
      .get(
        "/api/schemas", .signedIn, "Describe the tables that you may read, for pages made from it",
        response: .array(Resource.descriptionSchema), describe)
    ]
  }

  var jobs: [any JobKind] { [TidyBins(resources: resources, database: services.database)] }

  private func describe(_ request: Request) async throws -> Response {
    let account = try request.account()
    return .json { json in
      json.array { json in
        let shown = resources.filter { $0.module.map(services.settings.isOn) ?? true }
        for resource in shown where resource.may(.list, account) {
          resource.describe(to: &json, for: account, in: request.language)
        }
      }
    }
  }
}

extension Resource {
  /// Whether an account is allowed a verb.
  func may(_ verb: Verb, _ account: Account) -> Bool {
    access[verb].map { $0.admits(account) } ?? false
  }

  static let descriptionSchema = Schema.members([
    "name": .string, "path": .string, "title": .string, "noun": .string, "heading": .optional(.string),
    "frame": .optional(.string), "searchable": .boolean, "may": .array(.words(Verb.self)),
    "columns": .array(
      .members(
        [
          "name": .string, "label": .string, "kind": .string, "required": .boolean, "readOnly": .boolean,
          // The schema depends on the kind of the column.
          "initial": .described("a value of the column's kind, or null", .any),
          "schema": .described("JSON Schema of the values", .map(.any)),
        ],
        optional: [
          "options": .array(.members(["value": .string, "label": .string])), "references": .string,
        ])),
  ])

  func describe(to json: inout JSONWriter, for account: Account, in language: Language) {
    json.object { json in
      json.field("name", name)
      json.field("path", path)
      json.field("title", title(language))
      json.field("noun", noun(language))
      json.field("heading", heading?.name)
      json.field("frame", frame)
      json.field("searchable", !searched.isEmpty)
      json.array("may") { json in
        for verb in Verb.allCases where may(verb, account) { json.value(verb.rawValue) }
      }
      json.array("columns") { json in
        for column in columns { column.describe(to: &json, in: language) }
      }
    }
  }
}

extension Column {
  fileprivate func describe(to json: inout JSONWriter, in language: Language) {
    json.object { json in
      json.field("name", name)
      json.field("label", label(language))
      json.field("kind", kind.word)
      json.field("required", isWritable && initial == nil)
      json.field("readOnly", !isWritable)
      json.key("initial")
      write(initial ?? .null, to: &json)
      json.key("schema")
      json.value(bodySchema)
      switch kind {
      case .choice(let choices), .choices(let choices):
        json.array("options") { json in
          for choice in choices {
            json.object { json in
              json.field("value", choice.word)
              json.field("label", choice.label(language))
            }
          }
        }
      case .reference(let table), .references(let table): json.field("references", table)
      default: break
      }
    }
  }
}
