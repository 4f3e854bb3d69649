import { describe, expect, it } from "vitest";
import { Progress, progressText } from "../../cmd/progress.ts";

function run(isTTY: boolean, sizeBytes: number | null) {
  let now = 0;
  const written: string[] = [];
  const terminal = { isTTY, columns: 80, write: (text: string) => written.push(text) };
  const progress = new Progress(terminal, () => now);
  progress.expect([{ name: "a", path: "a", modifiedMs: 0, sizeBytes, named: true, once: false }]);
  const read = (bytes: number, atMs: number) => {
    now = atMs;
    progress.onBytes(bytes);
  };
  return { progress, read, written };
}

describe("progress", () => {
  it("shows after a second, then five times a second at most, and goes away", () => {
    const { progress, read, written } = run(true, 100e6);
    read(10e6, 500);
    expect(written).toEqual([]);
    read(10e6, 1000);
    expect(written).toEqual(["\r\x1b[2K20 of 100 MB (20 %), 20 MB/s, 4 s left"]);
    read(10e6, 1100);
    expect(written).toHaveLength(1);
    progress.clear();
    expect(written.at(-1)).toBe("\r\x1b[2K");
    read(10e6, 2000);
    expect(written).toHaveLength(3);
    progress.stop();
    progress.stop();
    read(10e6, 3000);
    expect(written).toHaveLength(4);
  });

  it("stays silent where standard error is no terminal", () => {
    const { progress, read, written } = run(false, 100e6);
    read(10e6, 5000);
    progress.stop();
    expect(written).toEqual([]);
  });

  it("counts what has no known size", () => {
    const { read, written } = run(true, null);
    read(5e6, 2000);
    expect(written).toEqual(["\r\x1b[2K5.0 MB read, 2.5 MB/s"]);
  });

  it("never promises more than there is, in words that fit", () => {
    expect(progressText(300, 200, 1000)).toBe("0.0 of 0.0 MB (100 %), 0.0 MB/s, 0 s left");
    expect(progressText(1e6, 1e9, 1000)).toMatch(/16 min 39 s left$/);
    expect(progressText(1e6, 1e11, 1000)).toMatch(/27 h 46 min left$/);
    expect(progressText(0, 1000, 1000)).toBe("0.0 of 0.0 MB (0 %), 0.0 MB/s");
  });
});
