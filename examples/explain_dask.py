"""Explains the rows of a file on the workers of a Dask cluster, a shard of the file each.

python3 explain_dask.py posts.jsonl explained.jsonl --shards 4 -- --target all

What stands behind "--" is given to `explain`, which has to be on the search path of every worker.
All of them see the same files. A shard whose worker is lost, or whose command fails, is begun again,
and goes on where it was.
"""

import argparse
import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys

try:
    from dask.distributed import Client, LocalCluster, as_completed
    from distributed.scheduler import KilledWorker
except ImportError:
    sys.exit("This needs Dask: install dask and distributed")


def with_parent():
    """Ends the command when its worker is killed, so that no two of them write one file."""
    if os.uname().sysname == "Linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def explain(shard, shards, source, part, options):
    command = ["explain", "--batch", source, "--shard", f"{shard}/{shards}", "--workers", "1"]
    try:
        run = subprocess.run(
            [*command, "--out", part, *options],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=with_parent,
        )
    except OSError as error:
        raise RuntimeError(f'Cannot run "explain", which every worker needs: {error.strerror}')
    if run.returncode != 0:
        raise RuntimeError((run.stderr.strip().splitlines() or ["explain failed"])[-1])
    return shard, run.stderr.strip()


def rejected_of(path):
    """Where `explain` lists the rows that it rejects."""
    return f"{os.path.splitext(path)[0]}.rejected.jsonl"


def unfinished(path):
    """Where a file stands until it is whole."""
    return f"{path}.tmp"


def join(names, path, skip_heads=False):
    """Writes files one behind the other; the whole, or nothing."""
    with open(unfinished(path), "wb") as whole:
        for place, name in enumerate(names):
            with open(name, "rb") as part:
                if skip_heads and place > 0:
                    part.readline()  # the names of the columns
                shutil.copyfileobj(part, whole)
    os.replace(unfinished(path), path)


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
    for name in ("shards", "processes"):
        if getattr(args, name) < 1:
            parser.error(f"--{name} takes a number from 1, not {getattr(args, name)}")
    source, out = os.path.abspath(args.source), os.path.abspath(args.out)
    for option in options:
        if option.split("=")[0] in ("--batch", "--shard", "--out", "--rejected", "--workers"):
            parser.error(f"{option} is given to explain by this program")
    parts = f"{out}.parts"
    names = [f"{parts}/{shard}{form}" for shard in range(1, args.shards + 1)]
    written = [path for name in (out, *names) for path in (name, rejected_of(name))]
    written += [unfinished(out), unfinished(rejected_of(out))]
    if os.path.realpath(source) in map(os.path.realpath, written):
        parser.error(f'"{args.source}" is read, and would be written over: name another OUT')
    os.makedirs(parts, exist_ok=True)
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
        for _, (shard, said) in as_completed(tasks, with_results=True):
            print(f"shard {shard}: {(said.splitlines() or [''])[-1]}")
    if not args.scheduler:
        cluster.close(timeout=60)
    join(names, out, skip_heads=form == ".csv")
    lists = [name for name in map(rejected_of, names) if os.path.exists(name)]
    if lists:
        join(lists, rejected_of(out))
        print(f"rejected rows: {rejected_of(out)}")
    for name in [*names, *lists]:
        os.remove(name)
    # What else is in it is another run's, or somebody's own.
    with contextlib.suppress(OSError):
        os.rmdir(parts)


if __name__ == "__main__":
    try:
        main()
    except (KilledWorker, OSError, RuntimeError) as error:
        sys.exit(" ".join(str(error).split()))
