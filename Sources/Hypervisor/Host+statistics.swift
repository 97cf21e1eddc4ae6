import CLibvirt

extension Host {
  /// The counters of all machines, read with one libvirt call.
  public func statistics() async throws -> [DomainStatistics] {
    let groups =
      VIR_DOMAIN_STATS_STATE.rawValue | VIR_DOMAIN_STATS_CPU_TOTAL.rawValue
      | VIR_DOMAIN_STATS_BALLOON.rawValue | VIR_DOMAIN_STATS_VCPU.rawValue
      | VIR_DOMAIN_STATS_INTERFACE.rawValue | VIR_DOMAIN_STATS_BLOCK.rawValue
    let isTestDriver = isTestDriver
    return try await perform("read counters") { connection in
      try connection.statistics(groups, "read counters") { domain, name, values in
        // The test driver returns the state only, so the rest is read separately; the machine may have been
        // deleted meanwhile.
        let info = isTestDriver ? try? Domain.info(domain, "read counters") : nil
        return DomainStatistics(name: name, uuid: uuid(of: domain) ?? "", values: values, info: info)
      }
    }
  }
}

extension DomainStatistics {
  fileprivate init(name: String, uuid: String, values: Statistics, info: virDomainInfo?) {
    self.name = name
    self.uuid = uuid
    state = values.state
    cpuTimeNs = values["cpu.time"] ?? info.map { Int64(clamping: $0.cpuTime) } ?? 0
    vcpus = info.map { Int($0.nrVirtCpu) } ?? values.small("vcpu.current")
    memoryTotalKB = values["balloon.current"] ?? info.map { Int64(clamping: $0.memory) } ?? 0
    memoryUsedKB = values["balloon.available"].flatMap { available in
      // `usable` includes reclaimable caches; old guests report `unused` only.
      (values["balloon.usable"] ?? values["balloon.unused"]).map { max(0, available - $0) }
    }
    let seed = DomainDefinition.seedTarget
    diskAllocation = values.sum("block", "allocation", skipping: seed)
    diskCapacity = values.sum("block", "capacity", skipping: seed)
    rxBytes = values.sum("net", "rx.bytes")
    txBytes = values.sum("net", "tx.bytes")
    readBytes = values.sum("block", "rd.bytes", skipping: seed)
    writtenBytes = values.sum("block", "wr.bytes", skipping: seed)
  }
}

extension Domain {
  fileprivate static func info(_ domain: OpaquePointer, _ operation: String) throws -> virDomainInfo {
    var info = virDomainInfo()
    try check(virDomainGetInfo(domain, &info), operation)
    return info
  }
}
