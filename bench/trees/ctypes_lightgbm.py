"""LightGBM by its C interface: a shared library is enough, its Python package and what that needs are not asked for.

The library is that of a package `lightgbm` where one is installed, or `lib_lightgbm.so` where the system's linker finds it.
"""
import ctypes
import ctypes.util
import importlib.metadata
import importlib.util
import os

FLOAT32, FLOAT64 = 0, 1
ROW_MAJOR = 1
NORMAL = 0


def find():
    """The path of the library and its version; exits with a sentence where there is none."""
    spec = importlib.util.find_spec("lightgbm")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for name in ("lib/lib_lightgbm.so", "lib_lightgbm.so"):
            path = os.path.join(folder, name)
            if os.path.exists(path):
                return path, importlib.metadata.version("lightgbm")
    path = ctypes.util.find_library("_lightgbm")
    if path is None:
        raise SystemExit("no shared library of LightGBM")
    return path, path


class Library:
    def __init__(self, path):
        self.functions = ctypes.CDLL(path)
        self.functions.LGBM_GetLastError.restype = ctypes.c_char_p

    def call(self, name, *arguments):
        if getattr(self.functions, name)(*arguments) != 0:
            raise RuntimeError(self.functions.LGBM_GetLastError().decode())

    def dataset(self, x, y, parameters):
        """float32 rows and labels, binned."""
        handle = ctypes.c_void_p()
        self.call(
            "LGBM_DatasetCreateFromMat", x.ctypes.data_as(ctypes.c_void_p), FLOAT32, ctypes.c_int32(x.shape[0]), ctypes.c_int32(x.shape[1]), ROW_MAJOR,
            text_of(parameters), None, ctypes.byref(handle),
        )
        self.call("LGBM_DatasetSetField", handle, b"label", y.ctypes.data_as(ctypes.c_void_p), ctypes.c_int(len(y)), FLOAT32)
        return handle

    def boosted(self, dataset, parameters, rounds):
        handle = ctypes.c_void_p()
        self.call("LGBM_BoosterCreate", dataset, text_of(parameters), ctypes.byref(handle))
        finished = ctypes.c_int()
        for _ in range(rounds):
            self.call("LGBM_BoosterUpdateOneIter", handle, ctypes.byref(finished))
            if finished.value:
                break
        return handle

    def predict(self, booster, x, outputs, parameters):
        import numpy as np

        found = np.empty((len(x), outputs) if outputs > 1 else len(x))
        length = ctypes.c_int64()
        self.call(
            "LGBM_BoosterPredictForMat", booster, x.ctypes.data_as(ctypes.c_void_p), FLOAT32, ctypes.c_int32(x.shape[0]), ctypes.c_int32(x.shape[1]), ROW_MAJOR,
            NORMAL, 0, -1, text_of(parameters), ctypes.byref(length), found.ctypes.data_as(ctypes.POINTER(ctypes.c_double)),
        )
        assert length.value == found.size
        return found


def text_of(parameters):
    return " ".join(f"{name}={value}" for name, value in parameters.items()).encode()
