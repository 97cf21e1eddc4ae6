import Testing

@testable import Hypervisor

@Suite struct HypervisorTests {}
