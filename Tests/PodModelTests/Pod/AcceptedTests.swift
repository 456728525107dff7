import Testing

@testable import PodModel

/// What no rule may object to: each of these is near to something that is refused.
@Suite struct AcceptedTests {
  static let pod = """
    apiVersion: v1
    kind: Pod
    metadata:
      name: web-1
      labels: {app.example.com/tier: "", a: A.b_c-1}
      annotations: {Example.COM/Note: ""}
      finalizers: [example.com/keep]
    spec:
      hostUsers: false
      hostname: web
      hostnameOverride: web.example.com
      dnsConfig: {searches: [., _tcp.example.com., a_b.example], nameservers: ["fd00::1"]}
      tolerations:
      - {operator: Exists}
      - {key: a, value: b}
      - {key: a, operator: Exists, effect: NoExecute, tolerationSeconds: -1}
      securityContext:
        fsGroup: 0
        supplementalGroups: [2147483647]
        sysctls:
        - {name: net.ipv4.tcp_syncookies, value: "1"}
        - {name: net/ipv4/conf/eth0.1/rp_filter, value: "1"}
        seccompProfile: {type: Localhost, localhostProfile: a/b.json}
        appArmorProfile: {type: RuntimeDefault}
      resources:
        requests: {cpu: "2", memory: 128Mi}
        limits: {cpu: "2"}
      initContainers:
      - name: once
        image: a
        resources: {requests: {cpu: 1500m, memory: 131072Ki}}
      - name: sidecar
        image: a
        restartPolicy: Always
        resources: {requests: {cpu: 500m}}
      containers:
      - name: web
        image: a
        env:
        - {name: a b, value: x}
        - {name: A, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app.example.com/tier']"}}}
        - {name: B, valueFrom: {fieldRef: {fieldPath: "metadata.annotations['Example.COM/Note']"}}}
        - {name: C, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1000m}}}
        - {name: D, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1024Ki}}}
        - {name: E, valueFrom: {resourceFieldRef: {resource: limits.hugepages-2Mi}}}
        - {name: F, value: "", valueFrom: {secretKeyRef: {name: a, key: .x.., optional: true}}}
        - {name: G, valueFrom: {fileKeyRef: {volumeName: empty, path: a/..b, key: G}}}
        envFrom:
        - {prefix: "", configMapRef: {name: a.b}}
        volumeMounts:
        - {name: empty, mountPath: /empty, subPath: a..b/...}
        - {name: empty, mountPath: /empty/deep, subPathExpr: $(A), subPath: ""}
        - {name: host, mountPath: /host, readOnly: true, recursiveReadOnly: Enabled,
          mountPropagation: None}
        resources:
          limits: {cpu: "2", memory: "1e2", hugepages-2Mi: 4Mi, example.com/gpu: 2}
          requests: {cpu: 1500m, hugepages-2Mi: 4096Ki}
        securityContext:
          procMount: Unmasked
          capabilities: {add: [CAP_NET_ADMIN]}
          allowPrivilegeEscalation: false
        resizePolicy:
        - {resourceName: memory, restartPolicy: RestartContainer}
      volumes:
      - {name: empty, emptyDir: {medium: HugePages-2Mi, sizeLimit: 0}}
      - {name: host, hostPath: {path: /a/..b/c..}}
      - {name: map, configMap: {name: a, defaultMode: 0777, items: [{key: k, path: a/.b, mode: 0}]}}
      - name: down
        downwardAPI:
          items:
          - {path: cpu, resourceFieldRef: {containerName: once, resource: requests.cpu}}
          - {path: labels, fieldRef: {fieldPath: metadata.labels}}
      - name: all
        projected:
          sources:
          - {secret: {name: a, items: [{key: k, path: a/b}]}}
          - {configMap: {name: a, items: [{key: k, path: a/c}]}}
          - {serviceAccountToken: {path: token, expirationSeconds: 600}}
    """

  static func answer(_ text: String) -> [String] {
    let answer = RefusedTests.Answer(rulesFor: Array(text.utf8), file: "f")
    return (answer.errors + answer.warnings).map(\.description)
  }

  @Test func `a pod that goes to every limit is taken without a word`() {
    #expect(Self.answer(Self.pod).isEmpty)
  }

  @Test(arguments: [
    "kind: ConfigMap\nmetadata: {name: a.b}\ndata: {.k: v, .k..: v, _: v}\nbinaryData: {b: YQ==}",
    "kind: Secret\nmetadata: {name: a}\ndata: {password: ''}\ntype: kubernetes.io/basic-auth",
    "kind: Secret\nmetadata: {name: a}\nstringData: {.dockercfg: '{}'}\n"
      + "type: kubernetes.io/dockercfg",
    "kind: Secret\nmetadata: {name: a}\nstringData: {any: x}\ntype: example.com/mine",
    "kind: PodPreset\nmetadata: {name: a}\nspec: {env: [{name: A, value: b}]}",
    "kind: PodPreset\nmetadata: {name: a}\nspec:\n  selector: {matchExpressions: "
      + "[{key: a, operator: DoesNotExist}]}\n  volumes: [{name: v}]\n"
      + "  volumeMounts: [{name: v, mountPath: /v}]",
  ])
  func `so is every other object`(_ text: String) {
    #expect(Self.answer("apiVersion: v1\n" + text).isEmpty)
  }
}
