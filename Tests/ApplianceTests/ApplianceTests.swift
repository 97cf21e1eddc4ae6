import Testing

@testable import Appliance

@Suite struct ApplianceTests {}
