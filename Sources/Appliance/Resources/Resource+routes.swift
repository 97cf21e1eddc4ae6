import HTTP
import Store

extension Resource {
  /// One route for each verb that is allowed to anyone.
  func routes(_ services: Services, clock: Clock) -> [Route] {
    let one = path + "/:id"
    let what = noun(.en)
    let routes = [
      route(.get, path, .list, "List \(title(.en).lowercased())", response: .array(answerSchema)) { request in
        try await list(request, services.database, now: clock.now())
      }?.reading(QueryParameter.paging + filters),
      route(.get, one, .get, "Get \(what)", response: answerSchema) { request in
        try await get(request, services.database, now: clock.now())
      },
      route(.post, path, .create, "Add \(what)", request: bodySchema(isNew: true), response: answerSchema) {
        try await create($0, services)
      },
      route(.patch, one, .change, "Edit \(what)", request: bodySchema(isNew: false), response: answerSchema) {
        try await change($0, services)
      },
      route(.put, one, .change, "Edit \(what)", request: bodySchema(isNew: false), response: answerSchema) {
        try await change($0, services)
      },
      route(.delete, one, .delete, "Delete \(what)", response: .done) { try await delete($0, services) },
    ]
    let all = routes.compactMap(\.self) + bin(services, clock: clock) + further
    guard let module else { return all }
    return all.map { $0.belonging(to: module, services.settings) }
  }

  /// Deleted rows that can be restored.
  private func bin(_ services: Services, clock: Clock) -> [Route] {
    guard isRestorable, let access = access[.delete] else { return [] }
    return [
      .get(
        path + "/bin", access, "List what was deleted: \(title(.en).lowercased())",
        response: .array(answerSchema)
      ) { request in
        try await list(request, services.database, now: clock.now(), inBin: true)
      }.reading(QueryParameter.paging + filters),
      .post(path + "/:id/restore", access, "Restore \(noun(.en))", response: answerSchema) { request in
        try await restore(request, services)
      },
    ]
  }

  private func route(
    _ method: Method, _ path: String, _ verb: Verb, _ summary: String, request: Schema? = nil,
    response: Schema,
    _ handler: @escaping Handler
  ) -> Route? {
    guard var access = access[verb] else { return nil }
    if ![.list, .get].contains(verb), access == .everyone { access = .signedIn }
    return Route(method, path, access, summary, request: request, response: response, handler: handler)
      .checkingKinds()
  }

  private var filters: [QueryParameter] {
    let filters = columns.filter(\.isFilter).map { column in
      QueryParameter(column.name, column.filterSchema, "only rows with this value")
    }
    return filters + (searched.isEmpty ? [] : [QueryParameter("q", .string, "only rows with this text")])
  }

  func bodySchema(isNew: Bool) -> Schema {
    .object(
      columns.filter(\.isWritable).map { column in
        (column.name, column.bodySchema, required: isNew && column.initial == nil)
      })
  }

  var answerSchema: Schema {
    .named(
      name,
      .object(
        [("id", .id, required: true)]
          + columns.map { ($0.name, $0.answerSchema, required: true) }
          + [("createdAt", .time, required: true), ("updatedAt", .time, required: true)]))
  }
}
