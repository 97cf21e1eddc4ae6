import Testing

@testable import Store

@Suite struct StoreTests {}
