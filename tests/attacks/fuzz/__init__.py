"""A fuzzer that knows the layers of a bundle: `python -m tests.attacks.fuzz --count 1000000 --seed 1`.

Random bytes stop at the first signature. So each layer is changed by somebody who may pass those outside it: the file
by anybody, the plaintext by who can encrypt to us, the manifest and the lines by an enrolled PC, lists by the holder of
a role's key. Whatever comes, the reader may only accept or refuse with a code; it may not crash, hang, grow or leave
anything in the store. Input number i of a seed is always the same, so what was found can be made again.
"""
