# Makes the files beside this one that have a name and not a hash, with NumPy 2.4; the fuzzer found the others.
import io
import json
import os
import zipfile
import numpy as np

for name in ("Npy", "Npz", "NpzArrays", "Safetensors", "Json", "Tokens", "Arpa"):
    os.makedirs(name, exist_ok=True)


def npy(array, version=(1, 0)):
    file = io.BytesIO()
    np.lib.format.write_array(file, np.asanyarray(array, order=None), version=version)
    return file.getvalue()


def put(name, data):
    with open(name, "wb") as file:
        file.write(data.encode() if isinstance(data, str) else data)


small = {f"{t[1:]}.npy": npy(np.arange(6).reshape(2, 3).astype(t)) for t in ("<f4", "<f8", "<i4", "<i8", "<f2", ">u2", "|b1")}
small |= {
    "big-endian.npy": npy(np.arange(3, dtype=">f4")),
    "fortran.npy": npy(np.asfortranarray(np.eye(2, 3, dtype="f4"))),
    "version2.npy": npy(np.arange(3), (2, 0)),
    "version3.npy": npy(np.arange(3), (3, 0)),
    "structured.npy": npy(np.zeros(2, dtype=[("a", "f4"), ("b", "i4")])),
    "text.npy": npy(np.array(["a", "b"])),
    "scalar.npy": npy(np.float64(2.5)),
    "empty.npy": npy(np.zeros((0, 3), "f4")),
    "five-axes.npy": npy(np.zeros((1, 2, 1, 2, 1), "i8")),
    "truncated.npy": npy(np.arange(9, dtype="f4"))[:-5],
    "truncated-header.npy": npy(np.arange(9, dtype="f4"))[:40],
}
for name, data in small.items():
    put("Npy/" + name, data)


def header(descr, shape, data=b""):
    text = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + data


put("Npy/huge.npy", header("<f4", "(2147483647,)"))
put("Npy/overflow.npy", header("<f4", "(65536, 65536, 0x1)"))
put("Npy/nothing-of-huge.npy", header("<f8", "(0, 2147483647, 2147483647)"))
put("Npy/many-axes.npy", header("<f4", "(" + "1," * 3000 + ")", bytes(4)))
put("Npy/python2.npy", header("<i4", "(2L,)", bytes(8)))

logits = (np.arange(12, dtype="f4").reshape(3, 2, 2) / 4)
batch = dict(logits=logits, input_lengths=np.array([3, 2]), targets=np.array([[1, 1], [1, 0]]),
             target_lengths=np.array([2, 1]), blank=np.array(0))
batches = {
    "savez": batch,
    "concatenated": batch | dict(targets=np.array([1, 1, 1], "i4"), input_lengths=np.array([3, 2], "i4")),
    "other-blank": batch | dict(blank=np.int32(1), targets=np.array([[0, 0], [0, 0]])),
    "not-finite": batch | dict(logits=np.array([np.nan, np.inf, -np.inf, 1], "f4").reshape(2, 2, 1).repeat(2, 2),
                               input_lengths=np.array([2, 0]), targets=np.array([[1], [1]]),
                               target_lengths=np.array([1, 0])),
    "no-utterances": dict(logits=np.zeros((4, 0, 3), "f4"), input_lengths=np.array([]), targets=np.array([]),
                          target_lengths=np.array([], "i8")),
    "no-frames": dict(logits=np.zeros((0, 2, 3), "f4"), input_lengths=np.zeros(2, "i4"),
                      targets=np.zeros((2, 0), "i4"), target_lengths=np.zeros(2, "i4")),
    "frames-of-no-utterance": dict(logits=header("<f4", "(2147483647, 0, 3)"), input_lengths=np.zeros(0, "i4"),
                                   targets=np.zeros(0, "i4"), target_lengths=np.zeros(0, "i4")),
    "frames-of-no-utterance-batch-major": dict(logits=header("<f4", "(0, 2147483647, 3)"),
                                               input_lengths=np.zeros(0, "i4"), targets=np.zeros(0, "i4"),
                                               target_lengths=np.zeros(0, "i4")),
    "utterances-without-scores": batch | dict(logits=header("<f4", "(0, 2147483647, 3)")),
    "many-utterances": dict(logits=np.zeros((0, 1500, 3), "f4"), input_lengths=np.zeros(1500, "i4"),
                            targets=np.zeros((1500, 1), "i4"), target_lengths=np.zeros(1500, "i4")),
    "fortran": batch | dict(logits=np.asfortranarray(logits)),
    "doubles": batch | dict(logits=logits.astype("f8")),
    "halves": batch | dict(logits=logits.astype("f2"), blank=np.int8(0)),
    "names": {"log_probs" if name == "logits" else name: array for name, array in batch.items()} | dict(
        layout=np.array("TBV"), scores=np.array("log-probs")),
    "bytes-of-padding": dict(logits=logits, targets=np.array([[1, -1], [1, 1]], "i1")),
    "one-utterance": dict(logits=logits[:, 0], targets=np.array([1, -100])),
    "columns": batch | dict(input_lengths=np.array([[3], [2]]), target_lengths=np.array([[2], [1]], "u8")),
    "label-too-large": batch | dict(targets=np.array([[1 << 40, 1], [1, 0]])),
}


