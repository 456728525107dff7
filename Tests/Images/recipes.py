"""What is in each test image. A recipe is a method, and its name is the name of the image's file;
one that answers several images has them all in that file.

The programs are Debian's own. Where an image stands for a well-known one, it agrees with that one
in what a manifest can rely on: paths, ports, user, command and stop signal.
"""

import functools
import io
import zipfile
from pathlib import Path

import bases
import odd_layers
from layer import Layer
from layout import Image

HERE = Path(__file__).parent


class Recipes:
    """Every image, made of packages that are downloaded when a recipe first asks for them."""

    def __init__(self, packages):
        self.packages = packages

    # A shell below

    def busybox(self):
        return Image("docker.io/library/busybox:latest", [self.shell], {"Cmd": ["sh"]})

    def alpine(self):
        """The same content under a second name."""
        return Image("docker.io/library/alpine:latest", [self.shell], {"Cmd": ["sh"]})

    def users(self):
        """Images that say who runs: nobody, a number, a name. One account is in a further group."""
        layer = Layer(below=[self.shell])
        layer.file("etc/passwd", b"root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/:/bin/sh\n")
        layer.file("etc/group", b"root:x:0:\napp:x:1000:\nextra:x:50000:app\n")
        layers = [self.shell, layer]
        return [
            Image("docker.io/library/users:latest", layers, {"Cmd": ["sh"]}),
            Image("docker.io/library/users:number", layers, {"User": "1234"}),
            Image("docker.io/library/users:name", layers, {"User": "app"}),
        ]

    def kubia(self):
        """A web app on port 8080 that says which host answered."""
        layer = Layer(below=[self.shell])
        layer.tree(HERE / "kubia", at="usr/bin")
        config = {"Entrypoint": ["kubia"], "ExposedPorts": {"8080/tcp": {}}}
        return Image("docker.io/wanstack/kubia:latest", [self.shell, layer], config)

    def sample(self):
        """A web application to copy."""
        layer = Layer(below=[self.shell])
        layer.file("sample.war", war(HERE / "sample"))
        return Image("docker.io/geektime/sample:v2", [self.shell, layer], {"Cmd": ["sh"]})

    def layers_test(self):
        """Everything that a layer may hold."""
        layers = odd_layers.everything(self.shell)
        return Image("docker.io/library/layers-test:latest", layers, {"Cmd": ["show"]})

    def hostile(self):
        """A layer that an unpacker must refuse, or keep inside."""
        layers = odd_layers.hostile(self.shell)
        return Image("docker.io/library/hostile:latest", layers, {"Cmd": ["sh"]})

    # Debian below

    def debian(self):
        return Image("docker.io/library/debian:latest", [self.system], {"Cmd": ["bash"]})

    def nginx(self):
        layer = self.over_system(["nginx", "libnginx-mod-stream"])
        passwd, group = self.system.read("etc/passwd"), self.system.read("etc/group")
        layer.file("etc/passwd", passwd + b"nginx:x:101:101:nginx:/nonexistent:/bin/false\n")
        layer.file("etc/group", group + b"nginx:x:101:\n")
        layer.tree(HERE / "nginx", at="etc/nginx")
        layer.symlink("etc/nginx/modules-enabled/50-mod-stream.conf",
                      "/usr/share/nginx/modules-available/mod-stream.conf")
        layer.symlink("var/log/nginx/access.log", "/dev/stdout")
        layer.symlink("var/log/nginx/error.log", "/dev/stderr")
        config = {
            "Cmd": ["nginx", "-g", "daemon off;"],
            "ExposedPorts": {"80/tcp": {}},
            "StopSignal": "SIGQUIT",
        }
        return Image("docker.io/library/nginx:latest", [self.system, layer], config)

    def redis(self):
        layer = self.over_system(["redis-server"])
        layer.directory("data")
        config = {
            "Cmd": ["redis-server"],
            "ExposedPorts": {"6379/tcp": {}},
            "WorkingDir": "/data",
        }
        return Image("docker.io/library/redis:latest", [self.system, layer], config)

    def tomcat(self):
        """Debian's Tomcat and Java, laid out where the manifest looks for Tomcat 7."""
        layer = self.over_system(["default-jre-headless", "tomcat10-common"], alone=["tomcat10"])
        base = "root/apache-tomcat-7.0.42-v2"
        layer.directory(base)
        for name in ("bin", "conf", "lib", "logs", "temp", "webapps", "work"):
            layer.directory(f"{base}/{name}")
        for name in layer.names("usr/share/tomcat10/etc"):
            layer.file(f"{base}/conf/{name}", layer.read(f"usr/share/tomcat10/etc/{name}"))
        layer.tree(HERE / "tomcat", at=f"{base}/bin")
        # bash becomes the one command of `sh -c`, so a stop signal reaches Java; dash does not.
        layer.symlink("usr/bin/sh", "bash")
        config = {
            "Cmd": [f"/{base}/bin/start.sh"],
            "ExposedPorts": {"8080/tcp": {}},
            "WorkingDir": f"/{base}",
        }
        return Image("docker.io/geektime/tomcat:7.0", [self.system, layer], config)

    # What several images share

    @functools.cached_property
    def shell(self):
        return bases.shell(self.packages)

    @functools.cached_property
    def system(self):
        return bases.debian(self.packages)

    def over_system(self, names, alone=()):
        """A layer of packages that are not in the system below, and of what they depend on.

        `alone` are packages whose files are wanted and whose dependencies are not.
        """
        layer = Layer(below=[self.system])
        below = set(self.packages.with_dependencies(bases.MINIMAL))
        for deb in self.packages.with_dependencies([*bases.MINIMAL, *names]):
            if deb not in below:
                layer.package(deb)
        for name in alone:
            for deb in self.packages.alone(name):
                layer.package(deb)
        return layer


def war(folder):
    """A web application archive, with fixed times so that it is the same each time."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())
            archive.writestr(entry, path.read_bytes())
    return output.getvalue()
