"""Checks an exported log with nothing but hashlib, by RFC 6962 and RFC 9162 alone.

python3 check_export.py <folder of one office's export> <inclusion proof>

The proof is JSON: {"index": 3, "size": 9, "proof": ["<base64>", ...]}. Prints the root and "included", exit code 0; else
says what is wrong, exit code 1.
"""

import base64
import hashlib
import json
import os
import sys


def leaf_hash(leaf):
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_hash(hashes):
    """RFC 6962, 2.1: split at the largest power of two below the number of leaves."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    middle = 1
    while middle * 2 < len(hashes):
        middle *= 2
    return node_hash(tree_hash(hashes[:middle]), tree_hash(hashes[middle:]))


def proven_root(leaf, index, size, proof):
    """RFC 9162, 2.1.3.2: the root that an inclusion proof leads to; None where it is too short or too long."""
    node, last, at = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return None
        if node & 1 or node == last:
            at = node_hash(sibling, at)
            while not node & 1 and node != 0:
                node >>= 1
                last >>= 1
        else:
            at = node_hash(at, sibling)
        node >>= 1
        last >>= 1
    return at if last == 0 else None


def main(folder, proof_file):
    def read(name):
        with open(os.path.join(folder, name), "rb") as file:
            return file.read()

    _origin, size, root = read("checkpoint.note").decode().split("\n")[:3]
    leaves = read("leaves.jsonl").split(b"\n")[:-1]
    kept = [base64.b64decode(line) for line in read("leaf-hashes.txt").split(b"\n")[:-1]]
    hashes = [leaf_hash(leaf) for leaf in leaves]
    for position, (made, was) in enumerate(zip(hashes, kept)):
        if made != was:
            return f"entry {position} is not the one that the tree was made of"
    if len(leaves) != int(size) or len(kept) != int(size):
        return "there are not as many entries as the checkpoint says"
    if tree_hash(hashes) != base64.b64decode(root):
        return "the root is another"
    with open(proof_file, encoding="utf8") as file:
        proof = json.load(file)
    siblings = [base64.b64decode(one) for one in proof["proof"]]
    if proven_root(hashes[proof["index"]], proof["index"], proof["size"], siblings) != base64.b64decode(root):
        return "the inclusion proof leads to another root"
    print(root, "included")
    return None


sys.exit(main(*sys.argv[1:3]))
