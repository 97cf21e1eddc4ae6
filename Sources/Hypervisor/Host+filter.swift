import CLibvirt

extension Host {
  /// Adds libvirt's filter to a bridged card that was created without it, in the definition for the next
  /// start and in a saved state. Another filter that is already set is kept.
  public func filterCards(of name: String, mac: String) async throws {
    let operation = "filter the card of \(name)"
    let isMissing = try await perform(operation) { connection in
      try connection.existingDomain(name, operation).unfiltered(mac: mac, operation) != (nil, nil)
    }
    guard isMissing, try await hasCleanTraffic() else { return }
    try await perform(operation) { connection in
      let domain = try connection.existingDomain(name, operation)
      // Read again, since the definition may have changed meanwhile.
      let (definition, saved) = try domain.unfiltered(mac: mac, operation)
      if let definition {
        _ = Domain(try check(virDomainDefineXML(connection.pointer, definition), operation))
      }
      if let saved { try check(virDomainManagedSaveDefineXML(domain.pointer, saved, 0), operation) }
    }
  }

  /// Whether the host has the filter; if not, logs what is missing. The test driver does not filter, but
  /// stores the reference.
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
  /// The permanent definition and the saved state, each with the filter added; nil when it needs no change.
  fileprivate func unfiltered(
    mac: String, _ operation: String
  ) throws -> (definition: String?, saved: String?) {
    // A definition read without its secrets cannot be defined again.
    let flags = VIR_DOMAIN_XML_INACTIVE.rawValue | VIR_DOMAIN_XML_SECURE.rawValue
    let definition = try checkedText(virDomainGetXMLDesc(pointer, flags), operation)
    return (
      CardFilter.added(to: definition, mac: mac),
      try savedDefinition(operation).flatMap { CardFilter.added(to: $0, mac: mac) }
    )
  }

  /// Nil when there is no saved state.
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
