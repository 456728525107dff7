import PodModel

/// Looking for images, and having them pulled: those that containers run, and those that are
/// volumes. A pull is a child, which may take as long as it likes.
extension Supervisor {
  /// A pull that is under way.
  struct Pull {
    let inquiry: Inquiry
    let fail: (Failure) -> Void
  }

  /// An image that is needed, and when a registry is to be asked for it.
  struct ImageWish {
    let name: String
    let policy: PullPolicy?
  }

  /// Sees to it that what the container runs and mounts is here; then `then` finds it in
  /// `lookedUp`. An image that cannot be had is the container's failure.
  func obtainImages(
    for container: Container, _ instance: Instance, then: @escaping () -> Void
  ) {
    obtain(wishes(of: container)[...], for: instance, then: then)
  }

  private func obtain(
    _ wishes: ArraySlice<ImageWish>, for instance: Instance, then: @escaping () -> Void
  ) {
    guard let wish = wishes.first else { return then() }
    let rest = wishes.dropFirst()
    do throws(Failure) {
      let (name, policy) = try resolve(wish)
      if policy != .always, try find(wish, name, policy) != nil {
        return obtain(rest, for: instance, then: then)
      }
      let asked = Clock.boot()
      tell(.pulling(instance, image: wish.name))
      pull(wish, name, for: instance) { [unowned self] result in
        switch result {
        case .success((let pulled, _)):
          let image = PulledImage(
            name: wish.name, took: .milliseconds(pulled.milliseconds),
            tookWithWaiting: (Clock.boot() - asked).wholeMilliseconds, size: pulled.size)
          tell(.pulled(instance, image))
          obtain(rest, for: instance, then: then)
        case .failure(let failure):
          tell(.failed(instance, failure))
        }
      }
    } catch {
      tell(.failed(instance, error))
    }
  }

  /// The same for what runs as pause. One that is here is not asked for again.
  func obtainInfraImage(
    _ wished: String, for run: Int, then: @escaping (Result<StoredImage, Failure>) -> Void
  ) {
    let wish = ImageWish(name: wished, policy: .ifNotPresent)
    do throws(Failure) {
      let (name, policy) = try resolve(wish)
      if let image = try find(wish, name, policy) { return then(.success(image)) }
      pull(wish, name, for: Instance(Supervisor.pauseName, run)) { result in
        then(result.map(\.image))
      }
    } catch {
      then(.failure(error))
    }
  }

  /// Whether all that the container runs and mounts is here, and nobody has to be asked.
  func hasImages(of container: Container) -> Bool {
    wishes(of: container).allSatisfy { wish in
      guard let (name, policy) = try? resolve(wish), policy != .always else { return false }
      return (try? find(wish, name, policy)) != nil
    }
  }

  /// Its own image, then those of the volumes that it mounts.
  private func wishes(of container: Container) -> [ImageWish] {
    let mounted = Set(container.volumeMounts.map(\.name))
    return [ImageWish(name: container.image, policy: container.imagePullPolicy)]
      + pod.spec.volumes.filter { mounted.contains($0.name) }.compactMap(\.image).map {
        ImageWish(name: $0.reference, policy: $0.pullPolicy)
      }
  }

  private func resolve(_ wish: ImageWish) throws(Failure) -> (ImageReference, PullPolicy) {
    do throws(InvalidImageName) {
      let name = try ImageReference(wish.name)
      return (name, settings.pull.policy(wish.policy, for: name))
    } catch {
      throw Failure(
        .image, reason: "InvalidImageName",
        message: "Failed to apply default image tag \"\(wish.name)\": \(error)", image: wish.name)
    }
  }

  /// nil for one that has to be pulled: it is not here, or it is damaged.
  private func find(
    _ wish: ImageWish, _ name: ImageReference, _ policy: PullPolicy
  ) throws(Failure) -> StoredImage? {
    if let image = lookedUp[wish.name] { return image }
    do {
      if let image = try images.find(name) {
        try images.prepare(image)
        lookedUp[wish.name] = image
        return image
      }
    } catch {
      guard policy == .never else { return nil }
      throw Failure(
        .image, reason: "ImageInspectError",
        message: "Failed to inspect image \"\(wish.name)\": \(error)", image: wish.name)
    }
    guard policy == .never else { return nil }
    throw Failure(
      .image, reason: "ErrImageNeverPull",
      message: "Container image \"\(wish.name)\" is not present with pull policy of Never",
      image: wish.name)
  }
}

/// Pulls.
extension Supervisor {
  /// - Parameter instance: who waits for it; one image at a time.
  private func pull(
    _ wish: ImageWish, _ name: ImageReference, for instance: Instance,
    then: @escaping (Result<(news: PullNews.Result, image: StoredImage), Failure>) -> Void
  ) {
    func failure(_ message: String, reason: String = "ErrImagePull") -> Failure {
      Failure(.image, reason: reason, message: message, image: wish.name)
    }
    do {
      let inquiry = try Inquiry(loop, within: nil) { [unowned self] end in
        pulls[instance] = nil
        switch end {
        case .ended(let status, let output):
          do {
            let result = try PullNews.result(of: output, status)
            guard let image = try images.find(name) else {
              throw PullNews.Failed(message: "it was removed at once")
            }
            lookedUp[wish.name] = image
            then(.success((result, image)))
          } catch let error as PullNews.Failed {
            then(.failure(failure(error.message, reason: error.reason)))
          } catch {
            then(.failure(failure("\(error)")))
          }
        case .late: then(.failure(failure("it took too long")))
        case .refused(let why): then(.failure(failure(why)))
        }
      }
      pulls[instance] = Pull(inquiry: inquiry) { then(.failure($0)) }
      let credentials = try credentials(for: name)
      let program = FetchProgram.program(
        name.description, world.arguments, credentials: credentials?.raw)
      try withExtendedLifetime(credentials) { try begin(program, for: inquiry) }
    } catch {
      pulls.removeValue(forKey: instance)?.inquiry.drop()
      then(.failure(failure("\(error)")))
    }
  }

  /// Ends the pulls that nobody waits for any more: the pod ends, or wants another image.
  func endIdlePulls() {
    for (instance, pull) in pulls where !isAwaited(instance) {
      pulls[instance] = nil
      pull.inquiry.drop()
      pull.fail(Failure(.image, reason: "ErrImagePull", message: "context canceled"))
    }
  }

  private func isAwaited(_ instance: Instance) -> Bool {
    instance.container == Supervisor.pauseName
      ? life.awaitsSandbox(instance.run) : life.awaits(instance)
  }

  /// Has the images that are volumes of a container shown where the container mounts them.
  func showImages(to container: Container) throws(Failure) {
    for volume in pod.spec.volumes {
      guard let source = volume.image, let image = lookedUp[source.reference],
        container.volumeMounts.contains(where: { $0.name == volume.name })
      else { continue }
      do {
        try ImageVolume(path: paths.volume(volume.name)).show(image, in: images)
      } catch {
        throw Failure(
          .bundle, reason: "CreateContainerError",
          message: "failed to mount image volume \"\(volume.name)\": \(error)")
      }
    }
  }
}

extension Duration {
  fileprivate var wholeMilliseconds: Duration {
    .milliseconds(Int64(self / .milliseconds(1)))
  }
}
