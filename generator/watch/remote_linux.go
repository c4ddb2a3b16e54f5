package watch

import (
	"path/filepath"
	"syscall"
)

// remote is the name of the first file system among those of paths that other machines, or a container's host, may
// write to without this one's being told; "" when there is none.
func remote(paths []string) string {
	for _, path := range paths {
		var info syscall.Statfs_t
		if syscall.Statfs(path, &info) != nil && syscall.Statfs(filepath.Dir(path), &info) != nil {
			continue
		}
		if name, known := remoteTypes[uint32(info.Type)]; known {
			return name
		}
	}
	return ""
}

// remoteTypes are such file systems by the magic number of statfs(2); FUSE has sshfs and virtiofs among others.
var remoteTypes = map[uint32]string{
	0x00006969: "NFS",
	0x0000517b: "SMB",
	0xff534d42: "SMB",
	0xfe534d42: "SMB",
	0x01021997: "9P",
	0x65735546: "FUSE",
	0x6a656a63: "Docker Desktop",
	0x786f4256: "VirtualBox",
	0xbacbacbc: "VMware",
	0x00c36400: "Ceph",
	0x5346414f: "AFS",
	0x6b414653: "AFS",
	0x01161970: "GFS2",
	0x7461636f: "OCFS2",
	0x0bd00bd0: "Lustre",
}
