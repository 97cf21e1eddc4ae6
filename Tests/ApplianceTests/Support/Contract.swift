import Synchronization
import Testing

@testable import Appliance
@testable import HTTP

/// What the routes declare, held against every answer that a test gets. `TestClient` asks it, so that all tests of the
/// API are tests of its schemas too.
struct Contract: Sendable {
  /// The routes are the same in every appliance: the first one that starts gives them.
  private static let shared = Mutex<Contract?>(nil)

  private let router: Router
  /// The operations of which an answer was compared with a schema: `GET /api/vms/:id`.
  private static let compared = Mutex<Set<String>>([])

  init(_ routes: [Route]) {
    // Without their handlers, which hold what belongs to one appliance.
    router = Router(routes: routes.map { $0.isWebSocket ? $0 : $0.handled { _ in throw Failure.notFound } })
  }

  static func learn(from appliance: Appliance) {
    guard shared.withLock({ $0 == nil }) else { return }
    let contract = Contract(Features.routes(of: appliance.makeFeatures()))
    shared.withLock { $0 = contract }
  }

  /// The operations that were compared so far.
  static var operations: Set<String> { compared.withLock { $0 } }

  /// Records an issue for each place in which an answer is not what its route declares.
  static func check(_ answer: TestClient.Answer, to method: String, _ path: String) {
    guard let contract = shared.withLock({ $0 }), let route = contract.route(method, path) else { return }
    let differences = differences(answer, from: route)
    if answer.isJSON, answer.status < 300 {
      compared.withLock { _ = $0.insert("\(route.method.rawValue) \(route.path)") }
    }
    for difference in differences {
      Issue.record("\(method) \(route.path) answers \(answer.status): \(difference)")
    }
  }

  private func route(_ method: String, _ path: String) -> Route? {
    guard let method = Method(rawValue: method), method != .head else { return nil }
    let place = String(path.split(separator: "?", omittingEmptySubsequences: false)[0])
    guard case .route(let route, _) = router.match(method, place, isUpgrade: false) else { return nil }
    return route.isWebSocket ? nil : route
  }

  /// What an answer has that its route does not declare, or lacks.
  static func differences(_ answer: TestClient.Answer, from route: Route) -> [String] {
    switch answer.status {
    case 200..<300 where answer.isJSON:
      guard let schema = route.response else { return ["JSON, and no schema"] }
      return schema.mismatches(in: answer.json).map { "\($0.pointer) \($0.problem)" }
    case 200..<300:
      let isDeclared = route.produces.contains { $0 == "*/*" || $0 == answer.mediaType }
      return isDeclared ? [] : ["\(answer.mediaType), which is not declared"]
    case 400... where answer.isJSON:
      // Some refusals say more than all of them do.
      return (route.refusal ?? .failure).mismatches(in: answer.json)
        .filter { $0.path.count > 1 || $0.problem != .unknown }.map { "\($0.pointer) \($0.problem)" }
    default: return []
    }
  }
}

extension TestClient.Answer {
  var isJSON: Bool { mediaType == "application/json" }

  /// Of its content, without parameters.
  var mediaType: String {
    headers["content-type"].flatMap { $0.split(separator: ";").first.map(String.init) } ?? "no media type"
  }
}