def bytes_of(array):
    return array if isinstance(array, bytes) else npy(array)


def npz(arrays, method, **entry):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, array in arrays.items():
            info = zipfile.ZipInfo(name + ".npy")
            info.compress_type = method
            with archive.open(info, "w", **entry) as out:
                out.write(bytes_of(array))
    return file.getvalue()


for name, arrays in batches.items():
    put(f"Npz/{name}.npz", npz(arrays, zipfile.ZIP_STORED))
    if name in ("savez", "many-utterances"):
        put(f"Npz/{name}-compressed.npz", npz(arrays, zipfile.ZIP_DEFLATED))
    for kind, method in (("stored", b"0"), ("compressed", b"1")):
        if kind == "stored" or name in ("savez", "many-utterances"):
            put(f"NpzArrays/{name}-{kind}", method + b"".join(bytes_of(array) for array in arrays.values()))

good = npz(batch, zipfile.ZIP_DEFLATED)
put("Npz/truncated.npz", good[:-30])
put("Npz/zip64.npz", npz(batch, zipfile.ZIP_STORED, force_zip64=True))
put("Npz/empty.npz", npz({}, zipfile.ZIP_STORED))
put("Npz/bomb.npz", npz(dict(logits=np.zeros((100, 50, 100), "f4"), input_lengths=np.zeros(50, "i4"),
                             targets=np.zeros((50, 0), "i4"), target_lengths=np.zeros(50, "i4")),
                        zipfile.ZIP_DEFLATED))

put("Json/batch.json", json.dumps({"blank": 2, "logits": [[[0.5, 1, 2e-1], [-3, 4, 5]], [[6, 7, 8], [9, 10, 11]]],
                                   "inputLengths": [2, 1], "targets": [[0, 1], []], "more": {"any": [None, True]}}))
put("Json/not-finite.json", '{"logits": [[["nan", "inf", "-inf", NaN, Infinity, -Infinity, 1e-50]]], '
                            '"inputLengths": [1], "targets": [[1]]}')
put("Json/ragged-row.json", '{"logits": [[[1, 2], [1]]], "inputLengths": [1], "targets": [[1]]}')
put("Json/ragged-plane.json", '{"logits": [[[1]], [[1], [1]]], "inputLengths": [1], "targets": [[1]]}')
put("Json/no-frames.json", '{"logits": [], "inputLengths": [0, 0], "targets": [[4], []]}')
put("Json/no-utterances.json", '{"logits": [[], []], "inputLengths": [], "targets": []}')
put("Json/largest-label.json", '{"logits": [], "inputLengths": [0], "targets": [[2147483647]]}')
put("Json/largest-numbers.json", '{"logits": [[[3.4028235e38, 1e39, -0.0]]], "inputLengths": [1], "targets": [[1]]}')
put("Json/deep.json", '{"other": ' + "[" * 1500)
put("Json/objects-deep.json", '{"other": ' + '{"a":' * 1200 + "1" + "}" * 1201)
put("Json/many-digits.json", '{"logits": [[[' + "1" * 1500 + "]]]}")
put("Json/escapes.json", '{"l\\u006fgits": [[["\\u006ean", "\\n"]]], "inputLengths": [1], "targets": [[]]}')
put("Json/comment.json", '{/* no */ "logits": [[[1]]]}')
put("Json/twice.json", '{"targets": [[1]], "targets": [[1]]}')
put("Json/truncated.json", '{"logits": [[[1, 2')
put("Json/utf16.json", '{"logits": [[[1, 2]]], "inputLengths": [1], "targets": [[1]]}'.encode("utf-16-le"))
put("Json/utf32.json", '{"logits": [[[1]]]}'.encode("utf-32-le"))
put("Json/many-rows.json", '{"logits": [[' + "[1]," * 700 + '[1]]], "inputLengths": [' + "1," * 700
    + '1], "targets": [' + "[]," * 700 + "[]]}")
