internal import CSecrets
internal import Terms

/// What keeps a secret, by OpenSSL.
enum Secrets {
  /// Bytes of the system that nobody can foresee; no result follows from them.
  ///
  /// - Throws: ``NoSecret`` where the system has none to give.
  static func random(_ count: Int) throws(NoSecret) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard RAND_bytes(&bytes, Int32(count)) == 1 else { throw NoSecret() }
    return bytes
  }

  /// The HMAC-SHA256 of a message, which only who has the key can make.
  static func signature(of message: [UInt8], by key: [UInt8]) -> [UInt8] {
    var signature = [UInt8](repeating: 0, count: 32)
    HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &signature, nil)
    return signature
  }

  /// Whether two signatures are equal, in a time that does not depend on where they differ.
  static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
  }
}

/// The system has no random bytes to give.
struct NoSecret: Fault, Hashable {
  var kind: FaultKind { .io }

  var description: String { "the system gives no random bytes, so no secret can be made" }
}
