import HTTP

@testable import Appliance

extension Seed {
  /// A request for every route that changes something, in an order in which each is accepted.
  var changes: [(String, JSONValue?)] {
    own + machines + notices + chat + people + [
      ("PATCH /api/configuration", ["ENABLE_REGISTRATION": "open"]),
      ("PATCH /api/system-settings", ["showForum": true]), ("PUT /api/system-settings", ["showForum": true]),
      ("POST /api/uploads", nil), ("DELETE /api/uploads/:key", nil),
      ("POST /api/monitoring/errors", ["errorType": "x"]), ("DELETE /api/admin/sessions/:id", nil),
      ("DELETE /api/sessions", nil), ("DELETE /api/sessions/:id", nil),
    ]
  }

  private var own: [(String, JSONValue?)] {
    let noa: JSONValue = ["username": "noa", "password": .string(TestAppliance.password)]
    let password: JSONValue = [
      "currentPassword": .string(TestAppliance.password), "newPassword": "another pony battery",
    ]
    return [
      ("POST /api/auth/register", noa), ("POST /api/auth/login", noa), ("POST /api/auth/logout", nil),
      ("POST /api/auth/verify", [:]), ("POST /api/auth/resend-verification", ["email": "a@example.org"]),
      ("POST /api/auth/reset-password-request", ["email": "a@example.org"]),
      ("PUT /api/profile", ["name": "Boss"]), ("PATCH /api/profile", ["email": "new@example.org"]),
      ("POST /api/tokens", ["name": "t", "password": .string(TestAppliance.password)]),
      ("DELETE /api/tokens/:id", nil), ("POST /api/totp", nil), ("PUT /api/profile/password", password),
      ("PATCH /api/workstation", ["name": "Desk"]), ("PUT /api/workstation", ["name": "Desk 2"]),
      ("POST /api/user/settings", ["theme": "dark"]), ("PUT /api/user/settings", ["theme": .null]),
      ("PATCH /api/user/settings", ["more": [1]]), ("POST /api/presence/leave", nil),
    ]
  }

  private var machines: [(String, JSONValue?)] {
    [
      ("POST /api/vms", tinyMachine.with("name", "web-02")),
      ("POST /api/vms/:id/console", ["kind": "serial", "viewOnly": true]),
      ("POST /api/vms/:id/action", ["action": "stop"]),
      ("PUT /api/vms/:id", ["memory": 1024]), ("PATCH /api/vms/:id", ["memory": 512]),
      ("DELETE /api/vms/:id", nil),
    ]
  }

  private var notices: [(String, JSONValue?)] {
    let wishes: JSONValue = ["kinds": [["kind": "mention", "email": true]]]
    return [
      ("PATCH /api/notifications/:id/read", nil), ("PUT /api/notifications/:id/read", nil),
      ("POST /api/notifications/read-all", nil), ("DELETE /api/notifications/:id", nil),
      ("PUT /api/notifications/preferences", wishes), ("PATCH /api/notifications/preferences", wishes),
    ]
  }

  private var chat: [(String, JSONValue?)] {
    let (one, message) = ("/api/chat/channels/:id", "/api/chat/messages/:id")
    let said = id("/api/chat/messages")
    return [
      ("POST /api/chat/channels", ["type": "private", "name": "new"]), ("PATCH \(one)", ["topic": "all"]),
      ("PUT \(one)", ["slowSeconds": 0]), ("POST \(one)/members", ["userId": .string(person)]),
      ("PATCH \(one)/members/:userId", ["role": "admin"]), ("PUT \(one)/members/:userId", ["role": "member"]),
      ("PATCH \(one)/preferences", ["muted": true]), ("PUT \(one)/preferences", ["muted": false]),
      ("POST \(one)/messages", ["text": "hi", "replyTo": said]),
      ("POST \(one)/read", ["id": said]), ("PATCH \(message)", ["pinned": false]),
      ("PUT \(message)", ["pinned": true]), ("PUT \(message)/reactions/:emoji", nil),
      ("DELETE \(message)/reactions/:emoji", nil), ("DELETE \(message)", nil),
      ("DELETE \(one)/members/:userId", nil), ("DELETE \(one)", nil),
    ]
  }

  private var people: [(String, JSONValue?)] {
    let (one, admin, rights) = ("/api/users/:id", "/api/admin/users", "/api/permissions")
    let (right, limits): (JSONValue, JSONValue) = ("manage_documents", ["machines": 3, "disk": .null])
    let password: JSONValue = ["newPassword": "yet another pony"]
    func named(_ username: JSONValue) -> JSONValue {
      ["username": username, "password": .string(TestAppliance.password)]
    }
    return [
      ("POST \(rights)", ["userId": .string(person), "permission": right]),
      ("POST \(rights)/:userId", ["permission": right]),
      ("POST /api/admin/bulk-permissions", ["userIds": [.string(person)], "permissions": [right]]),
      ("DELETE \(rights)", ["userId": .string(person), "permission": right]),
      ("DELETE \(rights)/:userId", ["permission": right]), ("DELETE \(rights)/:userId/:permission", nil),
      ("PATCH /api/admin/quotas/:role", limits), ("PUT /api/admin/quotas/:role", limits),
      ("PATCH \(admin)/:id/quota", limits), ("PUT \(admin)/:id/quota", limits),
      ("POST /api/users", named("kim")), ("PATCH \(one)", ["position": "x"]), ("PUT \(one)", ["phone": "1"]),
      ("PATCH \(one)/password", password), ("PUT \(one)/password", password),
      ("PATCH \(one)/status", ["isActive": true]), ("PUT \(one)/status", ["isActive": true]),
      ("POST \(admin)/import", ["csv": "email\nzoe@example.org", "apply": true]),
      ("POST \(admin)", named("tom")), ("PATCH \(admin)/:id", ["role": "moderator"]),
      ("PUT \(admin)/:id", ["role": "user"]), ("POST \(admin)/:id/approve", nil),
      ("POST \(admin)/:id/invite", nil),
      ("POST \(admin)/:id/reset-password", nil), ("DELETE \(admin)/:id/totp", nil), ("DELETE \(one)", nil),
      ("DELETE \(admin)/:id", nil),
    ]
  }
}
