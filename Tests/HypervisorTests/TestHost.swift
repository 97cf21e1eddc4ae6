import Hypervisor

/// Runs `body` with a started host and stops it in any case.
func withHost<T: Sendable>(
  _ uri: String, _ body: @Sendable (Host) async throws -> T
) async throws -> T {
  let host = Host(uri: uri) { _ in }
  host.start()
  do {
    let result = try await body(host)
    await host.stop()
    return result
  } catch {
    await host.stop()
    throw error
  }
}

extension HostEvent {
  func isChange(of name: String) -> Bool {
    if case .domain(name, _, _, _) = self { return true }
    return false
  }

  var isDisconnected: Bool {
    if case .disconnected = self { return true }
    return false
  }
}

extension AsyncStream<HostEvent> {
  /// Reads until a matching event arrives; limited by the suite's time limit.
  func wait(until isWanted: (HostEvent) -> Bool) async -> HostEvent? {
    for await event in self where isWanted(event) { return event }
    return nil
  }
}

/// The code of the error thrown by `body`; nil when it throws none of ours.
func refusal<T>(_ body: () async throws -> T) async -> HypervisorError.Code? {
  do {
    _ = try await body()
    return nil
  } catch {
    return (error as? HypervisorError)?.code
  }
}
