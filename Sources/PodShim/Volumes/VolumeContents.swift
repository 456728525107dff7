import Glibc
import PodModel

/// What podshim itself writes into the volumes of a pod: keys of objects, fields of the pod,
/// tokens.
///
/// Each volume changes as a whole, and only when something in it differs. Tokens are kept for as
/// long as they are good; `renewal` says until when.
struct VolumeContents {
  let plan: Plan
  let host: HostPaths
  /// The earliest moment, as time since 1970, at which a token should be replaced.
  private(set) var renewal: Duration?

  init(plan: Plan, host: HostPaths) {
    self.plan = plan
    self.host = host
  }

  /// Writes all volumes, up to the first that cannot be.
  mutating func write() throws(Volumes.NotReady) {
    for volume in plan.pod.spec.volumes { try write(volume) }
  }

  /// Writes every volume that can be; why the others stay as they are.
  mutating func refresh() -> [Volumes.NotReady] {
    var problems: [Volumes.NotReady] = []
    for volume in plan.pod.spec.volumes {
      do throws(Volumes.NotReady) {
        try write(volume)
      } catch {
        problems.append(error)
      }
    }
    return problems
  }

  private mutating func write(_ volume: Volume) throws(Volumes.NotReady) {
    do {
      guard let wanted = try plan.files(of: volume),
        let path = plan.paths.volumes[volume.name]
      else { return }
      let folder = try AtomicFolder(path)
      var files: [String: AtomicFolder.File] = [:]
      for (name, file) in wanted {
        files[name] = AtomicFolder.File(
          bytes: try bytes(of: file, present: folder.read(name)), mode: file.mode,
          owner: file.owner)
      }
      let ownership = VolumeOwnership(of: plan.pod, isReadOnly: true)
      try folder.write(files) { () throws(SyscallError) in
        try ownership?.apply(to: path, .always)
      }
    } catch {
      throw Volumes.NotReady(volume.name, error)
    }
  }

  private mutating func bytes(of file: VolumeFile, present: [UInt8]?) throws -> [UInt8] {
    switch file.content {
    case .bytes(let bytes): return bytes
    case .token(let request):
      let now = Clock.wall()
      if let present, let claims = WebToken.claims(of: present),
        claims.answers(request, of: plan, at: now)
      {
        note(claims)
        return present
      }
      let claims = plan.claims(
        for: request, id: NewPod.uuid(), accountUID: try accountUID(), at: now)
      let key = try TokenKey(of: host)
      let unsigned = try WebToken.unsigned(claims, keyID: key.id)
      let token = WebToken.signed(unsigned, signature: try key.sign(unsigned))
      note(claims)
      return Array(token.utf8)
    }
  }

  private mutating func note(_ claims: TokenClaims) {
    let moment = Duration.seconds(claims.renewal)
    renewal = min(renewal ?? moment, moment)
  }

  private func accountUID() throws -> String? {
    let name = plan.pod.spec.serviceAccountName ?? "default"
    let account: ServiceAccount? = try ObjectStore(host: host).find(
      name, in: plan.pod.metadata.place)
    return account?.metadata.uid
  }
}
