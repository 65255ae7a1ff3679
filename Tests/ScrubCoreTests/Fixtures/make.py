"""Makes the archives beside it with numpy. Run it here: python3 make.py"""
import struct
import zipfile
import zlib

import numpy as np

arrays = {
    "f8": np.array([0.1, -2.5, np.inf]),
    "f4": np.arange(6, dtype="<f4").reshape(2, 3) / 4,
    "f2": np.array([1.5, -65504], "<f2"),
    "i8": np.array([-(2**63), 2**63 - 1]),
    "i4": np.array([[-5]], "<i4"),
    "u1": np.array([0, 255], "u1"),
    "u8": np.array([2**64 - 1], "<u8"),
    "b1": np.array([True, False, True]),
    "scalar": np.array(7, "<i4"),
    "empty": np.zeros((0, 4), "<f4"),
}
np.savez("stored.npz", **arrays)
np.savez_compressed("deflated.npz", zeros=np.zeros((50, 20), "<i4"), **arrays)
np.savez(
    "refused.npz",
    fortran=np.asfortranarray(np.ones((2, 3))),
    big=np.ones(2, ">f4"),
    words=np.array(["ab", "c"]),
    record=np.zeros(1, [("a", "<i4")]),
)
with open("version2.npz", "wb") as file, zipfile.ZipFile(file, "w") as archive:
    for version in (1, 2, 3):
        with archive.open(f"v{version}.npy", "w") as entry:
            np.lib.format.write_array(entry, np.arange(version, dtype="<i8"), version=(version, 0))


def zip64(path, name, contents):
    """One stored entry whose sizes, offset and directory are all given in 64 bits, as for archives beyond 4 GiB."""
    name, far, crc = name.encode(), 0xFFFFFFFF, zlib.crc32(contents)
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 45, 0, 0, 0, 33, crc, far, far, len(name), 20)
    local += name + struct.pack("<2H2Q", 1, 16, len(contents), len(contents)) + contents
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 45, 45, 0, 0, 0, 33, crc, far, far, len(name), 28, 0, 0, 0, 0, far)
    entry += name + struct.pack("<2H3Q", 1, 24, len(contents), len(contents), 0)
    end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, len(entry), len(local))
    end += struct.pack("<4sLQL", b"PK\6\7", 0, len(local) + len(entry), 1)
    end += struct.pack("<4s4H2LH", b"PK\5\6", 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, far, far, 0)
    end = end.replace(b"PK\5\6\xff\xff\xff\xff", b"PK\5\6\0\0\0\0")
    open(path, "wb").write(local + entry + end)


npy = open("stored.npz", "rb").read()
start = npy.index(b"\x93NUMPY")
zip64("zip64.npz", "f8.npy", npy[start : start + 128 + 24])
