/// Looks at everything that an installation needs, once for all concurrent callers.
actor Health {
  /// How long a check may take before it counts as not answering.
  static let patience: Duration = .seconds(5)

  let checks: [HealthCheck]
  private let pause: @Sendable (HealthCheck) async throws -> Void
  private var running: Task<[HealthResult], Never>?
  /// Checks that have not answered yet; they are not begun again, so that nothing piles up behind a disk that hangs.
  private var underWay: Set<String> = []

  /// `pause` returns when a check has taken too long.
  init(
    _ checks: [HealthCheck],
    pause: @escaping @Sendable (HealthCheck) async throws -> Void = { _ in
      try await Task.sleep(for: Health.patience)
    }
  ) {
    self.checks = checks
    self.pause = pause
  }

  /// The result of every check, in their order.
  func results() async -> [HealthResult] {
    if let running { return await running.value }
    let task = Task { await lookAtAll() }
    running = task
    return await task.value
  }

  private func lookAtAll() async -> [HealthResult] {
    defer { running = nil }
    let found = await withTaskGroup(of: (Int, HealthFinding).self) { group in
      for (index, check) in checks.enumerated() { group.addTask { (index, await self.look(check)) } }
      var found: [Int: HealthFinding] = [:]
      for await (index, finding) in group { found[index] = finding }
      return found
    }
    return checks.enumerated().map { HealthResult(check: $1, finding: found[$0] ?? .silent) }
  }

  private func look(_ check: HealthCheck) async -> HealthFinding {
    guard underWay.insert(check.name).inserted else { return .silent }
    // The first of the two answers is taken.
    let (answers, answer) = AsyncStream.makeStream(
      of: HealthFinding.self, bufferingPolicy: .bufferingOldest(1))
    Task {
      answer.yield(await check.finding())
      underWay.remove(check.name)
    }
    let timer = Task { [pause] in
      try await pause(check)
      answer.yield(.silent)
    }
    defer { timer.cancel() }
    for await finding in answers { return finding }
    return .silent
  }
}
