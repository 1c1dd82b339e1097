import { spawn } from 'node:child_process'

const SCRIPT = `cat
file="$0/postgres/cluster/postmaster.pid"
kill -INT "$(head -n 1 "$file")"
for moment in $(seq 100); do [ -e "$file" ] || break; sleep 0.1; done
rm -rf "$0"`

/**
 * Ends the PostgreSQL of this data folder and removes the folder when this process is gone, even by kill -9 or a
 * set-up that failed: a shell waits for the end of a pipe that only we hold.
 */
export function cleanUpWhenGone(dataDir: string): void {
  const shell = spawn('sh', ['-c', SCRIPT, dataDir], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  shell.unref()
  const pipe = shell.stdin as typeof shell.stdin & { unref(): void }
  pipe.unref()
}
