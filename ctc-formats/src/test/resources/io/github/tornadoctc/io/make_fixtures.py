# Makes the .npz and .npy files beside this one, with NumPy 2.4.
import numpy as np
logits = np.arange(12, dtype="f4").reshape(3, 2, 2) / 4
np.savez("savez.npz", logits=logits, input_lengths=np.array([3, 2]), targets=np.array([[1, 1], [1, 0]]),
         target_lengths=np.array([2, 1]), blank=0, names=np.array(["a", "b"]))
np.savez_compressed("savez_compressed.npz", logits=logits, input_lengths=np.array([3, 2], "i4"),
                    targets=np.array([0, 0, 0], "i4"), target_lengths=np.array([2, 1], "i4"), blank=np.int32(1))
np.save("scalar.npy", np.float64(2.5))
np.save("fortran.npy", np.asfortranarray(np.eye(2, 3, dtype="f4")))
with open("version2.npy", "wb") as file:
    np.lib.format.write_array(file, np.array([1, 2, 3], "i8"), version=(2, 0))
