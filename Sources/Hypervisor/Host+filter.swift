import CLibvirt

extension Host {
  /// Puts libvirt's filter on a machine's card that is plugged into a bridge and was made without it, for the next
  /// start; also where that takes up a saved state. A filter of somebody else's choice stays.
  public func filterCards(of name: String, mac: String) async throws {
    let operation = "filter the card of \(name)"
    let isMissing = try await perform(operation) { connection in
      try connection.existingDomain(name, operation).unfiltered(mac: mac, operation) != (nil, nil)
    }
    guard isMissing, try await hasCleanTraffic() else { return }
    try await perform(operation) { connection in
      let domain = try connection.existingDomain(name, operation)
      // As they are now: somebody may have changed them meanwhile.
      let (definition, saved) = try domain.unfiltered(mac: mac, operation)
      if let definition {
        _ = Domain(try check(virDomainDefineXML(connection.pointer, definition), operation))
      }
      if let saved { try check(virDomainManagedSaveDefineXML(domain.pointer, saved, 0), operation) }
    }
  }

  /// Whether the host has the filter; where it has not, the log says what is missing. The test driver filters nothing,
  /// but keeps what a card names.
  func hasCleanTraffic() async throws -> Bool {
    if isTestDriver { return true }
    let operation = "look for the filter \(CardFilter.cleanTraffic)"
    let isFound = try await perform(operation) { connection in
      guard let filter = virNWFilterLookupByName(connection.pointer, CardFilter.cleanTraffic) else {
        let error = HypervisorError.last(operation)
        if error.code == .unreachable { throw error }
        return false
      }
      virNWFilterFree(filter)
      return true
    }
    if !isFound {
      log("the filter \(CardFilter.cleanTraffic) is missing: install libvirt-daemon-config-nwfilter")
    }
    return isFound
  }
}

extension Domain {
  /// What it is started from, each with the filter put in; nil where nothing is missing.
  fileprivate func unfiltered(
    mac: String, _ operation: String
  ) throws -> (definition: String?, saved: String?) {
    // Without secrets a definition cannot be given back.
    let flags = VIR_DOMAIN_XML_INACTIVE.rawValue | VIR_DOMAIN_XML_SECURE.rawValue
    let definition = try checkedText(virDomainGetXMLDesc(pointer, flags), operation)
    return (
      CardFilter.added(to: definition, mac: mac),
      try savedDefinition(operation).flatMap { CardFilter.added(to: $0, mac: mac) }
    )
  }

  /// Nil where nothing is saved.
  private func savedDefinition(_ operation: String) throws -> String? {
    guard try check(virDomainHasManagedSaveImage(pointer, 0), operation) == 1 else { return nil }
    do {
      let secure = VIR_DOMAIN_SAVE_IMAGE_XML_SECURE.rawValue
      return try checkedText(virDomainManagedSaveGetXMLDesc(pointer, secure), operation)
    } catch let error as HypervisorError where error.code == .unsupported {
      return nil
    }
  }
}
