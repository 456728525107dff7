/// The volume sources that need storage beyond this host.
///
/// They are kept as written; none can be acted upon without a cluster or a storage system.
public struct RemoteVolumeSources: KubeObject {
  public var ephemeral: Node?
  public var csi: Node?
  public var nfs: Node?
  public var iscsi: Node?
  public var fc: Node?
  public var gitRepo: Node?
  public var awsElasticBlockStore: Node?
  public var gcePersistentDisk: Node?
  public var azureDisk: Node?
  public var azureFile: Node?
  public var cinder: Node?
  public var cephfs: Node?
  public var rbd: Node?
  public var glusterfs: Node?
  public var flocker: Node?
  public var quobyte: Node?
  public var flexVolume: Node?
  public var vsphereVolume: Node?
  public var photonPersistentDisk: Node?
  public var portworxVolume: Node?
  public var scaleIO: Node?
  public var storageos: Node?

  public init() {}

  public static let fields: [Field<RemoteVolumeSources>] = [
    .later("ephemeral", \.ephemeral, "Storage that a cluster claims for this pod alone."),
    .later("csi", \.csi, "Storage of a CSI driver."),
    .later("nfs", \.nfs, "A directory of an NFS server."),
    .later("iscsi", \.iscsi, "A disk of an iSCSI target."),
    .later("fc", \.fc, "A disk of a Fibre Channel target."),
    .later(
      "gitRepo", \.gitRepo,
      "A checkout of a git repository; switched off everywhere."),
    .later(
      "awsElasticBlockStore", \.awsElasticBlockStore,
      "A disk of AWS; removed from the API's servers."),
    .later(
      "gcePersistentDisk", \.gcePersistentDisk,
      "A disk of Google's cloud; removed from the API's servers."),
    .later("azureDisk", \.azureDisk, "A disk of Azure; removed from the API's servers."),
    .later("azureFile", \.azureFile, "A share of Azure."),
    .later("cinder", \.cinder, "A disk of OpenStack; removed from the API's servers."),
    .later("cephfs", \.cephfs, "A CephFS directory; removed from the API's servers."),
    .later("rbd", \.rbd, "A Ceph block device; removed from the API's servers."),
    .later("glusterfs", \.glusterfs, "A GlusterFS volume; removed from the API's servers."),
    .later("flocker", \.flocker, "A Flocker dataset; removed from the API's servers."),
    .later("quobyte", \.quobyte, "A Quobyte volume; removed from the API's servers."),
    .later("flexVolume", \.flexVolume, "Storage of a FlexVolume driver; deprecated."),
    .later("vsphereVolume", \.vsphereVolume, "A disk of vSphere."),
    .later(
      "photonPersistentDisk", \.photonPersistentDisk,
      "A disk of Photon; removed from the API's servers."),
    .later("portworxVolume", \.portworxVolume, "A Portworx volume."),
    .later("scaleIO", \.scaleIO, "A ScaleIO volume; removed from the API's servers."),
    .later("storageos", \.storageos, "A StorageOS volume; removed from the API's servers."),
  ]
}