put("Json/more-after.json", '{"logits": []} {}')
put("Json/every-field.json", json.dumps({"log_probs": [[[0.5, 1], [2, 3]]], "scores": "log-probs", "layout": "BTV",
                                         "input_lengths": [[2]], "targets": [1, -1], "target_lengths": 1, "blank": 0,
                                         "comment": None}))
put("Json/one-utterance.json", '{"logits": [[1, 2], [3, 4]], "targets": [[1, -100]]}')
put("Json/byte-order-mark.json", b"\xef\xbb\xbf" + b'{"logits": [[[1, 2]]], "targets": [[1]]}')

dtypes = {"float16": "F16", "float32": "F32", "float64": "F64", "int8": "I8", "int32": "I32", "int64": "I64",
          "uint8": "U8"}


def safetensors(arrays, **metadata):
    header, data = {"__metadata__": metadata} if metadata else {}, b""
    for name, array in arrays.items():
        end = len(data) + array.nbytes
        header[name] = dict(dtype=dtypes[array.dtype.name], shape=array.shape, data_offsets=[len(data), end])
        data += array.tobytes()
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data


put("Safetensors/batch", safetensors(batch, format="pt"))
put("Safetensors/halves", safetensors(dict(log_probs=logits.astype("f2"), targets=np.array([[1, -1], [1, 1]], "i1"))))
put("Safetensors/texts", safetensors(dict(logits=logits.swapaxes(0, 1).copy(), targets=np.array([[1], [1]])), layout="BTV",
                                     scores="log-probs"))
put("Safetensors/many-utterances", safetensors(dict(logits=np.zeros((0, 1500, 3), "f4"), input_lengths=np.zeros(1500, "i1"),
                                                    targets=np.zeros((1500, 0), "i1"))))
put("Safetensors/overlap", safetensors(batch).replace(b"[32, 40]", b"[00, 40]"))
put("Safetensors/truncated", safetensors(batch)[:-3])
put("Safetensors/empty", safetensors({}))
put("Safetensors/bfloat16", safetensors(dict(logits=logits.astype("f2"), targets=np.array([[1], [1]]))).replace(b'"F16"', b'"BF16"'))
put("Safetensors/long", b"\xff" * 7 + b"\x7f{}")

for name, data in {
    "numbered.txt": "<blk> 0\n\u2581THE 2\nS\t1\n  3\n#0 4\n",
    "lines.txt": "<unk>\n\u2581he\nllo\r\n##ing\n\n|\n",
    "scores.vocab": "<unk>\t0\n<s>\t0\n\u2581a\t-2.5\nb\t-3e-2\n",
    "vocab.json": json.dumps({"<pad>": 0, "<s>": 1, "<unk>": 2, "|": 3, "E": 4}),
    "languages.json": json.dumps({"eng": {"a": 0}}),
    "twice.txt": "a 0\nb 0\n",
    "gap.txt": "a 0\nb 2\n",
    "huge.txt": "a 0\nb 99999999999\n",
    "not-numbered.txt": "a 0\nb\n",
    "bom.txt": "\ufeffa\nb\u2028\n",
    "latin1.txt": b"\xe9 0\n",
    "empty.txt": "\n\n",
}.items():
    put("Tokens/" + name, data)

arpa = """\\data\\
ngram 1=5
ngram 2=2

\\1-grams:
-1 <unk>
-99 <s> -0.5
-0.7 </s>
-0.5 a -0.3
-inf b

\\2-grams:
-0.2 <s> a
-0.4\ta b\t-0.25

\\end\\
"""
for name, data in {
    "good.arpa": arpa,
    "windows.arpa": arpa.replace("\n", "\r\n"),
    "count.arpa": arpa.replace("2=2", "2=2147483648"),
    "orders.arpa": "\\data\\\n" + "".join(f"ngram {n}=0\n" for n in range(1, 200)),
    "empty-orders.arpa": "\\data\\\nngram 1=0\nngram 2=0\n\\1-grams:\n\\2-grams:\n\\end\\\n",
    "word.arpa": arpa.replace("a b", "a c"),
    "twice.arpa": arpa.replace("-inf b", "-inf a"),
    "number.arpa": arpa.replace("-0.25", "1e999"),
    "cut.arpa": arpa[:-8],
}.items():
    put("Arpa/" + name, data)
