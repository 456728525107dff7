"""Makes the images that `build` asks for: `make.py PACKAGES OUTPUT NAME...`.

One process for all of them, so that a layer that several images share is made once.
"""

import subprocess
import sys
import time
from pathlib import Path

from layout import Layout
from packages import Packages
from recipes import Recipes


def main(packages, output, files):
    recipes = Recipes(Packages(packages))
    for file in files:
        began = time.monotonic()
        recipe = getattr(recipes, file.replace("-", "_"), None)
        if recipe is None:
            sys.exit(f"images: no recipe for `{file}` in recipes.py")
        images = recipe()
        if not isinstance(images, list):
            images = [images]
        layout = Layout()
        for image in images:
            layout.add(image)
        archive = Path(output) / f"{file}.tar"
        layout.write_archive(archive)
        size, seconds = archive.stat().st_size / 1e6, time.monotonic() - began
        names = ", ".join(image.reference for image in images)
        print(f"image {file}: {names}, {size:.1f} MB, {seconds:.1f} s", flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2], sys.argv[3:])
    except subprocess.CalledProcessError as error:
        command = " ".join(map(str, error.cmd))
        sys.exit(
            f"images: `{command}` failed; where a package was not found, `apt-get update` may help"
        )
