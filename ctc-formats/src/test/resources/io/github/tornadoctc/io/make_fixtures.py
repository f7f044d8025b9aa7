# Makes the files beside this one, with NumPy 2.4 and safetensors 0.8.
import numpy as np
import safetensors.numpy
logits = np.arange(12, dtype="f4").reshape(3, 2, 2) / 4
np.savez("savez.npz", logits=logits, input_lengths=np.array([3, 2]), targets=np.array([[1, 1], [1, 0]]),
         target_lengths=np.array([2, 1]), blank=0, names=np.array(["a", "b"]))
np.savez_compressed("savez_compressed.npz", logits=logits, input_lengths=np.array([3, 2], "i4"),
                    targets=np.array([0, 0, 0], "i4"), target_lengths=np.array([2, 1], "i4"), blank=np.int32(1))
np.save("scalar.npy", np.float64(2.5))
np.save("fortran.npy", np.asfortranarray(np.eye(2, 3, dtype="f4")))
with open("version2.npy", "wb") as file:
    np.lib.format.write_array(file, np.array([1, 2, 3], "i8"), version=(2, 0))

# Every element type in every order, each with the elements 0 to 23; unsigned eight-byte ones with the largest, too.
types = {}
for code in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"):
    for order in "<>":
        types[f"{order}{code}"] = np.arange(24).reshape(2, 3, 4).astype(order + code)
        types[f"{order}{code} fortran"] = np.asfortranarray(types[f"{order}{code}"])
types["bool"] = np.array([True, False])
types["largest"] = np.array([2**64 - 1, 2**63 + 1025], "u8")
types["half"] = np.array([1.5, -2**-24, 65504, np.inf, -np.inf, np.nan], "f2")
types["text"] = np.array("log-probs")
types["bytes"] = np.array(b"BTV")
np.savez_compressed("types.npz", **types)

safetensors.numpy.save_file(
    dict(logits=logits.astype("f2"), input_lengths=np.array([3, 2], "i2"), targets=np.array([[1, 1], [1, -1]]),
         blank=np.zeros(1, "u1")), "batch.safetensors", metadata={"format": "np", "layout": "TBV"})
