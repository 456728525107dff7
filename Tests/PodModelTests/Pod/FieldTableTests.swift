import PodModel
import Testing

/// The tables of fields, against the API's inventory and against themselves.
@Suite struct FieldTableTests {
  /// The objects of the API and the names of their fields, as core/v1 lists them.
  static let inventory: [(any KubeObject.Type, String)] = [
    (Pod.self, "apiVersion kind metadata spec status"),
    (
      ObjectMeta.self,
      """
      name generateName namespace uid labels annotations creationTimestamp deletionTimestamp
      deletionGracePeriodSeconds generation resourceVersion selfLink finalizers ownerReferences
      managedFields
      """
    ),
    (
      PodSpec.self,
      """
      volumes initContainers containers ephemeralContainers restartPolicy
      terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName
      serviceAccount automountServiceAccountToken nodeName hostNetwork hostPID hostIPC
      shareProcessNamespace securityContext imagePullSecrets hostname subdomain affinity
      schedulerName tolerations hostAliases priorityClassName priority dnsConfig readinessGates
      runtimeClassName enableServiceLinks preemptionPolicy overhead topologySpreadConstraints
      setHostnameAsFQDN os hostUsers schedulingGates resourceClaims resources hostnameOverride
      schedulingGroup
      """
    ),
    (Toleration.self, "key operator value effect tolerationSeconds"),
    (Affinity.self, "nodeAffinity podAffinity podAntiAffinity"),
    (
      NodeAffinity.self,
      """
      requiredDuringSchedulingIgnoredDuringExecution
      preferredDuringSchedulingIgnoredDuringExecution
      """
    ),
    (NodeSelector.self, "nodeSelectorTerms"),
    (NodeSelectorTerm.self, "matchExpressions matchFields"),
    (NodeSelectorRequirement.self, "key operator values"),
    (Container.self, containerFields),
    (EphemeralContainer.self, containerFields + " targetContainerName"),
    (ContainerPort.self, "name hostPort containerPort protocol hostIP"),
    (EnvFromSource.self, "prefix configMapRef secretRef"),
    (EnvSource.self, "name optional"),
    (EnvVar.self, "name value valueFrom"),
    (
      EnvVarSource.self, "fieldRef resourceFieldRef configMapKeyRef secretKeyRef fileKeyRef"
    ),
    (ObjectFieldSelector.self, "apiVersion fieldPath"),
    (ResourceFieldSelector.self, "containerName resource divisor"),
    (KeySelector.self, "name key optional"),
    (FileKeySelector.self, "volumeName path key optional"),
    (ResourceRequirements.self, "limits requests claims"),
    (ContainerResizePolicy.self, "resourceName restartPolicy"),
    (ContainerRestartRule.self, "action exitCodes"),
    (ContainerRestartRuleOnExitCodes.self, "operator values"),
    (
      VolumeMount.self,
      "name readOnly recursiveReadOnly mountPath subPath mountPropagation subPathExpr"
    ),
    (VolumeDevice.self, "name devicePath"),
    (Lifecycle.self, "postStart preStop stopSignal"),
    (
      PodSecurityContext.self,
      """
      runAsUser runAsGroup runAsNonRoot supplementalGroups fsGroup sysctls seccompProfile
      supplementalGroupsPolicy fsGroupChangePolicy appArmorProfile seLinuxOptions
      seLinuxChangePolicy windowsOptions
      """
    ),
    (
      SecurityContext.self,
      """
      capabilities privileged runAsUser runAsGroup runAsNonRoot readOnlyRootFilesystem
      allowPrivilegeEscalation seccompProfile procMount appArmorProfile seLinuxOptions
      windowsOptions
      """
    ),
    (Capabilities.self, "add drop"),
    (
      Probe.self,
      """
      exec httpGet tcpSocket grpc initialDelaySeconds timeoutSeconds periodSeconds
      successThreshold failureThreshold terminationGracePeriodSeconds
      """
    ),
    (LifecycleHandler.self, "exec httpGet sleep tcpSocket"),
    (HTTPGetAction.self, "path port host scheme httpHeaders"),
    (HTTPHeader.self, "name value"),
    (TCPSocketAction.self, "port host"),
    (GRPCAction.self, "port service"),
    (ExecAction.self, "command"),
    (SleepAction.self, "seconds"),
    (Volume.self, "name " + volumeSources),
    (EmptyDirVolumeSource.self, "medium sizeLimit"),
    (HostPathVolumeSource.self, "path type"),
    (PersistentVolumeClaimVolumeSource.self, "claimName readOnly"),
    (ConfigMapVolumeSource.self, "name items defaultMode optional"),
    (SecretVolumeSource.self, "secretName items defaultMode optional"),
    (KeyToPath.self, "key path mode"),
    (DownwardAPIVolumeSource.self, "items defaultMode"),
    (DownwardAPIVolumeFile.self, "path fieldRef resourceFieldRef mode"),
    (ProjectedVolumeSource.self, "sources defaultMode"),
    (
      VolumeProjection.self,
      "secret configMap downwardAPI serviceAccountToken clusterTrustBundle podCertificate"
    ),
    (ImageVolumeSource.self, "reference pullPolicy"),
    (
      PodStatus.self,
      """
      phase conditions message reason hostIP hostIPs podIP podIPs startTime initContainerStatuses
      containerStatuses ephemeralContainerStatuses qosClass observedGeneration resources
      allocatedResources nominatedNodeName resize resourceClaimStatuses
      extendedResourceClaimStatus nodeAllocatableResourceClaimStatuses
      """
    ),
    (
      PodCondition.self,
      "type status reason message lastProbeTime lastTransitionTime observedGeneration"
    ),
    (
      ContainerStatus.self,
      """
      name state lastState ready started restartCount image imageID containerID resources
      allocatedResources volumeMounts user stopSignal allocatedResourcesStatus
      """
    ),
    (ContainerState.self, "waiting running terminated"),
    (ContainerStateWaiting.self, "reason message"),
    (ContainerStateRunning.self, "startedAt"),
    (
      ContainerStateTerminated.self,
      "exitCode signal reason message startedAt finishedAt containerID"
    ),
    (VolumeMountStatus.self, "name mountPath readOnly recursiveReadOnly volumeStatus"),
    (LinuxContainerUser.self, "uid gid supplementalGroups"),
    (ConfigMap.self, "apiVersion kind metadata immutable data binaryData"),
    (Secret.self, "apiVersion kind metadata immutable data stringData type"),
    (
      ServiceAccount.self,
      "apiVersion kind metadata secrets imagePullSecrets automountServiceAccountToken"
    ),
    (PodPreset.self, "apiVersion kind metadata spec"),
    (PodPresetSpec.self, "selector env envFrom volumes volumeMounts"),
    (LabelSelector.self, "matchLabels matchExpressions"),
  ]

