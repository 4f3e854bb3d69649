import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.{ts,tsx}"],
    // Of the Elasticsearch source, which is still being built: run them by name until it is whole.
    // The live command waits by the clock and fails on a loaded machine: it needs another way to wait.
    exclude: ["test/elasticsearch/{access,faults,same-verdict,ship}.test.ts", "test/ingest/live-command.test.ts"],
    testTimeout: 60_000,
  },
});
