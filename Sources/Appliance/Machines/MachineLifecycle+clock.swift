import Hypervisor

extension MachineLifecycle {
  /// libvirt's event details for a machine that continues with an outdated clock.
  private static let goesOn: Set<String> = ["unpaused", "restored", "from-snapshot", "wakeup"]

  /// Sets the clock of a machine that was paused, if its guest has an agent.
  func setClock(uuid: String, after detail: String) {
    guard Self.goesOn.contains(detail), !base.host.isTestDriver else { return }
    let isFirst = clocks.withLock { $0.insert(uuid).inserted }
    guard isFirst else { return }
    Task { [self] in
      // After a restore the agent may need a moment.
      for _ in 0..<5 {
        let now = base.clock.now()
        if (try? await base.host.setTime(uuid, milliseconds: now)) != nil { break }
        guard base.host.isConnected, (try? await Task.sleep(for: .seconds(1))) != nil else { break }
      }
      clocks.withLock { _ = $0.remove(uuid) }
    }
  }
}
