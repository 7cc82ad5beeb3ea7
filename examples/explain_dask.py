"""Explains the rows of a file on the workers of a Dask cluster, a shard of the file each.

python3 explain_dask.py posts.jsonl explained.jsonl --shards 4 -- --target all

What stands behind "--" is given to `explain`, which has to be on the search path of every worker.
All of them see the same files. A shard whose worker is lost, or whose command fails, is begun again,
and goes on where it was.
"""

import argparse
import logging
import os
import shutil
import signal
import subprocess
import sys

from dask.distributed import Client, LocalCluster, as_completed


def with_parent():
    """Ends the command when its worker is killed, so that no two of them write one file."""
    if os.uname().sysname == "Linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def explain(shard, shards, source, part, options):
    command = ["explain", "--batch", source, "--shard", f"{shard}/{shards}", "--workers", "1"]
    run = subprocess.run(
        [*command, "--out", part, *options],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=with_parent,
    )
    if run.returncode != 0:
        raise RuntimeError((run.stderr.strip().splitlines() or ["explain failed"])[-1])
    return shard, run.stderr.strip()


def main():
    parser = argparse.ArgumentParser(usage="%(prog)s SOURCE OUT [options] [-- OPTIONS OF explain]")
    parser.add_argument("source", help="the rows")
    parser.add_argument("out", help="where the explanations go, in the order of the rows")
    parser.add_argument("--shards", type=int, default=4, help="into how many parts to cut")
    parser.add_argument("--scheduler", help="address of a cluster; else one is started here")
    parser.add_argument("--processes", type=int, default=2, help="workers of a cluster here")
    given = sys.argv[1:]
    end = given.index("--") if "--" in given else len(given)
    args, options = parser.parse_args(given[:end]), given[end + 1 :]
    form = os.path.splitext(args.out)[1]
    if form not in (".jsonl", ".csv"):
        parser.error(f'parts of "{args.out}" cannot be joined: write .jsonl or .csv')
    source, out = os.path.abspath(args.source), os.path.abspath(args.out)
    parts = f"{out}.parts"
    os.makedirs(parts, exist_ok=True)
    names = [f"{parts}/{shard}{form}" for shard in range(1, args.shards + 1)]
    cluster = args.scheduler or LocalCluster(
        n_workers=args.processes,
        threads_per_worker=1,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    )
    with Client(cluster) as client:
        tasks = [
            client.submit(explain, i + 1, args.shards, source, name, options, retries=2, pure=False)
            for i, name in enumerate(names)
        ]
        try:
            for _, (shard, said) in as_completed(tasks, with_results=True):
                print(f"shard {shard}: {(said.splitlines() or [''])[-1]}")
        except RuntimeError as error:
            sys.exit(str(error))
    if not args.scheduler:
        cluster.close(timeout=60)
    with open(f"{out}.tmp", "wb") as whole:
        for name in names:
            with open(name, "rb") as part:
                if form == ".csv" and name != names[0]:
                    part.readline()  # the names of the columns
                shutil.copyfileobj(part, whole)
    os.replace(f"{out}.tmp", out)
    shutil.rmtree(parts)


if __name__ == "__main__":
    main()
