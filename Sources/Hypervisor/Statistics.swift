import CLibvirt

/// libvirt's typed parameters of one machine; a missing number reads as nil or 0.
struct Statistics {
  fileprivate let parameters: virTypedParameterPtr?
  fileprivate let count: Int32

  subscript(name: String) -> Int64? {
    var number: UInt64 = 0
    if virTypedParamsGetULLong(parameters, count, name, &number) == 1 { return Int64(clamping: number) }
    virResetLastError()
    return nil
  }

  /// The sum of `<group>.<n>.<name>` over the machine's devices in that group, except those named `skipped`.
  func sum(_ group: String, _ name: String, skipping skipped: String? = nil) -> Int64 {
    var sum: Int64 = 0
    for index in 0..<min(small("\(group).count"), 64) {
      if let skipped, text("\(group).\(index).name") == skipped { continue }
      let (total, isTooBig) = sum.addingReportingOverflow(self["\(group).\(index).\(name)"] ?? 0)
      sum = isTooBig ? .max : total
    }
    return sum
  }

  func small(_ name: String) -> Int {
    var number: UInt32 = 0
    if virTypedParamsGetUInt(parameters, count, name, &number) == 1 { return Int(number) }
    virResetLastError()
    return 0
  }

  var state: DomainState {
    DomainState(libvirt: signed("state.state"), reason: signed("state.reason"))
  }

  private func signed(_ name: String) -> Int32 {
    var number: Int32 = -1
    if virTypedParamsGetInt(parameters, count, name, &number) != 1 { virResetLastError() }
    return number
  }

  private func text(_ name: String) -> String? {
    var text: UnsafePointer<CChar>?
    if virTypedParamsGetString(parameters, count, name, &text) != 1 { virResetLastError() }
    return text.map { String(cString: $0) }
  }
}

extension Connection {
  /// Reads the statistics of all machines with one call; `groups` are libvirt's `VIR_DOMAIN_STATS_…`.
  func statistics<T>(
    _ groups: UInt32, _ operation: String, _ map: (OpaquePointer, String, Statistics) throws -> T
  ) throws -> [T] {
    var records: UnsafeMutablePointer<virDomainStatsRecordPtr?>?
    // NOWAIT: a busy machine returns fewer numbers instead of delaying all.
    let flags = VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT.rawValue
    var count = virConnectGetAllDomainStats(pointer, groups, &records, flags)
    if count < 0 {
      virResetLastError()
      count = try check(virConnectGetAllDomainStats(pointer, groups, &records, 0), operation)
    }
    defer { virDomainStatsRecordListFree(records) }
    guard let records else { return [] }
    return try (0..<Int(count)).compactMap { index in
      guard let record = records[index]?.pointee, let domain = record.dom,
        let name = virDomainGetName(domain).map({ String(cString: $0) }), !name.hasPrefix(Trial.prefix)
      else { return nil }
      return try map(domain, name, Statistics(parameters: record.params, count: record.nparams))
    }
  }
}
