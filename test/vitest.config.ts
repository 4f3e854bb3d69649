import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const elasticsearch = "test/elasticsearch/**";
const netfilter = "test/netfilter/**";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One on two cores unless told: but tests mostly wait for the programs and servers that they start.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    setupFiles: ["test/property-seed.ts"],
    projects: [
      {
        extends: true,
        test: { name: "ringfence", include: ["test/**/*.test.{ts,tsx}"], exclude: [elasticsearch, netfilter] },
      },
      { extends: true, test: { name: "netfilter", include: [`${netfilter}/*.test.ts`] } },
      {
        extends: true,
        test: {
          name: "elasticsearch",
          include: [`${elasticsearch}/*.test.ts`],
          globalSetup: "test/elasticsearch/shared-servers.ts",
          // A busy machine with two cores needs its time to start a server.
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