  static let containerFields = """
    name image command args workingDir ports envFrom env resources resizePolicy restartPolicy
    restartPolicyRules volumeMounts volumeDevices livenessProbe readinessProbe startupProbe
    lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext
    stdin stdinOnce tty
    """

  static let volumeSources = """
    emptyDir hostPath configMap secret downwardAPI projected image persistentVolumeClaim ephemeral
    csi nfs iscsi fc gitRepo awsElasticBlockStore gcePersistentDisk azureDisk azureFile cinder
    cephfs rbd glusterfs flocker quobyte flexVolume vsphereVolume photonPersistentDisk
    portworxVolume scaleIO storageos
    """

  static func names<Known: KubeObject>(_ type: Known.Type) -> [String] {
    type.fields.map(\.name)
  }

  @Test func `every object has the fields of the inventory and no other`() {
    for (type, fields) in Self.inventory {
      let expected = fields.split(whereSeparator: \.isWhitespace).map(String.init)
      #expect(Self.names(type).sorted() == expected.sorted(), "\(type)")
    }
    #expect(PodSpec.fields.count == 42)
    #expect(Container.fields.count == 25)
    #expect(EphemeralContainer.fields.count == 26)
  }

  /// An object with every field set, each to a value of its own.
  struct Samples {
    var number = 0

    mutating func object<Known: KubeObject>(_ type: Known.Type) -> Node {
      var entries: [Node.Entry] = []
      for field in type.fields {
        entries.append(.init(field.name, value(field.type, field.objectType, field.words)))
      }
      return .mapping(entries)
    }

    mutating func value(
      _ type: String, _ object: (any KubeObject.Type)?, _ words: [String]
    ) -> Node {
      if type.hasPrefix("[]") {
        return .sequence([value(String(type.dropFirst(2)), object, words)])
      }
      if type.hasPrefix("map[string]") {
        let inner = value(String(type.dropFirst(11)), object, words)
        return .mapping([.init("key", inner)])
      }
      number += 1
      if let object { return self.object(object) }
      switch type {
      case "string":
        return .string(words.isEmpty ? "t\(100 + number)" : words[number % words.count])
      case "integer", "IntOrString": return .integer(Int64(number))
      case "boolean": return .bool(true)
      case "Quantity": return .string("\(number)Mi")
      case "Object": return .mapping([.init("raw", .integer(Int64(number)))])
      default:
        Issue.record("no sample for the type \(type)")
        return .null
      }
    }
  }

  static func check<Known: KubeObject>(_ type: Known.Type) throws {
    var samples = Samples()
    let node = samples.object(type)
    var review = Review()
    let object = try #require(
      type.decode(node, at: FieldPath(), into: &review))
    #expect(object.node == node, "\(type)")
    #expect(review.errors.allSatisfy { $0.message == "not supported yet" }, "\(type)")
    let again = YAMLText(object.node.yamlText(sortedKeys: false)).documents
    #expect(again == [node], "\(type)")
  }

  /// Two fields that share a key path by mistake would show here.
  @Test func `every field is read into its own place and written back from it`() throws {
    for (type, _) in Self.inventory { try Self.check(type) }
  }

  @Test func `every field says what it is for`() {
    func look<Known: KubeObject>(_ type: Known.Type) {
      for field in type.fields {
        #expect(field.summary.hasSuffix("."), "\(type).\(field.name)")
        #expect(!field.summary.contains("\n") && field.summary.count < 240, "\(type).\(field.name)")
      }
      #expect(Set(type.fields.map(\.summary)).count == type.fields.count, "\(type)")
    }
    for (type, _) in Self.inventory { look(type) }
  }
}
